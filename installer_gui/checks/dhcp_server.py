"""Does exactly one DHCP server answer, in time, with what a station needs?"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..domain.check import Area, CheckInfo
from ..domain.finding import Code, Finding, Quantity, Responsible, Scale, Severity, Value, server
from ..domain.lease import FOREVER, DhcpKind, DhcpReply
from ..domain.outcome import Fact, Measured
from ..ports.unavailable import Unavailable
from ..protocols.dhcp_options import Options, Route
from .context import Context, Exclusive
from .dhcp_conversation import Start, settings_agree
from .subnet import is_local, reaches_router, subnet_of

_OWNER = Responsible.NETWORK_OWNER
NO_SERVER = Code("dhcp.no-server", 200, Severity.FAILURE, _OWNER)
PROMPT = Code("dhcp.prompt-offer", 201, Severity.OK)
SLOW = Code("dhcp.slow-offer", 202, Severity.WARNING, _OWNER)
RIVALS = Code("dhcp.rival-servers", 203, Severity.FAILURE, _OWNER)
SECOND = Code("dhcp.second-server", 204, Severity.WARNING, _OWNER)
NO_ROUTER = Code("dhcp.no-router", 205, Severity.FAILURE, _OWNER)
ROUTER_SILENT = Code("dhcp.router-silent", 206, Severity.FAILURE, _OWNER)
ROUTER_OUTSIDE = Code("dhcp.router-outside", 207, Severity.FAILURE, _OWNER)
NO_DNS = Code("dhcp.no-dns", 208, Severity.WARNING, _OWNER)
LONG_LEASE = Code("dhcp.long-lease", 209, Severity.OK)
SHORT_LEASE = Code("dhcp.short-lease", 210, Severity.WARNING, _OWNER)
ENDLESS_LEASE = Code("dhcp.endless-lease", 211, Severity.OK)
NO_OFFER = Code("dhcp.answers-without-offer", 212, Severity.OK)
OWN_LEASE = Code("dhcp.own-lease", 213, Severity.INFO)
NO_MASK = Code("dhcp.no-mask", 222, Severity.WARNING, _OWNER)
NO_LEASE_TIME = Code("dhcp.no-lease-time", 223, Severity.WARNING, _OWNER)
OTHER_ROUTES = Code("dhcp.other-routes", 224, Severity.WARNING, _OWNER)
OTHER_ROUTER = Code("dhcp.other-router", 221, Severity.FAILURE, Responsible.INSTALLER)

FIRST_OFFER = Scale("dhcp.first-offer", "first", "dhcp-first-offer", passes=PROMPT, fails=SLOW)
LEASE = Scale("dhcp.lease", "lease", "dhcp-lease", passes=LONG_LEASE, fails=SHORT_LEASE)
TRIES = 3
ARP_S = 2.0


@dataclass(frozen=True, slots=True)
class DhcpServer:
    """Listens to everybody who answers a client's first question; takes no lease."""

    info = CheckInfo(
        "dhcp-server",
        Area.DHCP,
        codes=(
            *(NO_SERVER, RIVALS, SECOND, NO_ROUTER, ROUTER_SILENT, ROUTER_OUTSIDE, OTHER_ROUTER),
            *(NO_MASK, NO_DNS, NO_LEASE_TIME, OTHER_ROUTES, ENDLESS_LEASE, NO_OFFER, OWN_LEASE),
        ),
        scales=(FIRST_OFFER, LEASE),
    )
    needs: tuple[type[Fact], ...] = ()
    gives: tuple[type[Fact], ...] = ()
    timeout_s: float = 20.0
    exclusive: Exclusive | None = None

    async def run(self, ctx: Context) -> Measured:
        if await ctx.dhcp.start() is Start.SILENT:
            return Measured((Finding(NO_SERVER.name, evidence={"tries": Quantity(TRIES, "tries")}),))
        servers = await ctx.dhcp.servers()
        macs = await _macs(ctx, servers)
        silent = frozenset(router for router, mac in macs.items() if mac is None)
        untried = _untried(ctx, servers, macs)
        findings = (finding for reply in servers for finding in _settings(reply, silent, untried))
        return Measured((_answer(ctx, servers), *_rivals(ctx, servers), *findings))


def _answer(ctx: Context, servers: Sequence[DhcpReply]) -> Finding:
    first, ms = servers[0], ctx.dhcp.first_offer_ms
    evidence: dict[str, Value] = {
        "server": first.server,
        "mac": first.sender,
        "routers": first.routers,
        "dns": first.dns,
        "mask": first.subnet_mask,
        "options": tuple(f"{code}={value}" for code, value in first.options),
    }
    if ms is None:
        return Finding(NO_OFFER.name, server(first.server), evidence)
    evidence |= {"first": Quantity(math.ceil(ms), "ms"), "offered": first.address}
    return Finding(FIRST_OFFER.name, server(first.server), evidence)


