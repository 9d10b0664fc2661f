"""What a DHCP server offers, and what the computer itself was given."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DhcpKind(StrEnum):
    """The message types that a server sends."""

    OFFER = "offer"
    ACK = "ack"
    NAK = "nak"


@dataclass(frozen=True, slots=True)
class DhcpReply:
    """A server's answer. `client` is the chaddr it is for; times are seconds; `options` keeps the raw rest as hex."""

    kind: DhcpKind
    client: str
    address: str
    server: str
    ms: float
    subnet_mask: str = ""
    routers: tuple[str, ...] = ()
    dns: tuple[str, ...] = ()
    ntp: tuple[str, ...] = ()
    lease_s: int | None = None
    options: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Lease:
    """The computer's own lease as the operating system tells it, or a fixed configuration (`dhcp` False)."""

    dhcp: bool
    server: str = ""
    routers: tuple[str, ...] = ()
    dns: tuple[str, ...] = ()
    lease_s: int | None = None
    source: str = ""
