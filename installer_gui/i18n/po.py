"""Reads gettext .po files, so that no compiled catalogue can be missing or stale.

Covers what our catalogues use: comments, fuzzy and obsolete entries, msgid, msgid_plural, msgstr, msgstr[n] and strings
over several lines (GNU gettext manual, "The Format of PO Files"). The escapes that we use are those of JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

_KEYWORDS = {"msgid", "msgid_plural", "msgstr", "msgstr[0]", "msgstr[1]"}


def read(path: Path) -> dict[str, tuple[str, ...]]:
    """msgid -> its forms, one for most, two (one, many) for plurals.

    The header and entries that are untranslated or marked fuzzy are left out, as msgfmt does. Raises ValueError with
    the line number where the file is not a PO file.
    """
    entries: dict[str, tuple[str, ...]] = {}
    for fields in _entries(path.read_text(encoding="utf-8")):
        key = fields.get("msgid", "")
        forms = tuple(text for name, text in sorted(fields.items()) if name.startswith("msgstr"))
        if key and all(forms) and "fuzzy" not in fields:
            entries[key] = forms
    return entries


def _entries(text: str) -> Iterator[dict[str, str]]:
    fields: dict[str, str] = {}
    keyword = ""
    for number, line in enumerate(map(str.strip, text.split("\n")), 1):
        if not line or line.startswith("#"):
            if line.startswith("#,") and "fuzzy" in line:
                yield fields
                fields = {"fuzzy": ""}
            continue
        quoted = line
        if not line.startswith('"'):
            keyword, _, quoted = line.partition(" ")
            if keyword == "msgid" and "msgid" in fields:
                yield fields
                fields = {}
            fields[keyword] = ""
        try:
            fields[keyword] += _string(keyword, quoted.strip())
        except (ValueError, KeyError):
            raise ValueError(f"line {number} is not part of a PO file") from None
    yield fields


def _string(keyword: str, quoted: str) -> str:
    if keyword not in _KEYWORDS or not quoted.startswith('"'):
        raise ValueError(keyword)
    text: str = json.loads(quoted)
    return text
