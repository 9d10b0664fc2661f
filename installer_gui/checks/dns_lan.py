"""Do the resolvers that the network gives know every name that a station needs?"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from ..domain.check import Area, CheckInfo
from ..domain.finding import Code, Finding, Responsible, Severity
from ..domain.outcome import Fact, Measured
from . import resolvers
from .context import Context, Exclusive

OWNER = Responsible.NETWORK_OWNER
UNRESOLVED = Code("names.unresolved", 257, Severity.FAILURE, OWNER)
NONE_GIVEN = Code("names.none-given", 263, Severity.WARNING, OWNER)


@dataclass(frozen=True, slots=True)
class DnsLan:
    """Asks those that this computer was given."""

    info = CheckInfo("dns-lan", Area.DNS, (*resolvers.CODES, UNRESOLVED, NONE_GIVEN), (resolvers.TIME,))
    needs: tuple[type[Fact], ...] = ()
    gives: tuple[type[Fact], ...] = ()
    timeout_s: float = 13.0
    exclusive: Exclusive | None = None

    async def run(self, ctx: Context) -> Measured:
        findings, unresolved = await asyncio.gather(resolvers.look(ctx, ctx.names.given), _unresolved(ctx))
        none = () if ctx.names.given else (Finding(NONE_GIVEN.name, evidence={"public": ctx.names.public}),)
        return Measured((*none, *unresolved, *findings))


async def _unresolved(ctx: Context) -> tuple[Finding, ...]:
    """Names that nobody knows, the public resolvers included."""
    answers = await asyncio.gather(*(ctx.names.first(host) for host in ctx.profile.hosts))
    lost = tuple(host for host, answer in zip(ctx.profile.hosts, answers, strict=True) if answer is None)
    servers = tuple(dict.fromkeys((*ctx.names.given, *ctx.names.public)))
    return (Finding(UNRESOLVED.name, evidence={"names": lost, "servers": servers}),) if lost else ()
