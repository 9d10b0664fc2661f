"""Is there an address for every station?"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Interface, IPv4Network

from ..domain.check import Area, CheckInfo
from ..domain.finding import Code, Finding, Quantity, Responsible, Scale, Severity, Value
from ..domain.lease import DhcpReply
from ..domain.outcome import Fact, Measured, NotApplicable, NotMeasured
from ..ports.unavailable import Reason, Unavailable
from .context import Context, Exclusive
from .dhcp_conversation import Start
from .dhcp_walk import AddressWalk
from .subnet import is_host, is_local, reaches_router, subnet_of

_OWNER = Responsible.NETWORK_OWNER
TOO_FEW = Code("dhcp.too-few-addresses", 214, Severity.FAILURE, _OWNER)
FEW_SPARE = Code("dhcp.few-spare-addresses", 215, Severity.WARNING, _OWNER)
ENOUGH = Code("dhcp.enough-addresses", 216, Severity.OK)
NOT_COUNTABLE = Code("dhcp.not-countable", 217, Severity.WARNING, _OWNER)
TAKEN = Code("dhcp.taken-addresses", 218, Severity.WARNING, _OWNER)
UNFINISHED = Code("dhcp.count-unfinished", 219, Severity.INFO, _OWNER)
ESTIMATE = Code("dhcp.estimate", 220, Severity.INFO, Responsible.INSTALLER)

SPARE = Scale("dhcp.spare", "spare", "dhcp-spare", passes=ENOUGH, warns=FEW_SPARE, fails=TOO_FEW)
VAIN_QUESTIONS = 32  # so many in turn without a new address end a count that the server would let go on for ever
HELD_S = 120  # the longest that a known server keeps an offer nobody takes (ISC dhcpd)
ARP_S = 1.0
USUAL_PREFIX = 24  # where the server gives no sound mask


class Stop(StrEnum):
    """Why the count ended. After ENOUGH and UNFINISHED there may be more addresses, after the others there are not."""

    ENOUGH = "enough"
    SILENT = "server-silent"
    ALL_NAMED = "all-named"
    UNFINISHED = "no-more-found"


@dataclass(frozen=True, slots=True)
class DhcpCapacity:
    """Counts the different addresses that the server offers to clients that do not exist, and takes none."""

    info = CheckInfo("dhcp-capacity", Area.DHCP, codes=(NOT_COUNTABLE, TAKEN, UNFINISHED, ESTIMATE), scales=(SPARE,))
    needs: tuple[type[Fact], ...] = ()
    gives: tuple[type[Fact], ...] = ()
    timeout_s: float = 240.0
    exclusive: Exclusive | None = None

    async def run(self, ctx: Context) -> Measured | NotApplicable | NotMeasured:
        try:
            start = await ctx.dhcp.start()
        except Unavailable as unavailable:
            if unavailable.reason is not Reason.NEEDS_PRIVILEGE:
                raise
            return NotMeasured(unavailable.reason.value, unavailable.detail, tuple(_estimate(ctx)))
        match start:
            case Start.SILENT:
                return NotApplicable("dhcp-server")
            case Start.UNCLEAR:
                raise Unavailable(Reason.UNCLEAR, "no offer for other clients, and no answer to INFORM")
            case Start.FILTERED:
                return Measured((Finding(NOT_COUNTABLE.name, evidence={"stations": _stations(ctx)}),))
            case Start.EXHAUSTED:
                return Measured(tuple(_findings(ctx, _Count(ctx), Stop.SILENT)))
            case Start.OFFERED:
                count = _Count(ctx)
                return Measured(tuple(_findings(ctx, count, await count.run())))


class _Count:
    """A count under way. An address that somebody uses already is none for a station, so it does not count."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._seen: set[str] = set()
        self._users: dict[str, asyncio.Task[str | None]] = {}
        self.needed = ctx.stations + int(ctx.profile.values["dhcp_spare_addresses"])

    @property
    def taken(self) -> dict[str, str]:
        """Offered address -> the MAC that answers for it."""
        known = {address: task.result() for address, task in self._users.items() if task.done()}
        return {address: mac for address, mac in known.items() if mac}

    @property
    def free(self) -> tuple[str, ...]:
        taken = self.taken
        return tuple(address for address in self._users if address not in taken)

    async def run(self) -> Stop:
        """Count to the end."""
        try:
            stop = await self._walk()
            await asyncio.gather(*self._users.values())
        finally:
            for task in self._users.values():
                task.cancel()
        return stop

    async def _walk(self) -> Stop:
        dhcp, walk, vain = self._ctx.dhcp, AddressWalk(self._subnet(), self._in_use()), 0
        self._note(walk)
        while not await self._is_enough():
            if vain == VAIN_QUESTIONS:
                return Stop.UNFINISHED
            if not (wanted := walk.step()):
                return Stop.ALL_NAMED
            if await dhcp.ask(wanted) is None:
                return Stop.SILENT
            vain = 0 if self._note(walk) else vain + 1
        return Stop.ENOUGH

    def _note(self, walk: AddressWalk) -> bool:
        """Take in what was offered since, and ask who uses it; whether there was anything new.

        The computer's own address may be offered when it was set by hand: it is neither free nor wrongly taken.
        """
        new = {address: offer for address, offer in self._ctx.dhcp.offers.items() if address not in self._seen}
        for address, offer in new.items():
            self._seen.add(address)
            walk.offered(address)
            if self._is_usable(offer) and address != self._ctx.interface.address:
                self._users[address] = asyncio.create_task(self._user(address))
        self._ctx.progress(min(len(self.free), self.needed), self.needed)
        return bool(new)

    def _is_usable(self, offer: DhcpReply) -> bool:
        """Whether a station could live with it. Where no offer reaches the router, that is another check's fault."""
        first = next(iter(self._ctx.dhcp.offers.values()))
        return is_host(offer) and (reaches_router(offer) or not reaches_router(first))

    async def _is_enough(self) -> bool:
        if len(self.free) >= self.needed:
            await asyncio.gather(*self._users.values())
        return len(self.free) >= self.needed

    async def _user(self, address: str) -> str | None:
        """Who has the address. A router that keeps devices apart answers ARP for all of them, and has none."""
        if not is_local(address, self._ctx.interface):
            return None
        link, gateway = self._ctx.network.link, self._ctx.interface.gateway
        try:
            mac = await link.resolve(address, ARP_S)
            is_proxy = bool(mac and gateway) and address != gateway and mac == await link.resolve(gateway, ARP_S)
            return None if is_proxy else mac
        except Unavailable:
            return None

    def _subnet(self) -> IPv4Network:
        first = next(iter(self._ctx.dhcp.offers.values()))
        return subnet_of(first) or IPv4Network((first.address, USUAL_PREFIX), strict=False)

    def _in_use(self) -> set[str]:
        replies = self._ctx.dhcp.offers.values()
        given = {address for reply in replies for address in (reply.server, *reply.routers, *reply.dns)}
        return given | {self._ctx.interface.address} - {""}


