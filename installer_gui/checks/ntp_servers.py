"""Does the time server that stations use answer, and is its time right?"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..domain.check import Area, CheckInfo
from ..domain.finding import Code, Finding, Quantity, Responsible, Scale, Severity, Value, server
from ..domain.finding import endpoint as subject_of
from ..domain.outcome import Fact, Measured, NotApplicable
from ..domain.profile import Endpoint
from ..domain.timesync import TimeFailure, TimeFault, TimeSample
from .context import Context, Exclusive
from .facts import NetworkTime, ServerDate
from .time_questions import ask_all, refine

OWNER = Responsible.NETWORK_OWNER
AGREE = Code("time.servers-agree", 300, Severity.OK)
APART = Code("time.servers-apart", 301, Severity.WARNING, OWNER)
FAR_APART = Code("time.servers-far-apart", 302, Severity.FAILURE, OWNER)
RIGHT = Code("time.right", 303, Severity.OK)
WRONG = Code("time.wrong", 304, Severity.FAILURE, OWNER)
UNCONFIRMED = Code("time.unconfirmed", 305, Severity.WARNING, OWNER)
BLOCKED = Code("time.blocked", 306, Severity.FAILURE, OWNER)
NONE_VALID = Code("time.none-valid", 307, Severity.FAILURE, OWNER)
SILENT = Code("time.server-silent", 308, Severity.WARNING, OWNER)
CLOSED = Code("time.server-closed", 309, Severity.WARNING, OWNER)
WAIT = Code("time.server-says-wait", 310, Severity.WARNING, Responsible.INSTALLER)
TURNED_AWAY = Code("time.server-turns-away", 311, Severity.WARNING, OWNER)
UNSYNCHRONISED = Code("time.server-unsynchronised", 312, Severity.WARNING, OWNER)
INVALID = Code("time.server-invalid", 313, Severity.WARNING, OWNER)
DISTANT = Code("time.server-distant", 314, Severity.WARNING, OWNER)
OFF = Code("time.server-off", 315, Severity.WARNING, OWNER)
ONLY_PORT_123 = Code("time.only-source-port-123", 316, Severity.WARNING, OWNER)
AS_COMPUTER = Code("time.as-this-computer", 317, Severity.OK)
SPREAD = Scale("time.spread", "spread", "ntp-spread", AGREE, FAR_APART, APART)
OFFSET = Scale("time.offset", "offset", "ntp-offset", RIGHT, WRONG)

DATES_S = 5.0
WAIT_KISS = "RATE"  # RFC 5905, section 7.4

_FAULTS = {
    TimeFault.TIMEOUT: SILENT,
    TimeFault.UNREACHABLE: CLOSED,
    TimeFault.PORT_CLOSED: CLOSED,
    TimeFault.KISS: TURNED_AWAY,
    TimeFault.UNSYNCHRONISED: UNSYNCHRONISED,
    TimeFault.SPOOFED: INVALID,
    TimeFault.MALFORMED: INVALID,
    TimeFault.DISTANT: DISTANT,
}
_NOTHING_CAME = frozenset({TimeFault.TIMEOUT, TimeFault.UNREACHABLE, TimeFault.PORT_CLOSED})


@dataclass(frozen=True, slots=True)
class NtpServers:
    """Every address of the name, at most four questions to each. The Date of the web hosts decides who is right."""

    endpoint: Endpoint
    needs: tuple[type[Fact], ...] = ()
    gives: tuple[type[Fact], ...] = (NetworkTime,)
    timeout_s: float = 13.0
    exclusive: Exclusive | None = None

    @property
    def info(self) -> CheckInfo:
        own = (UNCONFIRMED, AS_COMPUTER, BLOCKED, NONE_VALID, OFF, WAIT, ONLY_PORT_123)
        codes = (*own, *dict.fromkeys(_FAULTS.values()))
        return CheckInfo("ntp-servers", Area.NTP, codes, (SPREAD, OFFSET), host=self.endpoint.host)

    async def run(self, ctx: Context) -> Measured | NotApplicable:
        answer = await ctx.names.told(self.endpoint.host, local=True)
        if answer is None:
            return NotApplicable("dns-lan")
        answers = await ask_all(ctx.network.timesync, (*answer.public, *answer.local))
        samples = [a for a in answers if isinstance(a, TimeSample)]
        failures = [a for a in answers if isinstance(a, TimeFailure)]
        if not samples:
            return Measured(_no_time(self.endpoint, failures))
        ctx.give(NetworkTime(_median(samples), min(s.rtt_ms for s in samples)))
        refined = await refine(ctx.network.timesync, samples)
        return Measured((*await _judge(ctx, refined), *map(_faulty, failures), *_odd_port(self.endpoint, refined)))


async def _judge(ctx: Context, samples: Sequence[TimeSample]) -> tuple[Finding, ...]:
    """The web hosts' word decides which servers are off. Without it the others' does."""
    dates = await ctx.given(ServerDate, DATES_S)
    right = statistics.median(d.offset_s for d in dates) if dates else _median(samples)
    limit = ctx.profile.limits[OFFSET.limit]
    off = [s for s in samples if limit.judge(abs(s.offset_s - right)) is not Severity.OK]
    agreeing = [s.offset_s for s in samples if s not in off]
    evidence: dict[str, Value] = {
        "servers": tuple(s.server for s in samples),
        "count": Quantity(len(samples), "servers"),
        "hosts": tuple(d.host for d in dates),
    }
    findings = [_against_others(ctx, samples, right, evidence)]
    if agreeing:
        spread = Quantity(round(max(agreeing) - min(agreeing), 2), "s")
        findings.append(Finding(SPREAD.name, evidence={**evidence, "spread": spread}))
    return (*findings, *(_off(s, right) for s in off if agreeing or not dates))


def _against_others(
    ctx: Context, samples: Sequence[TimeSample], right: float, evidence: Mapping[str, Value]
) -> Finding:
    """Whether more are right than not. Without a web host's word there is only this computer to compare with."""
    if evidence["hosts"]:
        code, offset = OFFSET.name, statistics.median_high(abs(s.offset_s - right) for s in samples)
    else:
        close = ctx.profile.limits[OFFSET.limit].judge(abs(right)) is Severity.OK
        code, offset = (AS_COMPUTER if close else UNCONFIRMED).name, abs(right)
    return Finding(code, evidence={**evidence, "offset": Quantity(round(offset, 1), "s")})


