"""Puts numbered words in the place of what names people, places and devices.

The same value always gets the same word, so that a reader still sees what belongs together: `[mac-1]` is one access
point wherever it stands.
"""

from __future__ import annotations

import getpass
import platform
import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from . import patterns
from .patterns import Kind

SHORTEST = 3  # shorter names would be found everywhere
PLACEHOLDER = re.compile(r"\[(" + "|".join(Kind) + r")-\d+\]")


class Keep(StrEnum):
    """What may go along when the sender says so."""

    SERIALS = "serials"
    NETWORK = "network"


_KEPT = {Keep.SERIALS: Kind.SERIAL, Keep.NETWORK: Kind.NETWORK}


@dataclass(frozen=True, slots=True)
class Known:
    """A name that must not leave, wherever it is found."""

    kind: Kind
    text: str


def this_computer() -> tuple[Known, ...]:
    """Whose computer this is: paths and logs tell."""
    try:
        user = getpass.getuser()
    except (ImportError, KeyError, OSError):
        user = ""
    known = (Known(Kind.USER, user), Known(Kind.COMPUTER, platform.node()))
    return tuple(name for name in known if name.text.lower() not in ("", "root", "user", "admin", "localhost"))


class Redactor:
    """The words of one bundle. `harmless` are addresses that everybody knows."""

    def __init__(self, known: Iterable[Known], keep: Collection[Keep] = (), harmless: Collection[str] = ()) -> None:
        self._words: dict[tuple[Kind, str], str] = {}
        self._counts: Counter[Kind] = Counter()
        self._clean: dict[str, str] = {}
        self._stays = {_KEPT[choice] for choice in keep}
        self._harmless = frozenset(harmless)
        longest_first = sorted(dict.fromkeys(known), key=lambda name: -len(name.text))
        self._names = [name for name in longest_first if len(name.text.strip()) >= SHORTEST]

    def mask(self, kind: Kind, text: str) -> str:
        """The word for a value; the value itself where it is empty, harmless, or may stay."""
        if not text.strip() or kind in self._stays or text in self._harmless or PLACEHOLDER.fullmatch(text):
            return text
        key = (kind, text.strip().casefold())
        if key not in self._words:
            self._counts[kind] += 1
            self._words[key] = f"[{kind}-{self._counts[kind]}]"
        return self._words[key]

    def text(self, text: str) -> str:
        """What a program wrote, without the known names and without all that looks like an address or a key."""
        if text not in self._clean:  # a job says the same a thousand times
            self._clean[text] = patterns.taken_out(self._nameless(text), self.mask)
        return self._clean[text]

    def _nameless(self, text: str) -> str:
        lower = text.casefold()
        for name in self._names:
            if name.text.strip().casefold() in lower:
                text = _whole(name.text).sub(partial(self._mask_match, name.kind), text)
        return text

    def _mask_match(self, kind: Kind, match: re.Match[str]) -> str:
        return self.mask(kind, match[0])


def _whole(name: str) -> re.Pattern[str]:
    """The name as a word of its own, in any case."""
    return re.compile(rf"(?<!\w){re.escape(name.strip())}(?!\w)", re.IGNORECASE)
