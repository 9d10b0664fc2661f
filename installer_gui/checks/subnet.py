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


def is_usable(reply: DhcpReply) -> bool:
    """Whether a station could use the offered address: by the server's own mask it is a host's, beside its router."""
    subnet, address = subnet_of(reply), IPv4Address(reply.address)
    if subnet is None:
        return True
    is_host = subnet.prefixlen > 30 or address not in (subnet.network_address, subnet.broadcast_address)
    return is_host and (not reply.routers or any(IPv4Address(router) in subnet for router in reply.routers))


def is_local(address: str, interface: Interface) -> bool:
    """Whether the interface reaches the address without a router."""
    return any(IPv4Address(address) in IPv4Interface(own).network for own in interface.addresses)
