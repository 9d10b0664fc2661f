"""The channel over the life of a job: every look at every station is kept, and together they decide check wifi-channel.

A pass needs looks that lie apart in time and somebody's word that the channel is locked in the access point.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from ..checks import wifi_channel
from ..checks.wifi_channel import LOCK_INFO, LOCKED, Lock
from ..domain.finding import Finding, Grade
from ..domain.job import Job
from ..domain.outcome import Measured
from ..domain.profile import Profile
from ..domain.record import Record
from ..domain.survey import Sighting


def confirm(job: Job, by: str, at: datetime, profile: Profile) -> Job:
    """The job with somebody's word that the channel is locked in the access point, weighed with what was heard."""
    word = Finding(LOCKED.name, evidence={"by": by})
    said = Record(LOCK_INFO.id, at, 0.0, Measured((word,)), grade=Grade.MANUAL)
    return weighed(job.with_records(said), at, profile)


def weighed(job: Job, at: datetime, profile: Profile) -> Job:
    """The job with a new record of wifi-channel, if its looks prove anything; call it after each of them."""
    lock = lock_of(job)
    outcome = wifi_channel.evaluate(sightings(job), lock, profile)
    if outcome is None:
        return job
    grade = Grade.MANUAL if lock else Grade.MEASURED
    return job.with_records(Record(wifi_channel.INFO.id, at, 0.0, outcome, grade=grade))


def sightings(job: Job) -> tuple[Sighting, ...]:
    """Every time that an access point of the network was heard, oldest first."""
    found = (sighting for record in job.records if not record.outdated for sighting in _sightings(record))
    return tuple(sorted(found, key=lambda s: s.at))


def lock_of(job: Job) -> Lock | None:
    """The latest word on the lock."""
    said = [r for r in job.records if r.check == LOCK_INFO.id and not r.outdated and isinstance(r.outcome, Measured)]
    for finding in _findings(said[-1]) if said else ():
        return Lock(str(finding.evidence.get("by", "")), said[-1].started)
    return None


def _sightings(record: Record) -> Iterator[Sighting]:
    for finding in _findings(record):
        heard = finding.evidence.get("access_points", ())
        for text in heard if isinstance(heard, tuple) else ():
            if sighting := Sighting.parse(text, record.started):
                yield sighting


def _findings(record: Record) -> tuple[Finding, ...]:
    return record.outcome.findings if isinstance(record.outcome, Measured) else ()
