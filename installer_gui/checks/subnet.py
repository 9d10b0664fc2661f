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


def is_host(reply: DhcpReply) -> bool:
    """Whether the offered address is a host's by the server's own mask: neither its network's nor for all in it."""
    subnet, address = subnet_of(reply), IPv4Address(reply.address)
    if subnet is None or subnet.prefixlen > 30:
        return True
    return address not in (subnet.network_address, subnet.broadcast_address)


def reaches_router(reply: DhcpReply) -> bool:
    """Whether a router stands in the offered address's subnet, as far as the server names both."""
    subnet = subnet_of(reply)
    return subnet is None or not reply.routers or any(IPv4Address(router) in subnet for router in reply.routers)


def is_local(address: str, interface: Interface) -> bool:
    """Whether the interface reaches the address without a router."""
    return any(IPv4Address(address) in IPv4Interface(own).network for own in interface.addresses)
