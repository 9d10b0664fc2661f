"""A site with DHCP servers that behave as four known ones were measured to, behind the DHCP port."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, cast

from installer_gui import profiles
from installer_gui.checks.context import Check, Context
from installer_gui.checks.dhcp_conversation import DhcpConversation
from installer_gui.domain.check import Rules
from installer_gui.domain.finding import Finding
from installer_gui.domain.job import Connection
from installer_gui.domain.lease import DhcpKind, DhcpReply, DhcpWay, Lease
from installer_gui.domain.network import Interface, InterfaceKind
from installer_gui.domain.outcome import Measured, NotApplicable
from installer_gui.domain.verdict import weigh
from installer_gui.ports.platform import Network
from installer_gui.ports.unavailable import Reason, Unavailable

from .virtual_time import now, run

OWN_MAC, OWN = "3c:52:82:00:00:57", "192.168.50.57"
ROUTER, ROUTER_MAC = "192.168.50.1", "b8:27:eb:00:00:01"
SETTINGS = DhcpReply(
    DhcpKind.OFFER,
    client="",
    address="",
    server=ROUTER,
    ms=0.0,
    subnet_mask="255.255.255.0",
    routers=(ROUTER,),
    dns=(ROUTER,),
    lease_s=43_200,
    options=((51, "0000a8c0"),),
    sender=ROUTER_MAC,
)
LEASE = Lease(dhcp=True, server=ROUTER)


def addresses(first: int, last: int) -> list[str]:
    return [f"192.168.50.{n}" for n in range(first, last + 1)]


@dataclass
class Server:
    """Gives the address that was asked for when it is free, else the next one in turn; keeps no offers (Kea)."""

    pool: list[str] = field(default_factory=lambda: addresses(100, 199))
    leased: set[str] = field(default_factory=set)
    settings: DhcpReply = SETTINGS
    delay_s: float = 0.0005
    hears_relays: bool = True
    answers_inform: bool = True
    own_lease: str = OWN
    _turn: int = 0
    _busy_until: float = 0.0

    def offer(self, client: str, wanted: str) -> tuple[str, float] | None:
        """The address, and the seconds until the offer comes."""
        if client == OWN_MAC:
            return (self.own_lease, self.delay_s) if self.own_lease else None
        free = [address for address in self.pool if self.is_free(address, client)]
        if not free:
            return None
        chosen = wanted if wanted in free else self.choose(free, client)
        self.keep(chosen, client)
        return chosen, self.delay(wanted, chosen)

    def is_free(self, address: str, client: str) -> bool:
        return address not in self.leased

    def choose(self, free: list[str], client: str) -> str:
        self._turn += 1
        return free[self._turn % len(free)]

    def keep(self, address: str, client: str) -> None: ...

    def delay(self, wanted: str, chosen: str) -> float:
        return self.delay_s

    def busy_s(self) -> float:
        """How long it does nothing else, because it waits for an answer to its own question."""
        return max(0.0, self._busy_until - now())

    def waits(self, seconds: float) -> None:
        self._busy_until = max(now(), self._busy_until) + seconds


@dataclass
class Dnsmasq(Server):
    """Starts at a place in the pool that the client's MAC decides; pings the first six candidates, 3 s each."""

    pings: bool = False
    _pinged: set[str] = field(default_factory=set)

    def choose(self, free: list[str], client: str) -> str:
        number = 0
        for byte in bytes.fromhex(client.replace(":", "")):
            number = (byte + (number << 6) + (number << 16) - number) & 0xFFFFFFFF  # as dnsmasq and udhcpd do
        start = number % len(self.pool)
        return next(a for a in self.pool[start:] + self.pool[:start] if a in free)

    def delay(self, wanted: str, chosen: str) -> float:
        if self.pings and chosen not in self._pinged and len(self._pinged) < 6:
            self.waits(3.0)
            self._pinged.add(chosen)
        return self.busy_s() + self.delay_s


@dataclass
class Holding(Server):
    """Keeps an offer for its client for a while, and falls silent when all are kept (ISC dhcpd)."""

    hold_s: float = 120.0
    _held: dict[str, tuple[str, float]] = field(default_factory=dict)

    def is_free(self, address: str, client: str) -> bool:
        holder, until = self._held.get(address, ("", 0.0))
        return address not in self.leased and (holder in ("", client) or until < now())

    def choose(self, free: list[str], client: str) -> str:
        return next((a for a in free if self._held.get(a, ("",))[0] == client), free[0])

    def keep(self, address: str, client: str) -> None:
        self._held = {a: held for a, held in self._held.items() if held[0] != client}
        self._held[address] = (client, now() + self.hold_s)


