"""The local network that every played site has: its addresses, the computer on it, and who answers ARP."""

from __future__ import annotations

import asyncio
import platform
from collections.abc import Collection
from dataclasses import replace
from ipaddress import IPv4Address, IPv4Network

from ...domain.lease import Lease
from ...domain.network import Computer, Interface, InterfaceKind

SUBNET = IPv4Network("192.168.1.0/24")
ROUTER, ROUTER_MAC = "192.168.1.1", "00:00:5e:00:53:01"  # RFC 7042: addresses for documentation
FIRST_POOL_ADDRESS = IPv4Address("192.168.1.100")
LEASE_S = 86_400
NEAR_S, FAR_S = 0.002, 0.012  # round trips to the router and to the cloud
DEMO0 = Interface(
    name="demo0",
    index=1,
    kind=InterfaceKind.WIFI,
    mac="00:00:5e:00:53:57",
    addresses=("192.168.1.57/24",),
    gateway=ROUTER,
    metric=600,
    mtu=1500,
)


class PlayedSystem:
    """Implements `ports.system.System`: a computer with one adapter, or a cable, and nothing in its way."""

    def __init__(self, kind: InterfaceKind = InterfaceKind.WIFI) -> None:
        self._interface = replace(DEMO0, kind=kind)

    def interfaces(self) -> tuple[Interface, ...]:
        return (self._interface,)

    def lease(self, interface: Interface) -> Lease:  # noqa: ARG002 - there is only one
        return Lease(
            dhcp=True, server=ROUTER, routers=(ROUTER,), dns=(ROUTER,), lease_s=LEASE_S, source="simulated site"
        )

    def computer(self) -> Computer:
        return Computer(system="simulated site", python=platform.python_version())


class PlayedLink:
    """Implements `ports.link.Link`. Only the router is on the link; `reachable` is what answers ping beyond it."""

    def __init__(self, reachable: Collection[str]) -> None:
        self._reachable = reachable

    async def resolve(self, address: str, timeout_s: float) -> str | None:
        if address == ROUTER:
            await asyncio.sleep(NEAR_S)
            return ROUTER_MAC
        await asyncio.sleep(timeout_s)
        return None

    async def owners(self, address: str, timeout_s: float) -> tuple[str, ...]:
        await asyncio.sleep(timeout_s)
        return (ROUTER_MAC,) if address == ROUTER else ()

    async def ping(self, address: str, count: int, timeout_s: float) -> tuple[float, ...]:
        if address != ROUTER and address not in self._reachable:
            await asyncio.sleep(timeout_s)
            return ()
        round_trip_s = NEAR_S if address == ROUTER else FAR_S
        await asyncio.sleep(round_trip_s)
        return (round_trip_s * 1000,) * count
