"""What the resolvers of a network say about every name that a station needs, and what is wrong with it."""

from __future__ import annotations

import asyncio
import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ..domain.finding import Code, Finding, Quantity, Responsible, Scale, Severity, Value, server
from ..domain.names import Answer, NameStatus
from ..domain.profile import Profile, Protocol
from .context import Context
from .detours import astray

OWNER = Responsible.NETWORK_OWNER
RESOLVED = Code("names.resolved", 250, Severity.OK)
FAST = Code("names.fast", 251, Severity.OK)
SLOW = Code("names.slow", 252, Severity.WARNING, OWNER)
VERY_SLOW = Code("names.very-slow", 253, Severity.WARNING, OWNER)
DENIED = Code("names.denied", 254, Severity.FAILURE, OWNER)
WITHOUT_ADDRESS = Code("names.without-address", 255, Severity.FAILURE, OWNER)
MISLED = Code("names.misled", 256, Severity.FAILURE, OWNER)
SILENT = Code("names.silent", 258, Severity.WARNING, OWNER)
PORT_CLOSED = Code("names.port-closed", 259, Severity.WARNING, OWNER)
REFUSED = Code("names.refused", 260, Severity.WARNING, OWNER)
TRUNCATED = Code("names.truncated", 261, Severity.FAILURE, OWNER)
GARBLED = Code("names.garbled", 262, Severity.WARNING, OWNER)
OWN_TIME_SERVER = Code("names.own-time-server", 264, Severity.WARNING, OWNER)
ASTRAY = Code("names.astray", 265, Severity.FAILURE, OWNER)
PARTLY_ASTRAY = Code("names.partly-astray", 268, Severity.WARNING, OWNER)
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
CODES = (RESOLVED, OWN_TIME_SERVER, ASTRAY, PARTLY_ASTRAY, *dict.fromkeys(_FAULTS.values()))


async def look(ctx: Context, servers: Sequence[str]) -> tuple[Finding, ...]:
    """Ask every name at each of them, as a station would before it falls back to the public ones."""
    cells = (ctx.names.ask(server, host) for server in servers for host in ctx.profile.hosts)
    answers, lost = await asyncio.gather(asyncio.gather(*cells), astray(ctx, servers))
    wrong = [(_fault(a, ctx.profile), a) for a in answers if a.public != a.addresses or not a.usable]
    wrong += [(ASTRAY if a.wholly else PARTLY_ASTRAY, replace(a.answer, addresses=a.addresses)) for a in lost]
    return (*_faults(wrong), *_good(answers))


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
    """A private address is no cloud service, even beside a public one; but a time server of the site's own may be."""
    time_servers = {e.host for e in profile.endpoints_of(Protocol.NTP)}
    if answer.status is NameStatus.ANSWERED and answer.local and answer.name in time_servers:
        return OWN_TIME_SERVER
    return _FAULTS[answer.status]


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
