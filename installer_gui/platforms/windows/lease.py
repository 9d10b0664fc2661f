"""What DHCP gave an interface: the IP Helper's word, and the DHCP client's own notes in the registry."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import AddressValueError, IPv4Address

from ...domain.lease import Lease
from . import registry
from .iphlpapi import Adapter

NOTES = r"HKLM\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters\Interfaces"


def read(adapter: Adapter, notes: registry.Registry = registry.read) -> Lease:
    """The lease of the adapter's address, or the resolvers of a fixed configuration.

    Resolvers that the user has put in the place of those that DHCP gave are told by the notes alone. Lease times are
    taken as a duration: the points in time lie in whatever the computer's clock said then.
    """
    if not adapter.dhcp:
        return Lease(dhcp=False, dns=adapter.dns, source="IP Helper")
    kept = notes(rf"{NOTES}\{adapter.guid}")
    own = {address.partition("/")[0] for address in adapter.addresses}
    if registry.text(kept, "DhcpIPAddress") not in own:
        server = next(_addresses(adapter.dhcp_server), "")
        return Lease(dhcp=True, server=server, routers=adapter.gateways, dns=adapter.dns, source="IP Helper")
    seconds = kept.get("Lease")
    return Lease(
        dhcp=True,
        server=next(_addresses(registry.text(kept, "DhcpServer")), ""),
        routers=tuple(_addresses(_several(kept.get("DhcpDefaultGateway")))),
        dns=tuple(_addresses(registry.text(kept, "DhcpNameServer"))),
        lease_s=seconds if isinstance(seconds, int) else None,
        source="DHCP client",
    )


def _several(value: object) -> str:
    """A REG_MULTI_SZ in one row."""
    return " ".join(map(str, value)) if isinstance(value, list) else ""


def _addresses(text: str) -> Iterator[str]:
    """The IPv4 addresses in a list that blanks or commas separate; 255.255.255.255 stands for none."""
    for word in text.replace(",", " ").split():
        try:
            address = IPv4Address(word)
        except AddressValueError:
            continue
        if address != IPv4Address(0xFFFFFFFF):
            yield str(address)
