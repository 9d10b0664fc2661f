"""A person's word, kept as a record like any other and graded as what it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from ..checks import confirmation
from ..checks.confirmation import Answer
from ..domain.finding import SITE, Grade, Subject, station
from ..domain.job import Job
from ..domain.record import Record
from ..errors import BadInput
from . import flow


def confirm(
    job: Job,
    check: str,
    subject: Subject,
    answers: Mapping[str, Answer],
    by: str,
    at: datetime,
    photos: tuple[str, ...] = (),
) -> Job:
    """The job with the answers to all questions of one check; `at` carries its time zone, `photos` are digests.

    Raises BadInput for a check that is not asked of people, a subject that it is not about, and answers that leave
    something open.
    """
    asked = confirmation.BY_ID.get(check)
    if asked is None:
        raise BadInput("input.no-such-check", name=check)
    stations = [station(s.id) for s in job.stations] if asked.per_station else [SITE]
    if subject not in stations:
        raise BadInput("input.no-such-station", name=subject.name)
    outcome = asked.answered(answers, by, at, subject, photos)
    if asked.per_station and subject not in [station(s.id) for s in flow.stations_of(asked.area, job)]:
        raise BadInput("input.other-connection", name=subject.name, check=check)
    return job.with_records(Record(check, at, 0.0, outcome, subject, asked.info.version, grade=Grade.MANUAL))
