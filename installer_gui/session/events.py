"""What a run tells while it runs. Frozen, so that it may cross threads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..domain.finding import SITE, Subject
from ..domain.record import Record


@dataclass(frozen=True, slots=True)
class Started:
    """A check has begun to look."""

    check: str
    subject: Subject = SITE


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` steps of one check."""

    check: str
    done: int
    total: int
    subject: Subject = SITE


@dataclass(frozen=True, slots=True)
class Finished:
    """A check has ended, however it ended."""

    record: Record


Event = Started | Progress | Finished
Emit = Callable[[Event], None]