def _rivals(ctx: Context, servers: Sequence[DhcpReply]) -> Iterator[Finding]:
    if len(servers) < 2:
        return
    evidence: dict[str, Value] = {
        "servers": tuple(f"{reply.server} ({reply.sender})" for reply in servers),
        "settings": tuple(_shown(reply) for reply in servers),
    }
    agree = settings_agree(servers)
    yield Finding((SECOND if agree else RIVALS).name, evidence=evidence)
    if not agree and ctx.lease.dhcp and ctx.lease.server in {reply.server for reply in servers}:
        yield Finding(OWN_LEASE.name, server(ctx.lease.server), {"server": ctx.lease.server})


def _shown(reply: DhcpReply) -> str:
    return f"{reply.server}: {reply.address} {reply.subnet_mask}, {' '.join(reply.routers)}, {' '.join(reply.dns)}"


def _settings(reply: DhcpReply, silent: frozenset[str], untried: Mapping[str, str]) -> Iterator[Finding]:
    subject, subnet = server(reply.server), subnet_of(reply)
    evidence: dict[str, Value] = {"server": reply.server, "routers": reply.routers, "mask": reply.subnet_mask}
    if not reply.routers:
        yield Finding(NO_ROUTER.name, subject, evidence)
    elif not reaches_router(reply):
        yield Finding(ROUTER_OUTSIDE.name, subject, evidence | {"offered": reply.address})
    elif silent.issuperset(reply.routers):
        yield Finding(ROUTER_SILENT.name, subject, evidence)
    elif reply.routers[0] in untried:
        yield Finding(OTHER_ROUTER.name, subject, evidence | {"gateway": untried[reply.routers[0]]})
    if (routes := _routes(reply)) and not _ways_out(routes) & {*reply.routers}:
        shown = tuple(f"{route.destination} {route.router}" for route in routes)
        yield Finding(OTHER_ROUTES.name, subject, evidence | {"routes": shown})
    if subnet is None and reply.kind is DhcpKind.OFFER:
        yield Finding(NO_MASK.name, subject, evidence)
    if not reply.dns:
        yield Finding(NO_DNS.name, subject, evidence)
    if reply.kind is DhcpKind.OFFER:
        yield _lease(reply.lease_s, reply.server)


def _routes(reply: DhcpReply) -> tuple[Route, ...]:
    """Who reads these leaves the router option aside (RFC 3442)."""
    return Options({code: bytes.fromhex(value) for code, value in reply.options}).routes


def _ways_out(routes: Sequence[Route]) -> set[str]:
    """The routers that lead everywhere, or to one half of it."""
    return {route.router for route in routes if route.destination.endswith(("/0", "/1"))}


def _lease(lease_s: int | None, address: str) -> Finding:
    if lease_s is None:
        return Finding(NO_LEASE_TIME.name, server(address), {"server": address})
    if lease_s == FOREVER:
        return Finding(ENDLESS_LEASE.name, server(address), {"server": address})
    evidence: dict[str, Value] = {"server": address, "lease": Quantity(round(lease_s / 60, 2), "min")}
    return Finding(LEASE.name, server(address), evidence)


async def _macs(ctx: Context, servers: Sequence[DhcpReply]) -> Mapping[str, str | None]:
    """Who answers ARP for the routers on our link, None for silence; those elsewhere cannot be asked."""
    routers = {ctx.interface.gateway, *(router for reply in servers for router in reply.routers)}
    asked = sorted(r for r in routers - {ctx.interface.address, ""} if is_local(r, ctx.interface))
    try:
        macs = await asyncio.gather(*(ctx.network.link.resolve(router, ARP_S) for router in asked))
    except Unavailable:
        return {}
    return dict(zip(asked, macs, strict=True))


def _untried(ctx: Context, servers: Sequence[DhcpReply], macs: Mapping[str, str | None]) -> Mapping[str, str]:
    """Routers that stations get -> the other device through which everything was measured here.

    Where servers disagree that is the fault, and nobody knows which of their routers is meant; through a gateway that
    does not answer nothing was measured.
    """
    gateway = ctx.interface.gateway
    mac = macs.get(gateway, "")
    if not gateway or mac is None or not settings_agree(servers):
        return {}
    routers = {reply.routers[0] for reply in servers if reply.routers} - {gateway}
    return {router: gateway for router in routers if not mac or macs.get(router) != mac}
