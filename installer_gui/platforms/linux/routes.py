"""The kernel's IPv4 routes, as /proc/net/route tells them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address

_UP, _GATEWAY, _REJECT = 0x1, 0x2, 0x200


@dataclass(frozen=True, slots=True)
class DefaultRoute:
    """A way to everywhere. `gateway` is "" on a point-to-point link; a low `metric` wins."""

    interface: str
    gateway: str
    metric: int


def default_routes(table: str) -> tuple[DefaultRoute, ...]:
    """The best first. A VPN that lays 0.0.0.0/1 and 128.0.0.0/1 over the default route is one, and beats it."""
    whole = [route for prefix, _, route in _routes(table) if prefix == 0]
    halves = [route for prefix, first, route in _routes(table) if prefix == 1 and first]
    return tuple(halves + sorted(whole, key=lambda route: route.metric))


def _routes(table: str) -> Iterator[tuple[int, bool, DefaultRoute]]:
    """Prefix length, whether the destination is 0.0.0.0, and the route."""
    for name, destination, gateway, flags, _, _, metric, mask in _rows(table.splitlines()[1:]):
        bits = int(flags, 16)
        if bits & _UP and not bits & _REJECT:
            via = str(_address(gateway)) if bits & _GATEWAY else ""
            yield int(_address(mask)).bit_count(), int(destination, 16) == 0, DefaultRoute(name, via, int(metric))


def _rows(lines: Iterable[str]) -> Iterator[list[str]]:
    for line in lines:
        if len(columns := line.split()) >= 8:
            yield columns[:8]


def _address(text: str) -> IPv4Address:
    """The kernel prints the number as it lies in memory: little-endian on every machine that we run on."""
    return IPv4Address(int(text, 16).to_bytes(4, "little"))
