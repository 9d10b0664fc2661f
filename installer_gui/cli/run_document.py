"""The JSON of a run, `driftklar.run/1` (resources/schemas). Only its words depend on the chosen language."""

from __future__ import annotations

import platform as host
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .. import __version__
from ..domain.check import Area, CheckInfo
from ..domain.finding import SITE, Severity, Subject
from ..domain.network import Interface
from ..domain.outcome import Broken, kind
from ..domain.plain import to_plain
from ..domain.profile import Profile
from ..domain.verdict import Judged, Judgement, Result, State, severity
from ..i18n import Catalogue
from ..session.plan import RUN_AREAS


@dataclass(frozen=True, slots=True)
class Run:
    """Everything that the document tells about a run."""

    interface: Interface
    profile: Profile
    started: datetime
    duration_s: float
    stations: int
    judgement: Judgement
    demo: str = ""


def document(run: Run, words: Catalogue) -> dict[str, Any]:
    """The whole document."""
    head: dict[str, Any] = {"schema": "driftklar.run/1", "tool": tool()}
    if run.demo:
        head["demo"] = run.demo
    return head | {
        "profile": profile(run.profile),
        "interface": interface(run.interface),
        "started": run.started.isoformat(timespec="seconds"),
        "duration_s": round(run.duration_s, 2),
        "stations": run.stations,
        "verdict": run.judgement.verdict.value,
        "areas": areas(run.judgement.areas),
        "checks": [check(result, words) for result in run.judgement.results],
        "summary": summary(run.judgement),
    }


def tool() -> dict[str, str]:
    return {
        "name": "driftklar",
        "version": __version__,
        "os": f"{host.system()} {host.release()}",
        "python": host.python_version(),
    }


def profile(value: Profile) -> dict[str, str]:
    return {
        "id": value.id,
        "version": value.version,
        "sha256": value.sha256,
        "trust_anchors": value.trust_anchors,
    }


def interface(value: Interface) -> dict[str, Any]:
    return {
        "name": value.name,
        "kind": value.kind.value,
        "mac": value.mac,
        "addresses": list(value.addresses),
        "gateway": value.gateway,
    }


def areas(states: Mapping[Area, State]) -> dict[str, str]:
    """Every area of a run; one that nothing was expected of does not apply."""
    return {area.value: states.get(area, State.NOT_APPLICABLE).value for area in RUN_AREAS}


def check(result: Result, words: Catalogue) -> dict[str, Any]:
    """One check with its findings."""
    outcome = result.outcome
    return {
        "id": result.info.id,
        "area": result.info.area.value,
        "title": title(result.info, words),
        "outcome": kind(outcome),
        "reason": outcome.error_id if isinstance(outcome, Broken) else result.reason,
        "severity": severity(result.findings).value if result.findings else None,
        "duration_s": result.record.duration_s if result.record else 0.0,
        "findings": [finding(judged, words) for judged in result.findings],
    }


def title(info: CheckInfo, words: Catalogue) -> str:
    return words.of("check", info.text_key, "title", host=info.host)


def titles(judgement: Judgement, words: Catalogue) -> dict[str, str]:
    """The title of every check in the judgement, by id."""
    return {result.info.id: title(result.info, words) for result in judgement.results}


def standing(result: Result, names: Mapping[str, str], words: Catalogue, waiting: Collection[str] = ()) -> str:
    """A check's title and, where it does not count as measured, why.

    `names` are all checks' titles, `waiting` the ids of those that were put off until there is internet.
    """
    name, reason = names[result.info.id], result.reason
    if result.subject == SITE and result.info.id in waiting:
        return f"{name} – {words.text('reason.later')}"
    if reason is None:
        return name
    if result.state is State.NOT_APPLICABLE:
        return f"{name} – {words.text('reason.needs', check=names.get(reason, reason))}"
    return f"{name} – {words.of('reason', reason)}"


def finding(judged: Judged, words: Catalogue) -> dict[str, Any]:
    """One finding with its words."""
    evidence, code = judged.finding.evidence, judged.code
    return {
        "code": code.name,
        "number": code.number,
        "severity": judged.severity.value,
        "subject": subject(judged.finding.subject),
        "evidence": to_plain(evidence),
        "title": words.of("finding", code.name, "title", **evidence),
        "meaning": words.of("finding", code.name, "meaning", **evidence),
        "remedy": words.of("finding", code.name, "remedy", **evidence),
        "responsible": code.responsible.value,
    }


def summary(judgement: Judgement) -> dict[str, int]:
    """Findings by weight, and the checks that were wanted and could not be measured."""
    counts = Counter(judged.severity for result in judgement.results for judged in result.findings)
    unseen = sum(r.state in (State.NOT_MEASURED, State.NOT_APPLICABLE) for r in judgement.results if r.counts)
    return {s.value: counts[s] for s in Severity} | {"not-measured": unseen}


def subject(value: Subject) -> dict[str, str]:
    return {"kind": value.kind, "name": value.name} if value.name else {"kind": value.kind}
