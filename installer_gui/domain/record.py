"""One run of one check, as it is kept: what was looked at, with what, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from .finding import SITE, Grade, Subject
from .outcome import Outcome


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


def latest(records: Iterable[Record]) -> dict[tuple[str, Subject], Record]:
    """The newest record of each check and subject; `records` come in the order in which they were made."""
    return {record.key: record for record in records}
