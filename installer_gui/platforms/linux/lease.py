"""What DHCP gave an interface, from whoever keeps the lease on this system. Best source first; nothing is sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import AddressValueError, IPv4Address
from pathlib import Path

from ...domain.lease import Lease
from ...domain.network import Interface
from ...ports.unavailable import Unavailable
from .. import process

_NMCLI_OPTION = re.compile(r"DHCP4\.OPTION\[\d+\]:(\w+) = (.*)")
_DHCLIENT_LEASE = re.compile(r"^lease \{(.*?)^\}", re.MULTILINE | re.DOTALL)
_DHCLIENT_LINE = re.compile(r"^\s*(?:option )?([\w-]+) (.*);$", re.MULTILINE)
_DHCLIENT_FILES = ("var/lib/dhcp/*.lease*", "var/lib/dhclient/*.lease*", "var/lib/NetworkManager/*.lease")
_STUB = "127.0.0.53"


def read(interface: Interface, root: Path = Path("/")) -> Lease:
    """The lease of the interface, or the system's resolvers when nobody here keeps one that can be read."""
    kept = _network_manager(interface) or _networkd(interface, root) or _dhclient(interface, root)
    return kept or Lease(dhcp=_is_dynamic(interface), dns=_resolvers(root), source="resolv.conf")


def _network_manager(interface: Interface) -> Lease | None:
    text = _output("nmcli", "--terse", "--escape", "no", "--fields", "DHCP4", "device", "show", interface.name)
    return _lease(dict(_NMCLI_OPTION.findall(text)), "NetworkManager")


def _networkd(interface: Interface, root: Path) -> Lease | None:
    lines = _text(root / f"run/systemd/netif/leases/{interface.index}").splitlines()
    values = {key.lower(): value for key, _, value in (line.partition("=") for line in lines)}
    if values.get("address") not in _own(interface):
        return None
    renamed = {
        "dhcp_server_identifier": values.get("server_address", ""),
        "routers": values.get("router", ""),
        "domain_name_servers": values.get("dns", ""),
        "dhcp_lease_time": values.get("lifetime", ""),
    }
    return _lease(renamed, "systemd-networkd")


def _dhclient(interface: Interface, root: Path) -> Lease | None:
    """The last lease in a file that names this interface and the address it has now; older ones are history."""
    newest: dict[str, str] = {}
    for pattern in _DHCLIENT_FILES:
        for path in sorted(root.glob(pattern)):
            for block in _DHCLIENT_LEASE.findall(_text(path)):
                values = {key.replace("-", "_"): value.strip('"') for key, value in _DHCLIENT_LINE.findall(block)}
                if values.get("interface") == interface.name and values.get("fixed_address") in _own(interface):
                    newest = values
    return _lease(newest, "dhclient")


def _lease(values: dict[str, str], source: str) -> Lease | None:
    if not any(values.values()):
        return None
    seconds = values.get("dhcp_lease_time", "")
    return Lease(
        dhcp=True,
        server=next(_addresses(values.get("dhcp_server_identifier", "")), ""),
        routers=tuple(_addresses(values.get("routers", ""))),
        dns=tuple(_addresses(values.get("domain_name_servers", ""))),
        lease_s=int(seconds) if seconds.isdecimal() else None,
        source=source,
    )


def _resolvers(root: Path) -> tuple[str, ...]:
    """The servers behind systemd-resolved's stub; what listens on loopback is no server of the site's."""
    servers = _name_servers(root / "etc/resolv.conf")
    if _STUB in servers:
        servers = _name_servers(root / "run/systemd/resolve/resolv.conf")
    return tuple(server for server in servers if not IPv4Address(server).is_loopback)


def _name_servers(path: Path) -> tuple[str, ...]:
    lines = (line.split() for line in _text(path).splitlines())
    return tuple(_addresses(" ".join(line[1] for line in lines if len(line) > 1 and line[0] == "nameserver")))


def _is_dynamic(interface: Interface) -> bool:
    """Whether the kernel holds the address for a limited time: then somebody leased it, though we cannot read who."""
    return " dynamic " in _output("ip", "-4", "-o", "address", "show", "dev", interface.name)


def _output(*command: str) -> str:
    try:
        finished = process.run(*command, timeout_s=3.0)
    except Unavailable:
        return ""
    return finished.out if finished.code == 0 else ""


def _own(interface: Interface) -> frozenset[str]:
    return frozenset(address.partition("/")[0] for address in interface.addresses)


def _addresses(text: str) -> Iterator[str]:
    """The IPv4 addresses in a list that commas or blanks separate."""
    for word in text.replace(",", " ").split():
        try:
            yield str(IPv4Address(word))
        except AddressValueError:
            continue


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
