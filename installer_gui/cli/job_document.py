"""The JSON of a job as it stands, `driftklar.job-status/1` (resources/schemas): fields, verdict, deviations."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from ..domain.check import Area
from ..domain.closing import Closed, closed
from ..domain.deviation import Deviation, deviations
from ..domain.job import Job, Note
from ..domain.plain import to_plain
from ..domain.profile import Profile
from ..domain.verdict import Judgement, Result, State
from ..i18n import Catalogue
from ..session import later, plan
from . import run_document

_KEPT_APART = ("records", "notes")


def document(job: Job, judgement: Judgement, profile: Profile, words: Catalogue) -> dict[str, Any]:
    """The whole document."""
    names = run_document.titles(judgement, words)
    fields = {name: value for name, value in to_plain(job).items() if name not in _KEPT_APART}
    return {
        "schema": "driftklar.job-status/1",
        "tool": run_document.tool(),
        "profile": run_document.profile(profile),
        "job": fields,
        "verdict": judgement.verdict.value,
        "areas": {area.value: judgement.areas.get(area, State.NOT_APPLICABLE).value for area in Area},
        "checks": [_check(result, words) for result in judgement.results],
        "deviations": [_deviation(d, names, words, later.waiting(job)) for d in deviations(job, judgement)],
        "closed": [_closed(c, words) for c in closed(job, judgement, plan.rules(profile), profile)],
        "summary": run_document.summary(judgement),
    }


def deviation_title(deviation: Deviation, names: Mapping[str, str], words: Catalogue, waiting: Collection[str]) -> str:
    """What is not as it should be, in one line; a remark is its own text. For `names` and `waiting` see `standing`."""
    if deviation.judged:
        evidence = deviation.judged.finding.evidence
        return words.of("finding", deviation.judged.code.name, "title", **evidence)
    if deviation.result:
        return run_document.standing(deviation.result, names, words, waiting)
    return words.show(deviation.note.text) if deviation.note else ""


def _check(result: Result, words: Catalogue) -> dict[str, Any]:
    record = result.record
    return run_document.check(result, words) | {
        "subject": run_document.subject(result.subject),
        "state": result.state.value,
        "required": result.required,
        "started": record.started.isoformat(timespec="seconds") if record else None,
        "grade": record.grade.value if record else None,
        "outdated": record.outdated if record else False,
    }


def _closed(found: Closed, words: Catalogue) -> dict[str, Any]:
    return {
        "code": found.judged.code.name,
        "number": found.judged.code.number,
        "subject": run_document.subject(found.subject),
        "title": closed_title(found, words),
        "opened": found.opened.isoformat(timespec="seconds"),
        "closed": found.closed.isoformat(timespec="seconds"),
    }


def closed_title(found: Closed, words: Catalogue) -> str:
    """What had been found."""
    return words.of("finding", found.judged.code.name, "title", **found.judged.finding.evidence)


def _deviation(
    deviation: Deviation, names: Mapping[str, str], words: Catalogue, waiting: Collection[str]
) -> dict[str, Any]:
    note = deviation.note or Note(deviation.subject)
    return {
        "number": deviation.number,
        "code": deviation.code,
        "subject": run_document.subject(deviation.subject),
        "title": deviation_title(deviation, names, words, waiting),
        "severity": deviation.judged.severity.value if deviation.judged else None,
        "responsible": deviation.judged.code.responsible.value if deviation.judged else None,
        "text": note.text,
        "owner": note.owner,
        "action": note.action,
        "due": note.due.isoformat() if note.due else None,
    }
