"""Are the public resolvers, a station's fallback, within reach, and are they who they seem to be?"""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from ..domain.check import Area, CheckInfo
from ..domain.finding import Code, Finding, Quantity, Responsible, Severity, server
from ..domain.names import Answer, NameStatus
from ..domain.outcome import Fact, Measured
from .context import Context, Exclusive

OWNER = Responsible.NETWORK_OWNER
REACHED = Code("names.public-reached", 270, Severity.OK)
BLOCKED = Code("names.public-blocked", 271, Severity.WARNING, OWNER)
WRONG = Code("names.public-wrong", 272, Severity.WARNING, OWNER)
INTERCEPTED = Code("names.public-intercepted", 273, Severity.WARNING, OWNER)

VERSION, VERSION_PATIENCE_S = "version.bind", (1.5,)
# What routers and servers on a site run, and no public resolver answers by that name
_FORWARDERS = ("dnsmasq", "unbound", "powerdns", "knot", "bind", "coredns", "adguard", "mikrotik", "technitium")
_SILENCE = frozenset({NameStatus.TIMEOUT, NameStatus.UNREACHABLE, NameStatus.PORT_CLOSED})


@dataclass(frozen=True, slots=True)
class DnsPublic:
    """Asks for every name, and which program answers: a router's own gives away that it answers in their place."""

    info = CheckInfo("dns-public", Area.DNS, (REACHED, BLOCKED, WRONG, INTERCEPTED))
    needs: tuple[type[Fact], ...] = ()
    gives: tuple[type[Fact], ...] = ()
    timeout_s: float = 13.0
    exclusive: Exclusive | None = None

    async def run(self, ctx: Context) -> Measured:
        public = ctx.names.public
        given = [address for address in ctx.names.given if address not in public]
        versions, answers = await asyncio.gather(
            asyncio.gather(*(_version(ctx, address) for address in (*given, *public))),
            asyncio.gather(*(_answers(ctx, address) for address in public)),
        )
        local = set(versions[: len(given)]) - {""}
        by_server = zip(public, versions[len(given) :], answers, strict=True)
        return Measured(tuple(finding for row in by_server for finding in _judge(*row, local)))


async def _answers(ctx: Context, address: str) -> Sequence[Answer]:
    return await asyncio.gather(*(ctx.names.ask(address, host) for host in ctx.profile.hosts))


async def _version(ctx: Context, address: str) -> str:
    """The name of the program, "" when it is not told; to be refused is the ordinary case."""
    answer = await ctx.network.names.ask(address, VERSION, "TXT-CH", timeouts_s=VERSION_PATIENCE_S)
    return " ".join(answer.texts)


def _judge(address: str, version: str, answers: Sequence[Answer], local: Collection[str]) -> Iterator[Finding]:
    heard = [a for a in answers if a.status not in _SILENCE]
    evidence = {"server": address, "status": answers[0].status.value if answers else ""}
    if not heard:
        yield Finding(BLOCKED.name, server(address), evidence)
        return
    if version in local or any(name in version.lower() for name in _FORWARDERS):
        yield Finding(INTERCEPTED.name, server(address), {"server": address, "version": version})
    if wrong := tuple(a.name for a in heard if not a.usable):
        yield Finding(WRONG.name, server(address), {"server": address, "names": wrong})
    else:
        ms = Quantity(round(statistics.median(a.ms for a in heard)), "ms")
        yield Finding(REACHED.name, server(address), {"server": address, "ms": ms})
