"""One answer to one DNS question."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network


class NameStatus(StrEnum):
    """How a resolver reacted. TIMEOUT, UNREACHABLE and REFUSED_PORT are silence, the rest is an answer."""

    ANSWERED = "answered"
    EMPTY = "empty"
    NXDOMAIN = "nxdomain"
    SERVFAIL = "servfail"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    PORT_CLOSED = "port-closed"
    TRUNCATED = "truncated"
    MALFORMED = "malformed"


@dataclass(frozen=True, slots=True)
class Answer:
    """What `server` said about `name`. `addresses` are IPv4, `aliases` the CNAME chain, `texts` for TXT questions."""

    server: str
    name: str
    status: NameStatus
    addresses: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    ms: float = 0.0
    over_tcp: bool = False

    @property
    def public(self) -> tuple[str, ...]:
        """The addresses that a cloud service can have; 0.0.0.0 and private ones cannot be it."""
        return tuple(a for a in self.addresses if _may_be_cloud(a))

    @property
    def local(self) -> tuple[str, ...]:
        """The addresses at which a server on the site itself could stand."""
        return tuple(a for a in self.addresses if _is_private(IPv4Address(a)))

    @property
    def usable(self) -> bool:
        return self.status is NameStatus.ANSWERED and bool(self.public)


# RFC 1918, and RFC 6598: what a provider gives its customers behind its own NAT
_PRIVATE = tuple(map(IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")))
_NOWHERE = IPv4Network("0.0.0.0/8")


def _is_private(ip: IPv4Address) -> bool:
    return any(ip in network for network in _PRIVATE)


def _may_be_cloud(address: str) -> bool:
    """Not `is_global`: that also rejects documentation ranges, which laboratories use as their internet."""
    ip = IPv4Address(address)
    nowhere = ip in _NOWHERE or ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_reserved
    return not (nowhere or _is_private(ip))
