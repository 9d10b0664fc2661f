"""Many names in few words: those that count up by one are a span, "A1–A30"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .display import clip

SHORTEST = 3  # two neighbours are no longer as two names than as a span
_NUMBERED = re.compile(r"(.*?)([0-9]{1,9})", re.DOTALL)


def spans(names: Sequence[str], longest: int) -> list[str]:
    """The names in their order, each at most `longest` characters; every one is named or lies in a span."""
    told: list[str] = []
    for run in _runs(names):
        shown = [clip(name, longest) for name in run]
        dash = "–" if shown[-1].isalnum() else "\u00a0– "
        told += shown if len(shown) < SHORTEST else [f"{shown[0]}{dash}{shown[-1]}"]
    return told


def _runs(names: Sequence[str]) -> Iterator[list[str]]:
    run: list[str] = []
    for name in names:
        if run and not _follows(run[-1], name):
            yield run
            run = []
        run.append(name)
    if run:
        yield run


def _follows(before: str, after: str) -> bool:
    """Whether a name is the next one: the same but for the number at its end, which is written as long."""
    one, other = _NUMBERED.fullmatch(before), _NUMBERED.fullmatch(after)
    if not one or not other or one[1] != other[1] or int(other[2]) != int(one[2]) + 1:
        return False
    return other[2] == str(int(other[2])) if one[2] == str(int(one[2])) else len(one[2]) == len(other[2])
