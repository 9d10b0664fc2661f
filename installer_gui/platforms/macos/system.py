"""The computer itself on macOS: interfaces, routes, model and proxies. Sends nothing, needs no rights."""

from __future__ import annotations

import contextlib
import os
import platform
import re
import socket
import struct
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from ipaddress import IPv4Interface
from types import ModuleType
from typing import Any

from ...domain.lease import Lease
from ...domain.network import Computer, Interface, InterfaceKind
from .. import proxies
from ..process import run
from . import lease
from .lease import Run, output
from .routes import DefaultRoute, default_routes

SIOCGIFFUNCTIONALTYPE = 0xC02069AD  # sys/sockio.h: _IOWR('i', 173, struct ifreq)
WIRED, WIFI = 2, 3  # IFRTYPE_FUNCTIONAL_…, net/if.h
_TUNNELS = ("utun", "ipsec", "ppp", "tun", "tap", "wg")
_SETTING = re.compile(r"^\s*(\w+) : (.*)$", re.MULTILINE)


class MacSystem:
    """Implements `ports.system.System`."""

    def __init__(
        self,
        ask: Run = run,
        functional_type: Callable[[str], int] | None = None,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        self._ask = ask
        self._functional_type = functional_type or _functional_type
        self._environment = environment

    def interfaces(self) -> tuple[Interface, ...]:
        routes = default_routes(output(self._ask, "netstat", "-rn", "-f", "inet"))
        order = {route.interface: route.metric for route in reversed(routes)}
        addresses, states = _psutil().net_if_addrs(), _psutil().net_if_stats()
        found = [
            self._interface(name, addresses.get(name, ()), states[name], routes)
            for name in states
            if not name.startswith("lo")
        ]
        return tuple(sorted(found, key=lambda i: (order.get(i.name, len(order)), not i.up, i.index)))

    def lease(self, interface: Interface) -> Lease:
        return lease.read(interface, self._ask)

    def computer(self) -> Computer:
        return Computer(
            system=f"macOS {platform.mac_ver()[0]}".strip(),
            model=self._model,
            python=platform.python_version(),
            user_is_admin=sys.platform != "win32" and os.geteuid() == 0,
            proxies=tuple(dict.fromkeys(self._proxies())),
        )

    def _interface(self, name: str, addresses: Iterable[Any], state: Any, routes: Iterable[DefaultRoute]) -> Interface:
        route = next((r for r in routes if r.interface == name), DefaultRoute(name, "", 0))
        of = {
            family: [a for a in addresses if a.family == family]
            for family in (socket.AF_INET, socket.AF_INET6, _psutil().AF_LINK)
        }
        return Interface(
            name=name,
            index=socket.if_nametoindex(name),
            kind=self._kind(name),
            mac=next((a.address.lower() for a in of[_psutil().AF_LINK]), ""),
            addresses=tuple(str(IPv4Interface(f"{a.address}/{a.netmask}")) for a in of[socket.AF_INET] if a.netmask),
            addresses6=tuple(a.address.partition("%")[0] for a in of[socket.AF_INET6]),
            gateway=route.gateway,
            metric=route.metric,
            up=bool(state.isup),
            mtu=state.mtu,
        )

    def _kind(self, name: str) -> InterfaceKind:
        """By what the system says it is: its names for people are in the user's language."""
        if name.startswith(_TUNNELS):
            return InterfaceKind.VPN
        functional_type = self._functional_type(name)
        if functional_type == WIFI:
            return InterfaceKind.WIFI
        # bridges, and links to other processors of the computer, are wired as well
        cable = functional_type == WIRED and name.startswith("en")
        return InterfaceKind.ETHERNET if cable else InterfaceKind.OTHER

    @cached_property
    def _model(self) -> str:
        return output(self._ask, "sysctl", "-n", "hw.model").strip()

    def _proxies(self) -> Iterator[str]:
        yield from proxies.of_environment(self._environment)
        yield from _of_settings(dict(_SETTING.findall(output(self._ask, "scutil", "--proxy"))))


def _of_settings(settings: Mapping[str, str]) -> Iterator[str]:
    for kind in ("HTTP", "HTTPS", "SOCKS"):
        if settings.get(f"{kind}Enable") == "1" and (host := settings.get(f"{kind}Proxy")):
            port = settings.get(f"{kind}Port")
            yield proxies.without_password(f"{host}:{port}" if port else host)
    if settings.get("ProxyAutoConfigEnable") == "1" and (script := settings.get("ProxyAutoConfigURLString")):
        yield proxies.without_password(script)


def _functional_type(name: str) -> int:
    """IFRTYPE_FUNCTIONAL_…, 0 where it is not known."""
    told = bytes(32)
    if sys.platform != "win32":
        import fcntl

        request = struct.pack("16s16x", name.encode())
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock, contextlib.suppress(OSError):
            told = fcntl.ioctl(sock, SIOCGIFFUNCTIONALTYPE, request)
    return int(struct.unpack_from("=I", told, 16)[0])


def _psutil() -> ModuleType:
    import psutil

    return psutil
