"""Which addresses belong together."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Interface, IPv4Network

from ..domain.lease import DhcpReply
from ..domain.network import Interface

UNSPECIFIED = IPv4Address(0)


def subnet_of(reply: DhcpReply) -> IPv4Network | None:
    """The subnet of an offered address by the server's own mask; None when there is no sound mask, or no address."""
    address = IPv4Address(reply.address)
    try:
        return None if address == UNSPECIFIED else IPv4Network((address, reply.subnet_mask), strict=False)
    except ValueError:
        return None


def is_local(address: str, interface: Interface) -> bool:
    """Whether the interface reaches the address without a router."""
    return any(IPv4Address(address) in IPv4Interface(own).network for own in interface.addresses)
