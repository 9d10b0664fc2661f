"""Questions that people answer: what was answered, by whom, and what is still open. Qt-free."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..checks import confirmation
from ..checks.confirmation import Answer, Confirmation, Question
from ..domain.finding import SITE, Finding, Grade, Quantity, Subject, station
from ..domain.job import Job
from ..domain.outcome import Measured
from ..domain.record import Record
from ..i18n import Catalogue
from ..session import flow
from ..session.flow import Page
from .view import Key


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it is shown. `unit` is "" for yes or no; `refusable` says that there can be none of it."""

    key: Key
    id: str
    text: str
    answer: Answer | None
    unit: str = ""
    refusable: bool = True


def asked_on(page: Page, job: Job) -> tuple[Confirmation, ...]:
    """The checks that a page asks people about."""
    areas = flow.areas(page, job)
    return tuple(c for c in confirmation.ALL if c.area in areas)


def subjects(asked: Confirmation, job: Job) -> tuple[Subject, ...]:
    """What a check is asked about."""
    return tuple(station(s.id) for s in flow.stations_of(asked.area, job)) if asked.per_station else (SITE,)


def questions(
    asked: Confirmation, subject: Subject, record: Record | None, drafts: Mapping[str, Answer], words: Catalogue
) -> tuple[Asked, ...]:
    """The questions of a check about a subject, with what was answered; `drafts` are answers not yet complete."""
    known = {**answered(asked, record), **drafts}
    return tuple(
        Asked(
            (asked.id, subject),
            question.id,
            words.of("question", asked.id, question.id),
            known.get(question.id),
            question.unit,
            question.no is not None,
        )
        for question in asked.questions
    )


def answered(asked: Confirmation, record: Record | None) -> dict[str, Answer]:
    """The answers that a record was made from; none where it is outdated or was skipped."""
    if record is None or record.outdated or not isinstance(record.outcome, Measured):
        return {}
    findings = {finding.code: finding for finding in record.outcome.findings}
    pairs = ((question.id, _answer(question, findings)) for question in asked.questions)
    return {name: answer for name, answer in pairs if answer is not None}


def measured(record: Record | None) -> bool:
    """Whether more is known than a person's word, so that there is nothing to ask."""
    return record is not None and record.holds and record.grade is not Grade.MANUAL


def said(record: Record | None) -> tuple[str, str]:
    """Who answered, and when; ("", "") where nobody did."""
    if record is None or not isinstance(record.outcome, Measured) or not record.outcome.findings:
        return "", ""
    evidence = record.outcome.findings[0].evidence
    return str(evidence.get("by", "")), str(evidence.get("at", ""))


def _answer(question: Question, findings: Mapping[str, Finding]) -> Answer | None:
    if question.no is not None and question.no.name in findings:
        return False
    if question.yes.name not in findings:
        return None
    value = findings[question.yes.name].evidence.get("value")
    return value.value if isinstance(value, Quantity) else True
