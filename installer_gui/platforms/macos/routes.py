"""The IPv4 routes of macOS, as `netstat -rn -f inet` prints them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address

SCOPED, REJECTED, DISCARDED = "I", "R", "B"  # netstat(1): for one interface's own traffic; refuses; loses


@dataclass(frozen=True, slots=True)
class DefaultRoute:
    """A way to everywhere. `gateway` is "" where none is needed; a low `metric` wins."""

    interface: str
    gateway: str
    metric: int


def default_routes(table: str) -> tuple[DefaultRoute, ...]:
    """The best first, numbered in this order, because macOS has no metrics.

    What is not bound to an interface takes the first route that is not scoped. A VPN that lays 0/1 and 128.0/1 over it
    comes before.
    """
    rows = [row for row in _rows(table) if not {REJECTED, DISCARDED} & set(row.flags)]
    halves = [row for row in rows if row.destination in ("0/1", "0.0.0.0/1")]
    whole = sorted((row for row in rows if row.destination == "default"), key=lambda row: SCOPED in row.flags)
    return tuple(DefaultRoute(row.interface, row.gateway, place) for place, row in enumerate((*halves, *whole)))


@dataclass(frozen=True, slots=True)
class _Row:
    destination: str
    gateway: str
    flags: str
    interface: str


def _rows(table: str) -> Iterator[_Row]:
    """Older systems have two more columns before the interface; the heading tells."""
    place = 0
    for line in table.splitlines():
        words = line.split()
        if words[:1] == ["Destination"] and "Netif" in words:
            place = words.index("Netif")
        elif place and len(words) > place:
            yield _Row(words[0], _address(words[1]), words[2], words[place])


def _address(gateway: str) -> str:
    """A router's address; links ("link#14") and MACs need none."""
    try:
        return str(IPv4Address(gateway))
    except AddressValueError:
        return ""
