"""Reads gettext .po files, so that no compiled catalogue can be missing or stale.

Covers what our catalogues use: comments, msgid, msgid_plural, msgstr, msgstr[n] and strings over several lines
(GNU gettext manual, "The Format of PO Files"). A PO string's escapes are a part of JSON's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path


def read(path: Path) -> dict[str, tuple[str, ...]]:
    """msgid -> its forms, one for most, two (one, many) for plurals; the header and untranslated entries are left out.

    Raises ValueError with the line number where the file is not a PO file.
    """
    entries: dict[str, tuple[str, ...]] = {}
    for fields in _entries(path.read_text(encoding="utf-8")):
        key = fields.get("msgid", "")
        forms = tuple(text for name, text in fields.items() if name.startswith("msgstr"))
        if key and all(forms):
            entries[key] = forms
    return entries


def _entries(text: str) -> Iterator[dict[str, str]]:
    fields: dict[str, str] = {}
    keyword = ""
    for number, line in enumerate(map(str.strip, text.splitlines()), 1):
        if not line or line.startswith("#"):
            continue
        quoted = line
        if not line.startswith('"'):
            keyword, _, quoted = line.partition(" ")
            if keyword == "msgid" and fields:
                yield fields
                fields = {}
            fields[keyword] = ""
        try:
            fields[keyword] += json.loads(quoted)
        except (ValueError, KeyError):
            raise ValueError(f"line {number} is not part of a PO file") from None
    if fields:
        yield fields
