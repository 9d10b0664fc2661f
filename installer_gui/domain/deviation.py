"""Deviations: what is not as it should be, who owns it, and when it will be put right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .check import CheckInfo
from .finding import Severity, Subject
from .job import Job, Note
from .verdict import Judged, Judgement, Result, State


@dataclass(frozen=True, slots=True)
class Deviation:
    """One line of the list. Either `judged` (a finding), or `result` alone (not measured), or a remark in `note`."""

    number: int
    subject: Subject
    note: Note | None = None
    info: CheckInfo | None = None
    judged: Judged | None = None
    result: Result | None = None

    @property
    def code(self) -> str:
        """The key by which notes are kept: the finding's code, or the check that was not measured."""
        if self.judged:
            return self.judged.code.name
        return f"not-measured:{self.info.id}" if self.info else ""


def deviations(job: Job, judgement: Judgement) -> tuple[Deviation, ...]:
    """Everything short of a clean pass, then the installer's own remarks, numbered from 1."""
    rows = [*_automatic(judgement), *((n.subject, None, None, None, n) for n in job.notes if not n.code)]
    notes = {(n.code, n.subject): n for n in job.notes if n.code}
    numbered = []
    for number, (subject, info, judged, result, remark) in enumerate(rows, 1):
        deviation = Deviation(number, subject, remark, info, judged, result)
        note = remark or notes.get((deviation.code, subject))
        numbered.append(Deviation(number, subject, note, info, judged, result))
    return tuple(numbered)


_Row = tuple[Subject, CheckInfo | None, Judged | None, Result | None, Note | None]


def _automatic(judgement: Judgement) -> Iterator[_Row]:
    for result in judgement.results:
        for judged in result.findings if result.state is not State.NOT_MEASURED else ():
            if judged.severity in (Severity.WARNING, Severity.FAILURE):
                subject = judged.finding.subject if judged.finding.subject.name else result.subject
                yield subject, result.info, judged, result, None
        if result.counts and result.state in (State.NOT_MEASURED, State.NOT_APPLICABLE):
            yield result.subject, result.info, None, result, None