@dataclass
class Udhcpd(Holding):
    """Asks by ARP for 2 s, one client after the other, unless the client named an address."""

    hold_s: float = 60.0
    _new: bool = True

    def keep(self, address: str, client: str) -> None:
        self._new = self._held.get(address, ("",))[0] != client
        super().keep(address, client)

    def delay(self, wanted: str, chosen: str) -> float:
        if wanted != chosen and self._new:
            self.waits(2.0)
        return self.busy_s() + self.delay_s


@dataclass(frozen=True)
class Sent:
    at: float
    kind: str
    client: str
    wanted: str = ""
    way: DhcpWay = DhcpWay.CLIENT


class Site:
    """Implements the DHCP and the link port, and the probe."""

    def __init__(
        self,
        *servers: Server,
        snooping: bool = False,
        alive: Iterable[tuple[str, str]] = ((ROUTER, ROUTER_MAC),),
        way: DhcpWay = DhcpWay.CLIENT,
        denied: bool = False,
        own: str = f"{OWN}/24",
        gateway: str = ROUTER,
        lost: Callable[[Sent], bool] = lambda sent: False,
        lease: Lease = LEASE,
        deaf_after: tuple[int, Exception] | None = None,
    ) -> None:
        self.servers = servers
        self.own_mac = OWN_MAC
        self.way = way
        self.sent: list[Sent] = []
        self.closed = False
        self.asked_by_arp: list[str] = []
        self.progress: list[tuple[int, int]] = []
        self._snooping, self._alive, self._denied, self._lost = snooping, dict(alive), denied, lost
        self._inbox: asyncio.Queue[DhcpReply] = asyncio.Queue()
        self._lease = lease
        self._deaf_after = deaf_after
        self._interface = Interface(
            "eth0", kind=InterfaceKind.ETHERNET, mac=OWN_MAC, addresses=(own,) if own else (), gateway=gateway
        )

    def context(self, stations: int) -> Context:
        nothing = cast(Any, None)
        return Context(
            platform=nothing,
            network=Network(link=cast(Any, self), dhcp=self, names=nothing, connect=nothing, timesync=nothing),
            interface=self._interface,
            lease=self._lease,
            profile=profiles.load("zaptec-pro"),
            stations=stations,
            connection=Connection.ETHERNET,
            names=nothing,
            dhcp=DhcpConversation(self),
            roots=lambda endpoint: "",
            fact=nothing,
            give=nothing,
            progress=lambda done, total: self.progress.append((done, total)),
        )

    async def open(self) -> Site:
        if self._denied:
            raise Unavailable(Reason.NEEDS_PRIVILEGE, "DHCP")
        return self

    async def discover(self, client: str, wanted: str = "", way: DhcpWay = DhcpWay.CLIENT) -> None:
        sent = Sent(now(), "discover", client, wanted, way)
        for server in self._hearing(sent):
            heard = way is DhcpWay.CLIENT or server.hears_relays
            if heard and (offer := server.offer(client, wanted)):
                address, delay_s = offer
                reply = replace(server.settings, client=client, address=address, ms=delay_s * 1000)
                asyncio.get_running_loop().call_later(delay_s, self._inbox.put_nowait, reply)

    async def inform(self, client: str) -> None:
        if not self._interface.address:
            return
        for server in self._hearing(Sent(now(), "inform", client)):
            if server.answers_inform:
                reply = replace(server.settings, kind=DhcpKind.ACK, client=client, address="0.0.0.0", lease_s=None)
                asyncio.get_running_loop().call_later(server.busy_s(), self._inbox.put_nowait, reply)

    async def reply(self, timeout_s: float) -> DhcpReply | None:
        if self._deaf_after and len(self.sent) >= self._deaf_after[0]:
            raise self._deaf_after[1]
        try:
            async with asyncio.timeout(timeout_s):
                return await self._inbox.get()
        except TimeoutError:
            return None

    def close(self) -> None:
        self.closed = True

    async def resolve(self, address: str, timeout_s: float) -> str | None:
        self.asked_by_arp.append(address)
        if address not in self._alive:
            await asyncio.sleep(timeout_s)
        return self._alive.get(address)

    def _hearing(self, sent: Sent) -> tuple[Server, ...]:
        self.sent.append(sent)
        dropped = (self._snooping and sent.client != OWN_MAC) or self._lost(sent)
        return () if dropped else self.servers

    def discovers(self) -> list[Sent]:
        return [sent for sent in self.sent if sent.kind == "discover"]


def look(site: Site, check: Check, stations: int = 5) -> dict[str, Finding]:
    """Run one check to its end; what it found, by the code that the profile's limits make of it."""
    outcome = run(_look(site, check, stations))
    assert isinstance(outcome, Measured), outcome
    rules, profile = Rules((check.info,)), profiles.load("zaptec-pro")
    return {weigh(finding, rules, profile).code.name: finding for finding in outcome.findings}


async def _look(site: Site, check: Check, stations: int) -> Measured | NotApplicable:
    ctx = site.context(stations)
    try:
        return await check.run(ctx)
    finally:
        ctx.dhcp.close()
