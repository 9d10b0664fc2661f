"""Does the router answer?"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from ..domain.check import Area, CheckInfo
from ..domain.finding import Code, Finding, Quantity, Responsible, Severity
from ..domain.network import Interface
from ..domain.outcome import Fact, Measured
from ..ports.unavailable import Unavailable
from .context import Context, Exclusive

OWNER = Responsible.NETWORK_OWNER
ANSWERS = Code("link.gateway-answers", 120, Severity.OK)
IGNORES_PING = Code("link.gateway-ignores-ping", 121, Severity.INFO)
SILENT = Code("link.gateway-silent", 122, Severity.FAILURE, OWNER)
NO_ROUTE = Code("link.no-default-route", 123, Severity.FAILURE, OWNER)
IPV6_ONLY = Code("link.ipv6-only", 124, Severity.FAILURE, OWNER)
NO_ADDRESS = Code("link.no-address", 125, Severity.FAILURE, OWNER)
TWICE = Code("link.gateway-twice", 129, Severity.FAILURE, OWNER)

ARP_S, OWNERS_S = 3.0, 1.5
PINGS, PING_S = 3, 1.0
_SELF_ASSIGNED = "169.254."  # RFC 3927: nobody gave it an address


@dataclass(frozen=True, slots=True)
class LinkGateway:
    """ARP decides, because every IPv4 router must answer it; many are set not to answer ping."""

    info = CheckInfo("link-gateway", Area.LINK, (ANSWERS, IGNORES_PING, SILENT, NO_ROUTE, IPV6_ONLY, NO_ADDRESS, TWICE))
    needs: tuple[type[Fact], ...] = ()
    gives: tuple[type[Fact], ...] = ()
    timeout_s: float = 8.0
    exclusive: Exclusive | None = None

    async def run(self, ctx: Context) -> Measured:
        evidence = {"interface": ctx.interface.name}
        if code := _unaddressed(ctx.interface):
            return Measured((Finding(code.name, evidence=evidence),))
        gateway = ctx.interface.gateway
        if not gateway:
            return Measured((Finding(NO_ROUTE.name, evidence=evidence),))
        mac = await ctx.network.link.resolve(gateway, ARP_S)
        if mac is None:
            return Measured((Finding(SILENT.name, evidence={**evidence, "gateway": gateway}),))
        twice, ping = await asyncio.gather(_twice(ctx), _ping(ctx))
        answers = Finding(ANSWERS.name, evidence={**evidence, "gateway": gateway, "mac": mac})
        return Measured((*(twice or (answers,)), *ping))


def _unaddressed(interface: Interface) -> Code | None:
    """A station speaks IPv4 only."""
    if any(not address.startswith(_SELF_ASSIGNED) for address in interface.addresses):
        return None
    reachable6 = any(not address.lower().startswith("fe80:") for address in interface.addresses6)
    return IPV6_ONLY if reachable6 else NO_ADDRESS


async def _twice(ctx: Context) -> tuple[Finding, ...]:
    """A second device with the router's address: which of the two a station finds is chance."""
    gateway = ctx.interface.gateway
    try:
        macs = await ctx.network.link.owners(gateway, OWNERS_S)
    except Unavailable:  # then link-address, which has to ask in this way, says so
        return ()
    return (Finding(TWICE.name, evidence={"gateway": gateway, "macs": macs}),) if len(macs) > 1 else ()


async def _ping(ctx: Context) -> tuple[Finding, ...]:
    gateway = ctx.interface.gateway
    try:
        if await ctx.network.link.ping(gateway, PINGS, PING_S):
            return ()
    except Unavailable:
        return ()
    return (Finding(IGNORES_PING.name, evidence={"gateway": gateway, "pings": Quantity(PINGS, "pings")}),)
