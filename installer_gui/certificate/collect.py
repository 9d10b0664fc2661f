"""Gathers what a job holds into the content of a certificate."""

from __future__ import annotations

import platform
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from .. import __version__
from ..checks import station_serial
from ..domain.check import Area, Rules
from ..domain.closing import Closed, closed
from ..domain.deviation import Deviation, deviations
from ..domain.finding import SITE, Grade, Quantity, Severity, Subject, station
from ..domain.job import Job
from ..domain.outcome import SKIPPED, Measured, NotMeasured, kind
from ..domain.plain import from_plain, to_plain
from ..domain.profile import Profile
from ..domain.record import Record, latest
from ..domain.verdict import Judged, Judgement, Result, State
from ..session import later
from .content import (
    LATER,
    SCHEMA,
    Clock,
    ClosedLine,
    Content,
    DeviationLine,
    Draft,
    Line,
    Moment,
    Renderer,
    Replaced,
    Row,
    Signer,
    StationResult,
    Timestamp,
    Tool,
    Untimed,
)

SCOPE = "network"
CLOCK_CHECK = "computer-clock"


@dataclass(frozen=True, slots=True)
class Occasion:
    """What an issue adds to the job: the number, when, in which language, by whom, and why it may be a draft.

    `replaces` is the certificate whose place the new one takes.
    """

    certificate_id: str
    now: datetime
    language: str
    renderer: Renderer
    signer: Signer | None = None
    timestamp: Timestamp | Untimed = Untimed.NONE
    draft: tuple[Draft, ...] = ()
    replaces: Replaced | None = None


def collect(job: Job, judgement: Judgement, rules: Rules, profile: Profile, occasion: Occasion) -> Content:
    """The certificate's content. The same input gives the same content."""
    waiting = frozenset(later.waiting(job))
    rows = tuple(_row(result, rules, waiting) for result in judgement.results)
    content = Content(
        schema=SCHEMA,
        certificate_id=occasion.certificate_id,
        revision=job.revision,
        replaces=occasion.replaces,
        job=job.id,
        created=job.created,
        language=occasion.language,
        issued=moment(occasion.now),
        draft=occasion.draft,
        demo=job.demo,
        scope=SCOPE,
        verdict=judgement.verdict,
        areas={area.value: state for area, state in judgement.areas.items()},
        installer=job.installer,
        site=job.site,
        order_no=job.order_no,
        connection=job.connection,
        ssid=job.ssid,
        interface=job.interface,
        stations=tuple(_station(job, i, rows) for i in range(len(job.stations))),
        rows=rows,
        deviations=tuple(_deviation(d, rules, waiting) for d in deviations(job, judgement)),
        tool=tool(job.records),
        profile=profile,
        clock=_clock(job.records),
        timestamp=occasion.timestamp,
        signer=occasion.signer,
        renderer=occasion.renderer,
        records=job.records,
        closed=tuple(_closed(c, rules) for c in closed(job, judgement, rules, profile)),
    )
    return from_plain(Content, to_plain(content))  # a whole number in a field of floats is the same number when read


def moment(now: datetime) -> Moment:
    local = now if now.tzinfo else now.astimezone()
    return Moment(local, local.tzname() or "", local.astimezone(UTC))


def tool(records: Iterable[Record]) -> Tool:
    """This program on this computer, and what the records say they were made with."""
    made = (" ".join(filter(None, (r.platform, r.backend, r.interface))) for r in records)
    system = f"{platform.system()} {platform.release()}"
    return Tool("driftklar", __version__, system, platform.python_version(), tuple(dict.fromkeys(filter(None, made))))


def _row(result: Result, rules: Rules, waiting: Collection[str]) -> Row:
    record, info = result.record, result.info
    return Row(
        check=info.id,
        area=info.area,
        text=info.text_key,
        host=info.host,
        subject=result.subject,
        state=result.state,
        required=result.required,
        outcome=kind(result.outcome),
        reason=_reason(result, waiting),
        cause=_cause(result),
        findings=tuple(_line(judged, rules) for judged in result.findings),
        grade=record.grade if record else None,
        started=record.started if record else None,
        duration_s=record.duration_s if record else 0.0,
        outdated=record.outdated if record else False,
    )


