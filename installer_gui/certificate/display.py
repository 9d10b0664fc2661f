"""Cleans every string that is shown on paper; the data that are attached keep the raw ones.

PDF/A-3a and PDF/UA-1 refuse a whole document for one character without a glyph, for control characters and for
U+FEFF. A certificate must not be lost to an emoji in a network's name, and a direction mark must not show one name
as another.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from typing import Any

BOX = "\u25a1"
LONGEST = 300
_DROPPED = {"Cc", "Cf", "Cn", "Co", "Cs", "Mc", "Me", "Mn"}  # a mark that NFC could not join has no place of its own
_BLANKS = dict.fromkeys(map(ord, "\t\n\r\v\f\u0085\u2028\u2029"), " ")


def clean(text: str, covered: Collection[int], longest: int = LONGEST) -> str:
    """`text` as it can be drawn with the code points in `covered`: one line, composed, what has no glyph as □."""
    composed = unicodedata.normalize("NFC", text[: 4 * longest].translate(_BLANKS))
    return clip("".join(_drawn(c, covered) for c in composed if unicodedata.category(c) not in _DROPPED), longest)


def clip(text: str, longest: int) -> str:
    """At most `longest` characters; what was longer ends with dots."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def clean_tree(value: Any, covered: Collection[int]) -> Any:
    """Plain data with every string in it cleaned."""
    if isinstance(value, str):
        return clean(value, covered)
    if isinstance(value, Mapping):
        return {key: clean_tree(item, covered) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [clean_tree(item, covered) for item in value]
    return value


def _drawn(character: str, covered: Collection[int]) -> str:
    if ord(character) in covered:
        return character
    plain = "".join(c for c in unicodedata.normalize("NFKD", character) if ord(c) in covered)
    return plain or BOX
