"""Deviations that a later measurement has closed: kept with their dates, so that nobody has to be believed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from .check import CheckInfo, Rules
from .finding import Severity, Subject
from .job import Job, Note
from .outcome import Measured
from .profile import Profile
from .record import Record
from .verdict import Judged, Judgement, Result, State, weigh

_WEIGHTS = (Severity.WARNING, Severity.FAILURE)


@dataclass(frozen=True, slots=True)
class Closed:
    """A finding that was a deviation from `opened` on, and was no longer seen at `closed`."""

    subject: Subject
    info: CheckInfo
    judged: Judged
    opened: datetime
    closed: datetime
    note: Note | None = None


def closed(job: Job, judgement: Judgement, rules: Rules, profile: Profile) -> tuple[Closed, ...]:
    """What was found, was measured anew and is gone, in the order of the checks; outdated records tell nothing."""
    notes = {(note.code, note.subject): note for note in job.notes if note.code}
    history: dict[tuple[str, Subject], list[Record]] = {}
    for record in job.records:
        if record.holds:
            history.setdefault(record.key, []).append(record)
    return tuple(
        Closed(subject, result.info, judged, opened, ended, notes.get((judged.code.name, subject)))
        for result in judgement.results
        for subject, judged, opened, ended in _gone(result, history.get(_key(result), ()), rules, profile)
    )


_Gone = tuple[Subject, Judged, datetime, datetime]


def _gone(result: Result, records: Sequence[Record], rules: Rules, profile: Profile) -> Iterator[_Gone]:
    if result.state not in (State.PASS, State.WARN, State.FAIL) or len(records) < 2:
        return
    seen = [(record, _deviating(record, result.subject, rules, profile)) for record in records]
    still = set(seen[-1][1])
    for key in dict.fromkeys(key for _, found in seen for key in found if key not in still):
        having = [at for at, (_, found) in enumerate(seen) if key in found]
        judged = seen[having[-1]][1][key]
        yield key[1], judged, seen[having[0]][0].started, seen[having[-1] + 1][0].started


def _deviating(record: Record, subject: Subject, rules: Rules, profile: Profile) -> dict[tuple[str, Subject], Judged]:
    """A record's deviations, by code and what they are about."""
    findings = record.outcome.findings if isinstance(record.outcome, Measured) else ()
    weighed = (weigh(finding, rules, profile) for finding in findings)
    return {
        (judged.code.name, judged.finding.subject if judged.finding.subject.name else subject): judged
        for judged in weighed
        if judged.severity in _WEIGHTS
    }


def _key(result: Result) -> tuple[str, Subject]:
    return result.info.id, result.subject
