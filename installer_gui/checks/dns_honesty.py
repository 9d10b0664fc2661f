"""Is an unknown name answered truthfully?"""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass

from ..domain.check import Area, CheckInfo
from ..domain.finding import Code, Finding, Responsible, Severity, Value, server
from ..domain.names import Answer, NameStatus
from ..domain.outcome import Fact, Measured, NotApplicable
from .context import Context, Exclusive

HONEST = Code("names.honest", 280, Severity.OK)
INVENTED = Code("names.invented-answered", 281, Severity.WARNING, Responsible.NETWORK_OWNER)

_HONEST = frozenset({NameStatus.NXDOMAIN, NameStatus.EMPTY})


@dataclass(frozen=True, slots=True)
class DnsHonesty:
    """Asks for a name that nobody has registered. Under .com, because reserved endings are answered by routers."""

    info = CheckInfo("dns-honesty", Area.DNS, (HONEST, INVENTED))
    needs: tuple[type[Fact], ...] = ()
    gives: tuple[type[Fact], ...] = ()
    timeout_s: float = 13.0
    exclusive: Exclusive | None = None

    async def run(self, ctx: Context) -> Measured | NotApplicable:
        name = f"driftklar-{secrets.token_hex(8)}.com"
        servers = tuple(dict.fromkeys((*ctx.names.given, *ctx.names.public)))
        answers = await asyncio.gather(*(ctx.names.ask(address, name) for address in servers))
        lies = tuple(_lie(a) for a in answers if a.status is NameStatus.ANSWERED)
        honest = tuple(a.server for a in answers if a.status in _HONEST)
        if lies:
            return Measured(lies)
        if honest:
            return Measured((Finding(HONEST.name, evidence={"servers": honest}),))
        return NotApplicable("dns-lan")


def _lie(answer: Answer) -> Finding:
    evidence: dict[str, Value] = {"server": answer.server, "name": answer.name, "addresses": answer.addresses}
    return Finding(INVENTED.name, server(answer.server), evidence)
