"""Words of characters that are not misheard, ending in two that notice a mistake.

The characters are Crockford's base 32. The last two make the word a multiple of (x + 1)(x + a) over the field of 32
elements (a Reed-Solomon code of distance 3, x^5 + x^2 + 1): one wrong character, two wrong ones, and two that changed
places are always noticed in words of up to 31 characters; of all other mistakes one in 1024 is not.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from ..errors import BadInput

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP = 4
_LIKE = str.maketrans("OIL", "011")
_FIELD = 0b100101
_BLANKS = ("Pd", "Zs", "Zl", "Zp", "Cc", "Cf")


def spoken(symbols: Iterable[int]) -> str:
    """The word in groups of four, as it is written and read out."""
    word = "".join(ALPHABET[symbol] for symbol in symbols)
    return "-".join(word[i : i + GROUP] for i in range(0, len(word), GROUP))


def heard(text: str) -> tuple[int, ...]:
    """What somebody wrote down: in small letters, with O for 0 and I or L for 1, grouped in any way or not at all.

    Raises BadInput for a character that stands in no word.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    word = "".join(c for c in plain if unicodedata.category(c) not in _BLANKS).translate(_LIKE)
    for stranger in (c for c in word if c not in ALPHABET):
        raise BadInput("code.character", character=stranger)
    return tuple(map(ALPHABET.index, word))


def with_check(symbols: Sequence[int]) -> tuple[int, ...]:
    return (*symbols, *_remainder(symbols))


def is_whole(symbols: Sequence[int]) -> bool:
    """Whether nothing was misheard."""
    return _remainder(symbols) == (0, 0)


def _remainder(symbols: Iterable[int]) -> tuple[int, int]:
    """What is left of the word, shifted by two places, after division by x^2 + (1 + a)x + a."""
    high = low = 0
    for symbol in symbols:
        fed_back = symbol ^ high
        doubled = _doubled(fed_back)
        high, low = low ^ fed_back ^ doubled, doubled
    return high, low


def _doubled(symbol: int) -> int:
    shifted = symbol << 1
    return shifted ^ _FIELD if shifted >= len(ALPHABET) else shifted
