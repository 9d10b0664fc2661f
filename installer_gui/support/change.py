"""One thing that is not as it was on an earlier visit, and which way it went."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ..domain.finding import SITE, Subject, Value
from ..domain.verdict import State

_KNOWN = (State.PASS, State.WARN, State.FAIL)  # worse and worse


class Direction(StrEnum):
    """Which way a change goes."""

    WORSE = "worse"
    BETTER = "better"
    CHANGED = "changed"


class Kind(StrEnum):
    """What changed, in the order in which changes are told."""

    VERDICT = "verdict"
    PROFILE = "profile"
    CONNECTION = "connection"
    NETWORK = "network"
    CHECK = "check"
    ENDPOINT = "endpoint"
    ROOT = "root"
    DHCP_SERVERS = "dhcp-servers"
    STATION = "station"
    LEVEL = "level"
    CHANNEL = "channel"
    ACCESS_POINT = "access-point"


@dataclass(frozen=True, slots=True)
class Change:
    """`old` and `new` are None for what was not there.

    They are a verdict, the states of checks and endpoints, the names of stations, or what was seen. The faults are
    the codes of the findings that were short of a pass.
    """

    kind: Kind
    direction: Direction
    old: Value | None
    new: Value | None
    subject: Subject = SITE
    check: str = ""
    old_faults: tuple[str, ...] = ()
    new_faults: tuple[str, ...] = ()


def between(old: State, new: State, *, required: bool = True) -> Direction:
    """What was proved and is not known any more is worse, if it has to be known; what failed is no better by that."""
    if old is new:
        return Direction.CHANGED
    if new in _KNOWN:
        if old in _KNOWN:
            return Direction.WORSE if _KNOWN.index(new) > _KNOWN.index(old) else Direction.BETTER
        return Direction.WORSE if new is State.FAIL else Direction.BETTER
    lost = required and old in (State.PASS, State.WARN)
    return Direction.WORSE if lost else Direction.CHANGED