def _median(samples: Sequence[TimeSample]) -> float:
    return statistics.median(s.offset_s for s in samples)


def _no_time(endpoint: Endpoint, failures: Sequence[TimeFailure]) -> tuple[Finding, ...]:
    evidence: dict[str, Value] = {"host": endpoint.host, "addresses": tuple(f.server for f in failures)}
    if all(f.fault in _NOTHING_CAME for f in failures):
        return (Finding(BLOCKED.name, subject_of(endpoint.host, endpoint.port), evidence),)
    return (Finding(NONE_VALID.name, subject_of(endpoint.host, endpoint.port), evidence), *map(_faulty, failures))


def _faulty(failure: TimeFailure) -> Finding:
    wait = failure.fault is TimeFault.KISS and failure.detail == WAIT_KISS
    code = WAIT if wait else _FAULTS[failure.fault]
    return Finding(code.name, server(failure.server), {"server": failure.server, "detail": failure.detail})


def _off(sample: TimeSample, right: float) -> Finding:
    offset = Quantity(round(abs(sample.offset_s - right), 1), "s")
    return Finding(OFF.name, server(sample.server), {"server": sample.server, "offset": offset})


def _odd_port(endpoint: Endpoint, samples: Sequence[TimeSample]) -> tuple[Finding, ...]:
    if not all(s.source_port_123 for s in samples):
        return ()
    return (Finding(ONLY_PORT_123.name, subject_of(endpoint.host, endpoint.port), {"host": endpoint.host}),)
