"""A fingerprint as words that can be said: the same in every language, and hard to mistake for each other.

Sixteen bits are five letters, consonants and vowels in turn (the scheme of "proquints").
"""

from __future__ import annotations

CONSONANTS, VOWELS = "bdfghjklmnprstvz", "aiou"
WORDS = 4


def words(fingerprint: str, count: int = WORDS) -> str:
    """The first `count` words of a fingerprint in hex, such as "lusab babad gutih tugad"."""
    return " ".join(_word(int(fingerprint[4 * i : 4 * i + 4], 16)) for i in range(count))


def _word(bits: int) -> str:
    one, two, three = (CONSONANTS[(bits >> shift) & 15] for shift in (12, 6, 0))
    return f"{one}{VOWELS[(bits >> 10) & 3]}{two}{VOWELS[(bits >> 4) & 3]}{three}"
