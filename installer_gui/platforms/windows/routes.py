"""The IPv4 routes of Windows (netioapi.h, MIB_IPFORWARD_TABLE2 as bytes)."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address

from .iphlpapi import ROUTE_BYTES, TABLE_HEAD

# interface, prefix's family and address, its length, next hop's address, metric, loopback
_ROW = struct.Struct("<8x I H2x4s20x B3x 4x4s20x 12x I 4x B 3x8x")


@dataclass(frozen=True, slots=True)
class DefaultRoute:
    """A way to everywhere through the interface `index`. `gateway` is "" where none is needed; a low `metric` wins."""

    index: int
    gateway: str
    metric: int


def default_routes(table: bytes, metrics: Mapping[int, int]) -> tuple[DefaultRoute, ...]:
    """The best first; `metrics` are the interfaces' own, which count as well.

    A VPN that lays 0.0.0.0/1 and 128.0.0.0/1 over the default route is one, and beats it.
    """
    rows = [(length, first, route) for length, first, route in _routes(table, metrics)]
    whole = sorted((route for length, _, route in rows if length == 0), key=lambda route: route.metric)
    halves = (route for length, first, route in rows if length == 1 and first)
    return (*halves, *whole)


def _routes(table: bytes, metrics: Mapping[int, int]) -> Iterator[tuple[int, bool, DefaultRoute]]:
    """Prefix length, whether the destination is 0.0.0.0, and the route."""
    for at in range(TABLE_HEAD, len(table) - ROUTE_BYTES + 1, ROUTE_BYTES):
        index, _, destination, length, hop, metric, loopback = _ROW.unpack_from(table, at)
        if not loopback:
            gateway = str(IPv4Address(hop)) if any(hop) else ""
            route = DefaultRoute(index, gateway, metric + metrics.get(index, 0))
            yield length, not any(destination), route
