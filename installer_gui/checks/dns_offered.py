"""Do stations get the resolvers that were tried?"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Interface

from ..domain.check import Area, CheckInfo
from ..domain.finding import Code, Finding, Severity
from ..domain.lease import DhcpReply
from ..domain.outcome import Fact, Measured, NotApplicable
from . import resolvers
from .context import Context, Exclusive
from .dhcp_conversation import settings_agree
from .subnet import subnet_of

SAME = Code("names.offered-same", 266, Severity.OK)
OTHERS = Code("names.offered-others", 267, Severity.INFO)


@dataclass(frozen=True, slots=True)
class DnsOffered:
    """Tries those that DHCP offers and this computer does not use, because its own were set by hand or long ago."""

    info = CheckInfo("dns-offered", Area.DNS, (SAME, OTHERS, *resolvers.CODES), (resolvers.TIME,))
    needs: tuple[type[Fact], ...] = ()
    gives: tuple[type[Fact], ...] = ()
    timeout_s: float = 20.0
    exclusive: Exclusive | None = None

    async def run(self, ctx: Context) -> Measured | NotApplicable:
        await ctx.dhcp.start()
        servers = await ctx.dhcp.servers()
        offered = tuple(dict.fromkeys(address for reply in servers if _is_ours(ctx, reply) for address in reply.dns))
        if not offered or not settings_agree(servers):
            return NotApplicable("dhcp-server")
        others = tuple(address for address in offered if address not in ctx.names.given)
        if not others:
            return Measured((Finding(SAME.name, evidence={"servers": offered}),))
        evidence = {"servers": others, "given": ctx.names.given}
        return Measured((Finding(OTHERS.name, evidence=evidence), *await resolvers.look(ctx, others)))


def _is_ours(ctx: Context, reply: DhcpReply) -> bool:
    """Whether stations come into the subnet that this computer is in; from another one they ask in another way."""
    subnet = subnet_of(reply)
    return subnet is None or any(IPv4Interface(own).ip in subnet for own in ctx.interface.addresses)
