"""Do the resolvers that the network gives know every name that a station needs?"""

from __future__ import annotations

import asyncio
import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..domain.check import Area, CheckInfo
from ..domain.finding import Code, Finding, Quantity, Responsible, Scale, Severity, Value, server
from ..domain.names import Answer, NameStatus
from ..domain.outcome import Fact, Measured
from ..domain.profile import Profile, Protocol
from .context import Context, Exclusive
from .detours import astray

OWNER = Responsible.NETWORK_OWNER
RESOLVED = Code("names.resolved", 250, Severity.OK)
FAST = Code("names.fast", 251, Severity.OK)
SLOW = Code("names.slow", 252, Severity.WARNING, OWNER)
VERY_SLOW = Code("names.very-slow", 253, Severity.WARNING, OWNER)
DENIED = Code("names.denied", 254, Severity.FAILURE, OWNER)
WITHOUT_ADDRESS = Code("names.without-address", 255, Severity.FAILURE, OWNER)
MISLED = Code("names.misled", 256, Severity.FAILURE, OWNER)
UNRESOLVED = Code("names.unresolved", 257, Severity.FAILURE, OWNER)
SILENT = Code("names.silent", 258, Severity.WARNING, OWNER)
PORT_CLOSED = Code("names.port-closed", 259, Severity.WARNING, OWNER)
REFUSED = Code("names.refused", 260, Severity.WARNING, OWNER)
TRUNCATED = Code("names.truncated", 261, Severity.FAILURE, OWNER)
GARBLED = Code("names.garbled", 262, Severity.WARNING, OWNER)
NONE_GIVEN = Code("names.none-given", 263, Severity.WARNING, OWNER)
OWN_TIME_SERVER = Code("names.own-time-server", 264, Severity.WARNING, OWNER)
ASTRAY = Code("names.astray", 265, Severity.FAILURE, OWNER)
TIME = Scale("names.time", "median", "dns-time", FAST, VERY_SLOW, SLOW)

# An answer, even one that denies the name or is cut off, stops a station from asking further; silence and refusal
# make it ask the public ones
_FAULTS = {
    NameStatus.ANSWERED: MISLED,
    NameStatus.NXDOMAIN: DENIED,
    NameStatus.EMPTY: WITHOUT_ADDRESS,
    NameStatus.SERVFAIL: REFUSED,
    NameStatus.REFUSED: REFUSED,
    NameStatus.TIMEOUT: SILENT,
    NameStatus.UNREACHABLE: SILENT,
    NameStatus.PORT_CLOSED: PORT_CLOSED,
    NameStatus.TRUNCATED: TRUNCATED,
    NameStatus.MALFORMED: GARBLED,
}


@dataclass(frozen=True, slots=True)
class DnsLan:
    """Every name at every given resolver, as a station would ask before it falls back to the public ones."""

    info = CheckInfo(
        "dns-lan",
        Area.DNS,
        (RESOLVED, UNRESOLVED, NONE_GIVEN, OWN_TIME_SERVER, ASTRAY, *dict.fromkeys(_FAULTS.values())),
        (TIME,),
    )
    needs: tuple[type[Fact], ...] = ()
    gives: tuple[type[Fact], ...] = ()
    timeout_s: float = 13.0
    exclusive: Exclusive | None = None

    async def run(self, ctx: Context) -> Measured:
        given, hosts = ctx.names.given, ctx.profile.hosts
        answers, lost = await asyncio.gather(
            asyncio.gather(*(ctx.names.ask(server, host) for server in given for host in hosts)), astray(ctx)
        )
        wrong = [(_fault(a, ctx.profile), a) for a in answers if not a.usable] + [(ASTRAY, a) for a in lost]
        findings = [*_faults(wrong), *await _unresolved(ctx), *_good(answers)]
        if not given:
            findings.insert(0, Finding(NONE_GIVEN.name, evidence={"public": ctx.names.public}))
        return Measured(tuple(findings))


def _faults(wrong: Iterable[tuple[Code, Answer]]) -> Iterator[Finding]:
    """One finding for each resolver and kind of fault, with the names it concerns."""
    groups: dict[tuple[str, Code], list[Answer]] = defaultdict(list)
    for code, answer in wrong:
        groups[answer.server, code].append(answer)
    for (address, code), group in groups.items():
        evidence: dict[str, Value] = {
            "server": address,
            "names": tuple(a.name for a in group),
            "addresses": tuple(dict.fromkeys(address for a in group for address in a.addresses)),
            "ms": Quantity(round(max(a.ms for a in group)), "ms"),
            "status": group[0].status.value,
        }
        yield Finding(code.name, server(address), evidence)


def _fault(answer: Answer, profile: Profile) -> Code:
    """A private address cannot be a cloud service; but a time server of the site's own may stand there."""
    time_servers = {e.host for e in profile.endpoints_of(Protocol.NTP)}
    if answer.status is NameStatus.ANSWERED and answer.local and answer.name in time_servers:
        return OWN_TIME_SERVER
    return _FAULTS[answer.status]


async def _unresolved(ctx: Context) -> tuple[Finding, ...]:
    """Names that nobody knows, the public resolvers included."""
    answers = await asyncio.gather(*(ctx.names.first(host) for host in ctx.profile.hosts))
    lost = tuple(host for host, answer in zip(ctx.profile.hosts, answers, strict=True) if answer is None)
    servers = tuple(dict.fromkeys((*ctx.names.given, *ctx.names.public)))
    return (Finding(UNRESOLVED.name, evidence={"names": lost, "servers": servers}),) if lost else ()


def _good(answers: Sequence[Answer]) -> Iterator[Finding]:
    usable = [a for a in answers if a.usable]
    if not usable:
        return
    evidence = {
        "servers": tuple(dict.fromkeys(a.server for a in usable)),
        "answers": tuple(f"{a.name} = {' '.join((*a.aliases, *a.public))}" for a in usable),
    }
    yield Finding(RESOLVED.name, evidence={**evidence, "count": Quantity(len({a.name for a in usable}), "names")})
    yield Finding(TIME.name, evidence={"median": Quantity(round(statistics.median(a.ms for a in usable)), "ms")})
