"""What DHCP gave an interface: the packet that the system's client accepted, else the resolvers that it uses there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from ipaddress import AddressValueError, IPv4Address

from ...domain.lease import Lease
from ...domain.network import Interface
from ...ports.unavailable import Unavailable
from ..process import Finished, run

Run = Callable[..., Finished]
_YOURS = re.compile(r"^yiaddr = (\S+)$", re.MULTILINE)
_OPTION = re.compile(r"^(\w+) \(\w+\): (.*)$", re.MULTILINE)
_RESOLVER = re.compile(r"^resolver #\d+$", re.MULTILINE)
_SERVER = re.compile(r"^\s*nameserver\[\d+\]\s*: (\S+)$", re.MULTILINE)


def read(interface: Interface, ask: Run = run) -> Lease:
    """The lease of the interface's address; the packet of an earlier network is history."""
    packet = output(ask, "ipconfig", "getpacket", interface.name)
    yours = _YOURS.search(packet)
    own = {address.partition("/")[0] for address in interface.addresses}
    if yours is None or yours[1] not in own:
        return Lease(dhcp=False, dns=_resolvers(output(ask, "scutil", "--dns"), interface.name), source="scutil")
    options = dict(_OPTION.findall(packet))
    return Lease(
        dhcp=True,
        server=next(_addresses(options.get("server_identifier", "")), ""),
        routers=tuple(_addresses(options.get("router", ""))),
        dns=tuple(_addresses(options.get("domain_name_server", ""))),
        lease_s=_seconds(options.get("lease_time", "")),
        source="ipconfig",
    )


def output(ask: Run, *command: str) -> str:
    """What one of the system's tools prints, "" where it fails."""
    try:
        finished = ask(*command, timeout_s=3.0)
    except Unavailable:
        return ""
    return finished.out if finished.code == 0 else ""


def _resolvers(text: str, interface: str) -> tuple[str, ...]:
    """The servers that are asked over the interface; those for a domain of their own (VPN, mDNS) are none of them."""
    found: dict[str, None] = {}
    for resolver in _RESOLVER.split(text)[1:]:
        if f"({interface})" in resolver and not re.search(r"^\s*domain\s*:", resolver, re.MULTILINE):
            found |= dict.fromkeys(_addresses(" ".join(_SERVER.findall(resolver))))
    return tuple(found)


def _seconds(text: str) -> int | None:
    try:
        return int(text, 0)
    except ValueError:
        return None


def _addresses(text: str) -> Iterator[str]:
    """The IPv4 addresses in "192.168.1.1" or "{192.168.1.1, 10.0.0.53}"."""
    for word in re.split(r"[\s,{}]+", text):
        try:
            yield str(IPv4Address(word))
        except AddressValueError:
            continue
