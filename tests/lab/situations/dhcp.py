"""Addresses: too few, from two servers, or wrongly described."""

from __future__ import annotations

from typing import Unpack

from ..blueprint import LAPTOP_MAC, ROUTER, Blueprint, Dhcp, chain
from .situation import Expected, Situation

FAILED: Expected = {"verdict": "failed", "areas": {"dhcp": "fail"}}
REMARKED: Expected = {"verdict": "passed-with-remarks", "areas": {"dhcp": "warn"}}
SNOOPING = f"udp dport 67 @th,288,48 != 0x{LAPTOP_MAC.replace(':', '')} drop"


def left(name: str, pool: Dhcp, free: int, **expected: Unpack[Expected]) -> Situation:
    """A pool with so many free addresses; six stations want one each, and two should be spare."""
    facts = {"dhcp free": str(free)} | ({} if free else {"dhcp offers": "silence"})
    return Situation(name, Blueprint(dhcp=pool), facts, **expected)


def gives(router: str = ROUTER, dns: str = ROUTER, lease_s: int = 43_200, server: str = ROUTER) -> str:
    return f"{server} gives router {router}, dns {dns}, {lease_s} s"


def option(name: str, lines: str, offer: str, **expected: Unpack[Expected]) -> Situation:
    return Situation(name, Blueprint(dhcp=Dhcp(lines=f"no-ping\n{lines}")), {"dhcp offers": offer}, **expected)


def second(name: str, address: str, lines: str, offer: str, **expected: Unpack[Expected]) -> Situation:
    """Somebody has plugged in a router of his own."""
    site = Blueprint(others=f"ip address add {address}/24 dev eth0", rogue=lines)
    return Situation(name, site, {"dhcp offers": "; ".join(sorted((gives(), offer)))}, **expected)


SITUATIONS = (
    left("one-address-too-few", Dhcp(taken=95), 5, **FAILED),
    left("pool-exhausted", Dhcp(last=119, taken=20), 0, **FAILED),
    left("no-spare-address", Dhcp(taken=94), 6, **REMARKED),
    left("exactly-enough-addresses", Dhcp(taken=92), 8),
    Situation("no-dhcp-server", Blueprint(dhcp=None), {"dhcp offers": "silence", "dhcp free": "0"}, **FAILED),
    second(
        "second-dhcp-server",
        "192.168.50.2",
        "dhcp-range=192.168.50.220,192.168.50.240,1h\ndhcp-option=6,192.168.50.2",
        gives("192.168.50.2", "192.168.50.2", 3600, "192.168.50.2"),
        **FAILED,
    ),
    second(
        "second-dhcp-server-on-another-subnet",
        "192.168.1.1",
        "dhcp-range=192.168.1.100,192.168.1.200,1h",
        gives("192.168.1.1", "none", 3600, "192.168.1.1"),
        **FAILED,
    ),
    second(
        "second-dhcp-server-agrees",
        "192.168.50.2",
        f"dhcp-range=192.168.50.220,192.168.50.240,12h\ndhcp-option=3,{ROUTER}\ndhcp-option=6,{ROUTER}",
        gives(server="192.168.50.2"),
        verdict="passed or passed-with-remarks",
        areas={"dhcp": "pass or warn"},
    ),
    option("no-router-option", "dhcp-option=3", gives(router="none"), **FAILED),
    option("no-dns-option", "dhcp-option=6", gives(dns="none"), **REMARKED),
    Situation("short-leases", Blueprint(dhcp=Dhcp(lease="5m")), {"dhcp offers": gives(lease_s=300)}, **REMARKED),
    Situation(
        "squatters-in-the-pool",
        Blueprint(
            others="for n in 101 103; do ip address add 192.168.50.$n/24 dev eth0; done",
            dhcp=Dhcp(last=119),
        ),
        {"first of the pool": "00:1d:c0:00:00:99", "dhcp free": "20"},
        **REMARKED,
    ),
    Situation(
        "snooping-switch",
        Blueprint(firewall=chain("snooping", 'filter hook ingress device "lan1" priority 0', (SNOOPING,), "netdev")),
        {"dhcp offers": "silence", "dhcp free": "0"},
        verdict="passed-with-remarks or incomplete",
        areas={"dhcp": "warn or not-measured"},
    ),
)
