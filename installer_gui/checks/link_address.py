"""Is this address ours alone?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..domain.check import Area, CheckInfo
from ..domain.finding import Code, Finding, Responsible, Severity
from ..domain.outcome import Fact, Measured, NotApplicable
from .context import Context, Exclusive

OURS = Code("link.address-ours", 126, Severity.OK)
TAKEN = Code("link.address-taken", 127, Severity.FAILURE, Responsible.NETWORK_OWNER)
ROUTER_ANSWERS = Code("link.router-answers-for-all", 128, Severity.INFO, Responsible.NETWORK_OWNER)

ARP_S = 3.0


@dataclass(frozen=True, slots=True)
class LinkAddress:
    """Asks by ARP who else has our address, as a station does before it uses one (RFC 5227)."""

    info = CheckInfo("link-address", Area.LINK, (OURS, TAKEN, ROUTER_ANSWERS))
    needs: tuple[type[Fact], ...] = ()
    gives: tuple[type[Fact], ...] = ()
    timeout_s: float = 8.0
    exclusive: Exclusive | None = None

    async def run(self, ctx: Context) -> Measured | NotApplicable:
        address = ctx.interface.address
        if not address:
            return NotApplicable("link-gateway")
        owners = await ctx.network.link.owners(address, ARP_S)
        code, mac = await _judge(ctx, owners)
        return Measured((Finding(code.name, evidence={"address": address, "mac": mac}),))


async def _judge(ctx: Context, owners: Sequence[str]) -> tuple[Code, str]:
    """What it means, and whose MAC tells it."""
    if not owners:
        return OURS, ctx.interface.mac
    # a router that keeps stations apart answers ARP for everybody (local proxy ARP), also for ourselves
    gateway = ctx.interface.gateway
    router = await ctx.network.link.resolve(gateway, ARP_S) if gateway else None
    others = [mac for mac in owners if mac != router]
    return (TAKEN, others[0]) if others else (ROUTER_ANSWERS, owners[0])
