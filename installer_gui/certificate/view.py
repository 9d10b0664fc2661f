"""What the template draws: the content in the words of its language, every string cleaned for display."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .. import i18n
from . import fonts
from .content import SCHEMA, Content
from .display import clean_tree, clip
from .front import front, qr_text
from .sections import sections
from .wording import Wording

# Of the site's name in the running head: readers take a longer line there for prose that nobody reads aloud.
_HEAD = re.compile(r"(?:\W*\w+){0,4}[^\w\s]*")
_LONGEST = 36


def wording_of(content: Content) -> Wording:
    return Wording(content, i18n.load(content.language))


def view(wording: Wording, sha256: str) -> Mapping[str, Any]:
    """Plain data for the template; `sha256` is of the attached JSON. Nothing else decides the pages."""
    content, words = wording.content, wording.words
    marks = [words.text("paper.demo")] * bool(content.demo) + [words.text("paper.draft")] * bool(content.draft)
    shown = {
        "document": _document(wording, sha256),
        "marks": marks,
        "front": front(wording, sha256),
        "sections": sections(wording, sha256),
    }
    cleaned: Mapping[str, Any] = clean_tree(shown, fonts.covered())
    return cleaned


def _document(wording: Wording, sha256: str) -> Mapping[str, Any]:
    content, words = wording.content, wording.words
    utc = content.issued.utc
    return {
        "language": content.language,
        "title": f"{words.text('paper.title')} {content.certificate_id}",
        "running": [words.text("paper.title"), _short(content.site.name)],
        "number": content.certificate_id,
        "author": content.installer.company or content.installer.person,
        "description": words.text("paper.description"),
        "keywords": [SCHEMA, qr_text(content.certificate_id, sha256)],
        "date": [utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second],
        "colour": (content.profile.brand and content.profile.brand.colour) or "",
        "footer": words.text("paper.footer", version=content.tool.version),
        "page": words.text("paper.page", page="{page}", pages="{pages}"),
        "attachment": words.text("paper.attachment", number=content.certificate_id),
    }


def _short(name: str) -> str:
    """The first words of a name; dots for the others."""
    found = _HEAD.match(name)
    kept = found[0] if found else ""
    return clip(kept if kept == name.rstrip() else f"{kept}…", _LONGEST)
