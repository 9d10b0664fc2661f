"""What a DHCP server offers, and what the computer itself was given."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

FOREVER = 0xFFFFFFFF  # RFC 2131, section 3.3


class DhcpWay(StrEnum):
    """How a question is put: as a client from port 68 (answers are broadcast), or as a relay from 67 (unicast)."""

    CLIENT = "client"
    RELAY = "relay"


class DhcpKind(StrEnum):
    """The message types that a server sends."""

    OFFER = "offer"
    ACK = "ack"
    NAK = "nak"


@dataclass(frozen=True, slots=True)
class DhcpReply:
    """A server's answer.

    `client` is the chaddr it is for, `sender` the MAC that sent the frame; `ms` since that question was sent; `lease_s`
    in seconds, FOREVER for a lease without an end; `options` holds every option's bytes as hex.
    """

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
    sender: str = ""


@dataclass(frozen=True, slots=True)
class Lease:
    """The computer's own lease as the operating system tells it, or a fixed configuration (`dhcp` False)."""

    dhcp: bool
    server: str = ""
    routers: tuple[str, ...] = ()
    dns: tuple[str, ...] = ()
    lease_s: int | None = None
    source: str = ""
