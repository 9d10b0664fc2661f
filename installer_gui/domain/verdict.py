"""The only place that decides whether a site passes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .check import Area, CheckInfo, Expected, Rules
from .finding import Code, Finding, Quantity, Severity, Subject
from .outcome import Broken, Measured, NotApplicable, NotMeasured, Outcome
from .profile import Profile
from .record import Record, latest


class Verdict(StrEnum):
    """What may be said of the site as a whole."""

    PASSED = "passed"
    PASSED_WITH_REMARKS = "passed-with-remarks"
    FAILED = "failed"
    INCOMPLETE = "incomplete"


class State(StrEnum):
    """How a check or an area stands, worst first."""

    FAIL = "fail"
    NOT_MEASURED = "not-measured"
    WARN = "warn"
    PASS = "pass"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding with its final code and weight."""

    finding: Finding
    code: Code
    severity: Severity


@dataclass(frozen=True, slots=True)
class Result:
    """One check about one subject. `record` is None when it was never run."""

    info: CheckInfo
    subject: Subject
    record: Record | None
    state: State
    findings: tuple[Judged, ...]
    required: bool

    @property
    def outcome(self) -> Outcome | None:
        return self.record.outcome if self.record else None

    @property
    def counts(self) -> bool:
        """What was seen always counts, also what cannot be weighed; what was not seen counts where it was required."""
        return self.required or self.state in (State.FAIL, State.WARN) or any(f.code is UNKNOWN for f in self.findings)

    @property
    def reason(self) -> str | None:
        """Why it does not count as measured: a word of the catalogue's table "reason", or who did not deliver."""
        match self.outcome:
            case None:
                return "not-run"
            case NotMeasured(reason):
                return reason
            case NotApplicable(because):
                return because
            case Broken():
                return "broken"
        if self.state is not State.NOT_MEASURED:
            return None
        if self.record and self.record.outdated:
            return "outdated"
        return "unknown-finding" if self.findings else "nothing-seen"


@dataclass(frozen=True, slots=True)
class Judgement:
    """Every result, the state of each area that counts, and the verdict."""

    verdict: Verdict
    areas: Mapping[Area, State]
    results: tuple[Result, ...]


UNKNOWN = Code("program.unknown-finding", 990, Severity.WARNING)


def judge(records: Iterable[Record], expected: Sequence[Expected], rules: Rules, profile: Profile) -> Judgement:
    """Weigh the newest record of every check; what is expected and was not measured never passes."""
    newest = latest(records)
    wanted = {(e.check, e.subject): True for e in expected}
    keys = [*wanted, *(key for key in newest if key not in wanted)]
    results = [_result(key, newest.get(key), key in wanted, rules, profile) for key in keys]
    order = {area: at for at, area in enumerate(Area)}
    ordered = tuple(sorted(results, key=lambda r: (order[r.info.area], rules.place(r.info.id))))
    return Judgement(_verdict(ordered), _areas(ordered), ordered)


def severity(findings: Iterable[Judged]) -> Severity:
    """The worst weight among the findings of one check."""
    return max((f.severity for f in findings), key=lambda s: s.rank, default=Severity.OK)


def _result(key: tuple[str, Subject], record: Record | None, required: bool, rules: Rules, profile: Profile) -> Result:
    info = rules.info(key[0])
    findings: tuple[Judged, ...] = ()
    if record is not None and isinstance(record.outcome, Measured | NotMeasured):
        findings = tuple(weigh(f, rules, profile) for f in record.outcome.findings)
    return Result(info, key[1], record, _state(record, findings), findings, required)


def weigh(finding: Finding, rules: Rules, profile: Profile) -> Judged:
    """Give a finding its code and weight; a code that nobody declares can never help a pass."""
    if code := rules.codes.get(finding.code):
        return Judged(finding, code, code.severity)
    scale = rules.scales.get(finding.code)
    quantity = finding.evidence.get(scale.evidence) if scale else None
    limit = profile.limits.get(scale.limit) if scale else None
    if scale is None or limit is None or not isinstance(quantity, Quantity) or quantity.unit != limit.unit:
        return Judged(finding, UNKNOWN, Severity.WARNING)
    match limit.judge(quantity.value):
        case Severity.OK:
            code = scale.passes
        case Severity.WARNING:
            code = scale.warns or scale.fails
        case _:
            code = scale.fails
    return Judged(finding, code, code.severity)


def _state(record: Record | None, findings: tuple[Judged, ...]) -> State:
    if record is None or record.outdated:
        return State.NOT_MEASURED
    match record.outcome:
        case Measured():
            return _measured_state(findings)
        case NotApplicable():
            return State.NOT_APPLICABLE
        case NotMeasured() | Broken():
            return State.NOT_MEASURED


def _measured_state(findings: tuple[Judged, ...]) -> State:
    worst = severity(f for f in findings if f.code is not UNKNOWN)
    if worst is Severity.FAILURE:
        return State.FAIL
    if not findings or any(f.code is UNKNOWN for f in findings):
        return State.NOT_MEASURED  # a check that saw nothing, or something this version cannot weigh, proves nothing
    return State.WARN if worst is Severity.WARNING else State.PASS


def _areas(results: Sequence[Result]) -> dict[Area, State]:
    states: dict[Area, set[State]] = {}
    for result in (r for r in results if r.counts):
        states.setdefault(result.info.area, set()).add(result.state)
    return {area: _worst(seen) for area, seen in states.items()}


def _worst(states: set[State]) -> State:
    """Where a part of an area could not be tried, the area was not tried; what passed beside it does not help."""
    if len(states) > 1 and State.NOT_APPLICABLE in states:
        states = states | {State.NOT_MEASURED}
    return min(states, key=list(State).index)


def _verdict(results: Sequence[Result]) -> Verdict:
    states = {result.state for result in results if result.counts}
    if State.FAIL in states:
        return Verdict.FAILED
    if not states or states & {State.NOT_MEASURED, State.NOT_APPLICABLE}:
        return Verdict.INCOMPLETE  # "could not be tried" is no better than "was not tried"
    return Verdict.PASSED_WITH_REMARKS if State.WARN in states else Verdict.PASSED
