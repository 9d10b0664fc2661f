"""Help without a network: each page's text from `resources/help`, each finding's from the catalogue. Qt-free."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from .. import assets
from ..domain.check import Rules
from ..domain.finding import Code
from ..domain.verdict import UNKNOWN
from ..i18n import Catalogue
from ..session.flow import Page

KEYS = "keys"
_PLACE = re.compile(r"\{\w+\}")
_MARKUP = re.compile(r"([\\`*_\[\]<>#|])")


@dataclass(frozen=True, slots=True)
class Topic:
    """What is to be read about a page or a finding; `text` is Markdown and begins with the title."""

    title: str
    text: str


def about_page(page: Page, words: Catalogue) -> Topic:
    """What to do on a page, and the keys that work everywhere."""
    known, title = sections(words.language), words.of("gui", page, "title")
    keys = f"### {words.text('gui.help.keys')}\n\n{known[KEYS]}"
    return _topic(f"{page.code} · {title}", known[page.code], keys)


def about_finding(number: int, rules: Rules, words: Catalogue) -> Topic | None:
    """What a finding's number stands for, None where there is no such finding."""
    code = numbers(rules).get(number)
    if code is None:
        return None
    title, meaning, remedy = (_general(words, code.name, part) for part in ("title", "meaning", "remedy"))
    who = words.of("responsible", code.responsible.value)
    lines = (("gui.detail.meaning", meaning), ("gui.detail.remedy", remedy), ("gui.detail.who", who if remedy else ""))
    parts = [f"**{words.text(label)}:** {_as_it_is(text)}" for label, text in lines if text]
    more = sections(words.language).get(str(number), "")
    return _topic(f"{number} · {title}", *parts, more)


def numbers(rules: Rules) -> Mapping[int, Code]:
    """Every finding that can be made, by its number."""
    return {code.number: code for code in (UNKNOWN, *rules.codes.values())}


@cache
def sections(language: str) -> Mapping[str, str]:
    """The help file of a language, by heading: a page's code, "keys", or a finding's number that needs more words."""
    text = assets.resource("help", f"{language}.md").read_text(encoding="utf-8")
    parts = (part.partition("\n") for part in re.split(r"^# ", text, flags=re.MULTILINE)[1:])
    return {heading.strip(): body.strip() for heading, _, body in parts}


def _topic(title: str, *parts: str) -> Topic:
    return Topic(title, "\n\n".join(filter(None, (f"## {_as_it_is(title)}", *parts))))


def _general(words: Catalogue, code: str, part: str) -> str:
    """A finding's words about no particular case."""
    return _PLACE.sub("…", words.template("finding", code, part))


def _as_it_is(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
