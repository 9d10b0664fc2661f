"""The computer itself on Linux: interfaces, routes, model and proxies. Sends nothing, needs no rights."""

from __future__ import annotations

import os
import platform
import re
import socket
import sys
from collections.abc import Iterable, Mapping
from functools import cached_property
from ipaddress import IPv4Interface
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

assert not TYPE_CHECKING or sys.platform == "linux"  # a type checker for another system stops here

from ...domain.lease import Lease
from ...domain.network import Computer, Interface, InterfaceKind
from .. import model, proxies
from . import lease
from .routes import DefaultRoute, default_routes

LOOPBACK, NOARP = 0x8, 0x80  # IFF_…, linux/if.h
ETHERNET, PPP, NO_HEADER = 1, 512, 65534  # ARPHRD_…, linux/if_arp.h
IFF_TAP = 0x2
TUNNEL = re.compile(r"(tun|wg|ppp)\d+")  # what VPN programs call theirs, whatever stands behind it


class LinuxSystem:
    """Implements `ports.system.System`; `root` is where /proc, /sys, /run and /var are found."""

    def __init__(self, root: Path = Path("/"), environment: Mapping[str, str] = os.environ) -> None:
        self._root = root
        self._environment = environment

    def interfaces(self) -> tuple[Interface, ...]:
        routes = default_routes(_read(self._root / "proc/net/route"))
        order = {route.interface: place for place, route in reversed(tuple(enumerate(routes)))}
        addresses, states = _psutil().net_if_addrs(), _psutil().net_if_stats()
        found = [
            self._interface(name, addresses.get(name, ()), states[name], routes)
            for name in states
            if not self._flags(name) & LOOPBACK
        ]
        return tuple(sorted(found, key=lambda i: (order.get(i.name, len(order)), not i.up, i.index)))

    def lease(self, interface: Interface) -> Lease:
        return lease.read(interface, self._root)

    def computer(self) -> Computer:
        return Computer(
            system=_system_name(),
            model=self._model,
            python=platform.python_version(),
            user_is_admin=os.geteuid() == 0,
            proxies=tuple(dict.fromkeys(proxies.of_environment(self._environment))),
        )

    def _interface(self, name: str, addresses: Iterable[Any], state: Any, routes: Iterable[DefaultRoute]) -> Interface:
        route = next((r for r in routes if r.interface == name), DefaultRoute(name, "", 0))
        of = {family: [a for a in addresses if a.family == family] for family in (socket.AF_INET, socket.AF_INET6)}
        return Interface(
            name=name,
            index=_number(_read(self._net(name) / "ifindex")),
            kind=self._kind(name),
            mac=self._mac(name),
            addresses=tuple(str(IPv4Interface(f"{a.address}/{a.netmask}")) for a in of[socket.AF_INET] if a.netmask),
            addresses6=tuple(a.address.partition("%")[0] for a in of[socket.AF_INET6]),
            gateway=route.gateway,
            metric=route.metric,
            up=bool(state.isup),
            mtu=state.mtu,
            description=self._description(name),
        )

    def _net(self, name: str) -> Path:
        return self._root / "sys/class/net" / name

    def _flags(self, name: str) -> int:
        return _number(_read(self._net(name) / "flags"), 16)

    def _mac(self, name: str) -> str:
        mac = _read(self._net(name) / "address")
        return mac if self._type(name) == ETHERNET else ""

    def _type(self, name: str) -> int:
        return _number(_read(self._net(name) / "type"))

    def _kind(self, name: str) -> InterfaceKind:
        folder, kind = self._net(name), self._type(name)
        if (folder / "phy80211").exists() or (folder / "wireless").exists():
            return InterfaceKind.WIFI
        if kind in (PPP, NO_HEADER) or TUNNEL.fullmatch(name):
            return InterfaceKind.VPN  # ppp, tun and WireGuard; a tap is an Ethernet, mostly of a virtual machine
        virtual = (folder / "bridge").exists() or _number(_read(folder / "tun_flags"), 16) & IFF_TAP
        if kind != ETHERNET or virtual or self._flags(name) & NOARP:
            return InterfaceKind.OTHER
        return InterfaceKind.OTHER if "DEVTYPE=wwan" in _read(folder / "uevent") else InterfaceKind.ETHERNET

    def _description(self, name: str) -> str:
        """The adapter's model as udev knows it, else its driver."""
        udev = _read(self._root / f"run/udev/data/n{_number(_read(self._net(name) / 'ifindex'))}")
        known = _assignments(line.removeprefix("E:") for line in udev.splitlines())
        driver = _assignments(_read(self._net(name) / "device/uevent").splitlines()).get("DRIVER", "")
        return known.get("ID_MODEL_FROM_DATABASE") or known.get("ID_MODEL") or driver

    @cached_property
    def _model(self) -> str:
        dmi = self._root / "sys/class/dmi/id"
        board = _read(self._root / "proc/device-tree/model").rstrip("\0")
        return model.name(_read(dmi / "sys_vendor"), _read(dmi / "product_name")) or board


def _psutil() -> ModuleType:
    import psutil

    return psutil


def _system_name() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return f"{platform.system()} {platform.release()}"


def _assignments(lines: Iterable[str]) -> dict[str, str]:
    return {key: value for key, separator, value in (line.partition("=") for line in lines) if separator}


def _number(text: str, base: int = 10) -> int:
    try:
        return int(text, base)
    except ValueError:
        return 0


def _read(path: Path) -> str:
    """A small file of the kernel's, "" when it is not there (the adapter may be pulled out at any time)."""
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
