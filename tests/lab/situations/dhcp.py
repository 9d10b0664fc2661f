"""Addresses: too few, from two servers, or wrongly described."""

from __future__ import annotations

from dataclasses import replace
from typing import Unpack

from ..blueprint import LAPTOP_MAC, ROUTER, Blueprint, Dhcp, chain
from .situation import Expected, Situation, failed, remarked

SNOOPING = f"udp dport 67 @th,288,48 != 0x{LAPTOP_MAC.replace(':', '')} drop"


def left(name: str, pool: Dhcp, free: int, **expected: Unpack[Expected]) -> Situation:
    """A pool with so many free addresses; every station wants one, and two should be spare."""
    facts = {} if free == 100 else {"dhcp free": str(free)}
    return Situation(name, Blueprint(dhcp=pool), facts, **expected)


def gives(router: str = ROUTER, dns: str = ROUTER, lease_s: int = 43_200, server: str = ROUTER) -> str:
    return f"{server} gives router {router}, dns {dns}, {lease_s} s"


def option(name: str, lines: str, offer: str, **expected: Unpack[Expected]) -> Situation:
    facts = {} if offer == gives() else {"dhcp offers": offer}
    return Situation(name, Blueprint(dhcp=Dhcp(lines=f"no-ping\n{lines}")), facts, **expected)


def lease(name: str, length: str, lasts_s: int, **expected: Unpack[Expected]) -> Situation:
    return Situation(name, Blueprint(dhcp=Dhcp(lease=length)), {"dhcp offers": gives(lease_s=lasts_s)}, **expected)


def second(name: str, address: str, lines: str, offer: str, **expected: Unpack[Expected]) -> Situation:
    """Somebody has plugged in a router of his own."""
    site = Blueprint(others=f"ip address add {address}/24 dev eth0", rogue=lines)
    return Situation(name, site, {"dhcp offers": "; ".join(sorted((gives(), offer)))}, **expected)


def other_router(name: str, site: Blueprint) -> Situation:
    """Stations get a router that is there, and that nothing was measured through."""
    pool, device = Dhcp(lines="no-ping\ndhcp-option=3,192.168.50.9"), "ip address add 192.168.50.9/24 dev eth0"
    offer = {"dhcp offers": gives(router="192.168.50.9")}
    return Situation(name, replace(site, dhcp=pool, others=device), offer, **failed("dhcp", "dhcp.other-router"))


SITUATIONS = (
    left("one-address-too-few", Dhcp(taken=95), 5, **failed("dhcp", "dhcp.too-few-addresses")),
    left("pool-exhausted", Dhcp(last=119, taken=20), 0, **failed("dhcp", "dhcp.too-few-addresses")),
    left("no-spare-address", Dhcp(taken=94), 6, **remarked("dhcp", "dhcp.few-spare-addresses")),
    left("exactly-enough-addresses", Dhcp(taken=92), 8),
    left("enough-at-the-end-of-a-large-pool", Dhcp(60, 209, scattered=tuple(range(202, 210))), 8),
    left("enough-but-scattered", Dhcp(60, 254, scattered=(64, 91, 92, 133, 170, 199, 211, 250)), 8),
    left("many-stations", Dhcp(), 100, stations=50),
    replace(
        left("many-stations-and-a-small-pool", Dhcp(), 100, **failed("dhcp", "dhcp.too-few-addresses")),
        stations=150,
        seconds=25.0,
    ),
    Situation("server-tests-by-ping", Blueprint(dhcp=Dhcp(lines="")), seconds=25.0),
    Situation(
        "no-dhcp-server",
        Blueprint(dhcp=None),
        {"dhcp offers": "silence", "dhcp free": "0"},
        **failed("dhcp", "dhcp.no-server"),
    ),
    second(
        "second-dhcp-server",
        "192.168.50.2",
        "dhcp-range=192.168.50.220,192.168.50.240,1h\ndhcp-option=6,192.168.50.2",
        gives("192.168.50.2", "192.168.50.2", 3600, "192.168.50.2"),
        **failed("dhcp", "dhcp.rival-servers"),
    ),
    second(
        "second-dhcp-server-on-another-subnet",
        "192.168.1.1",
        "dhcp-range=192.168.1.100,192.168.1.200,1h\ndhcp-option=6,192.168.1.1",
        gives("192.168.1.1", "192.168.1.1", 3600, "192.168.1.1"),
        **failed("dhcp", "dhcp.rival-servers"),
    ),
    second(
        "second-dhcp-server-agrees",
        "192.168.50.2",
        f"dhcp-range=192.168.50.220,192.168.50.240,12h\ndhcp-option=3,{ROUTER}\ndhcp-option=6,{ROUTER}",
        gives(server="192.168.50.2"),
        **remarked("dhcp", "dhcp.second-server"),
    ),
    option("no-router-option", "dhcp-option=3", gives(router="none"), **failed("dhcp", "dhcp.no-router")),
    option(
        "router-option-names-nobody",
        "dhcp-option=3,192.168.50.254",
        gives(router="192.168.50.254"),
        **failed("dhcp", "dhcp.router-silent"),
    ),
    other_router("stations-get-another-router", Blueprint()),
    other_router("stations-get-another-router-than-a-fixed-laptop", Blueprint(lease_dns=None)),
    Situation(
        "stations-get-another-subnet",
        Blueprint(
            dhcp=None,
            lease_dns=None,
            others="ip address add 192.168.1.1/24 dev eth0",
            rogue="dhcp-range=192.168.1.100,192.168.1.200,12h\ndhcp-option=6,192.168.1.1",
        ),
        {"dhcp offers": gives("192.168.1.1", "192.168.1.1", server="192.168.1.1")},
        **failed("dhcp", "dhcp.other-router"),
    ),
    Situation(
        "mask-leaves-the-router-outside",
        Blueprint(dhcp=Dhcp(150, lines="no-ping\ndhcp-option=1,255.255.255.128")),
        {"dhcp free": "50"},
        **failed("dhcp", "dhcp.router-outside"),
    ),
    option("no-subnet-mask", "dhcp-option=1", gives(), **remarked("dhcp", "dhcp.no-mask")),
    option("no-dns-option", "dhcp-option=6", gives(dns="none"), **remarked("dhcp", "dhcp.no-dns")),
    lease("short-leases", "5m", 300, **remarked("dhcp", "dhcp.short-lease")),
    lease("ten-minute-leases", "10m", 600),
    lease("endless-leases", "infinite", 0xFFFF_FFFF),
    Situation(
        "squatters-in-the-pool",
        Blueprint(
            others="for n in 101 103; do ip address add 192.168.50.$n/24 dev eth0; done",
            dhcp=Dhcp(last=119),
        ),
        {"first of the pool": "00:1d:c0:00:00:99", "dhcp free": "20"},
        **remarked("dhcp", "dhcp.taken-addresses"),
    ),
    Situation(
        "snooping-switch",
        Blueprint(firewall=chain("snooping", 'filter hook ingress device "lan1" priority 0', (SNOOPING,), "netdev")),
        {"dhcp offers": "silence", "dhcp free": "0"},
        **remarked("dhcp", "dhcp.not-countable"),
    ),
    option(
        "server-serves-known-clients-only",
        f"dhcp-ignore=tag:!known\ndhcp-host={LAPTOP_MAC},192.168.50.57",
        "silence",
        **remarked("dhcp", "dhcp.not-countable"),
    ),
)