def _findings(ctx: Context, count: _Count, stop: Stop) -> Iterator[Finding]:
    free = len(count.free)
    evidence: dict[str, Value] = {
        "free": Quantity(free, "addresses"),
        "stations": _stations(ctx),
        "needed": Quantity(count.needed, "addresses"),
        "spare": Quantity(free - ctx.stations, "addresses"),
        "asked": Quantity(ctx.dhcp.asked, "questions"),
        "stop": stop.value,
        "held": Quantity(HELD_S, "s"),
        "servers": tuple(dict.fromkeys(reply.server for reply in ctx.dhcp.replies)),
        "addresses": count.free,
    }
    yield Finding(SPARE.name, evidence=evidence)
    if stop is Stop.UNFINISHED:
        yield Finding(UNFINISHED.name, evidence=evidence)
    if taken := count.taken:
        yield Finding(TAKEN.name, evidence={"addresses": tuple(f"{a} ({mac})" for a, mac in taken.items())})


def _estimate(ctx: Context) -> Iterator[Finding]:
    """What the computer's own lease tells: no more addresses than the subnet has. The pool's borders are unknown."""
    if not ctx.interface.addresses or not ctx.lease.dhcp:
        return
    subnet = IPv4Interface(ctx.interface.addresses[0]).network
    used = {a for a in (ctx.interface.gateway, ctx.lease.server, *ctx.lease.routers, *ctx.lease.dns) if a}
    most = subnet.num_addresses - 2 - sum(IPv4Address(address) in subnet for address in used)
    evidence: dict[str, Value] = {
        "most": Quantity(max(0, most), "addresses"),
        "subnet": str(subnet),
        "server": ctx.lease.server,
        "stations": _stations(ctx),
    }
    yield Finding(ESTIMATE.name, evidence=evidence)


def _stations(ctx: Context) -> Quantity:
    return Quantity(ctx.stations, "stations")