def _reason(result: Result, waiting: Collection[str]) -> str:
    """Why it does not count as measured; LATER for what was put off until there is internet."""
    put_off = result.subject == SITE and result.info.id in waiting
    return LATER if put_off and result.state is State.NOT_MEASURED else result.reason or ""


def _cause(result: Result) -> str:
    """Why somebody skipped it, "" for what nobody did."""
    outcome = result.outcome
    return outcome.detail if isinstance(outcome, NotMeasured) and outcome.reason == SKIPPED else ""


def _line(judged: Judged, rules: Rules) -> Line:
    scale, code, finding = rules.scales.get(judged.finding.code), judged.code, judged.finding
    decided = scale is not None and code in (scale.passes, scale.warns, scale.fails)
    limit, quantity = (scale.limit, scale.evidence) if scale and decided else ("", "")
    return Line(
        code.name, code.number, judged.severity, code.responsible, finding.subject, finding.evidence, limit, quantity
    )


def _station(job: Job, index: int, rows: tuple[Row, ...]) -> StationResult:
    made = job.stations[index]
    own = [row for row in rows if row.subject == station(made.id)]
    asked = [row for row in own if row.check != station_serial.INFO.id]
    confirmed = [row for row in asked if _is_confirmation(row)]
    measured = [row for row in asked if not _is_confirmation(row)]
    states = _worst(own), _worst(measured), _worst(confirmed)
    return StationResult(made.id, made.place, made.serial, *states, job.connection_of(made))


def _is_confirmation(row: Row) -> bool:
    """Said or read elsewhere, not measured by the computer; before it is known, the area tells which it will be."""
    if row.grade is not None:
        return row.grade in (Grade.CLOUD, Grade.MANUAL)
    return row.area in (Area.LTE, Area.STATION)


def _worst(rows: Iterable[Row]) -> State:
    return min((row.state for row in rows), key=list(State).index, default=State.NOT_APPLICABLE)


def _deviation(found: Deviation, rules: Rules, waiting: Collection[str]) -> DeviationLine:
    note, untried = found.note, found.result if not found.judged else None
    return DeviationLine(
        number=found.number,
        subject=found.subject,
        check=found.info.id if found.info else "",
        finding=_line(found.judged, rules) if found.judged else None,
        state=found.result.state if found.result else None,
        reason=_reason(untried, waiting) if untried else "",
        cause=_cause(untried) if untried else "",
        text=note.text if note else "",
        owner=note.owner if note else "",
        action=note.action if note else "",
        due=note.due if note else None,
    )


def _closed(found: Closed, rules: Rules) -> ClosedLine:
    owner, action = (found.note.owner, found.note.action) if found.note else ("", "")
    line = _line(found.judged, rules)
    return ClosedLine(found.subject, found.info.id, line, found.opened, found.closed, owner, action)


def _clock(records: Iterable[Record]) -> Clock | None:
    """The newest comparison of the computer's clock with a time server, if one was made."""
    record = latest(records).get((CLOCK_CHECK, Subject("site")))
    if record is None or not isinstance(record.outcome, Measured):
        return None
    for evidence in (finding.evidence for finding in record.outcome.findings):
        match evidence.get("offset"), evidence.get("direction"), evidence.get("compared"):
            case Quantity(value=offset), str(direction), tuple(compared):
                return Clock(float(offset), direction, compared, record.started)
    return None


def counts(content: Content) -> Mapping[str, int]:
    """Stations, those without any remark, deviations, and what had to be measured and was not."""
    return {
        "stations": len(content.stations),
        "clean": sum(s.state is State.PASS for s in content.stations),
        "deviations": len(content.deviations),
        "missing": sum(r.required and r.state in (State.NOT_MEASURED, State.NOT_APPLICABLE) for r in content.rows),
        "failures": sum(d.finding is not None and d.finding.severity is Severity.FAILURE for d in content.deviations),
    }
