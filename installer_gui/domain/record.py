"""One run of one check, as it is kept: what was looked at, with what, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from .finding import SITE, Grade, Subject
from .outcome import Measured, Outcome

# Powerline is measured at the module alone, and its stations are also asked for: neither silence somewhere else nor a
# person's word undoes a measurement.
OUTRANKING = frozenset({"plc-gateway", "plc-station"})


@dataclass(frozen=True, slots=True)
class Record:
    """What a check saw. `started` carries its time zone; `outdated` marks a record whose premises have changed.

    `trust_anchors` is the profile's word for whose roots servers were judged by: the charger's or others.
    """

    check: str
    started: datetime
    duration_s: float
    outcome: Outcome
    subject: Subject = SITE
    version: int = 1
    platform: str = ""
    backend: str = ""
    interface: str = ""
    grade: Grade = Grade.MEASURED
    outdated: bool = False
    trust_anchors: str = "charger"

    @property
    def key(self) -> tuple[str, Subject]:
        return self.check, self.subject

    @property
    def holds(self) -> bool:
        """Whether it says something that is still true."""
        return isinstance(self.outcome, Measured) and not self.outdated


def latest(records: Iterable[Record]) -> dict[tuple[str, Subject], Record]:
    """The newest record of each check and subject; `records` come in the order in which they were made.

    What is known better outranks what is newer, for OUTRANKING checks.
    """
    newest: dict[tuple[str, Subject], Record] = {}
    for record in records:
        before = newest.get(record.key)
        if before is None or not _outranks(before, record):
            newest[record.key] = record
    return newest


def _outranks(before: Record, after: Record) -> bool:
    if before.check not in OUTRANKING or not before.holds:
        return False
    grades = list(Grade)
    return not after.holds or grades.index(before.grade) < grades.index(after.grade)
