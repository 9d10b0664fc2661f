"""The computer itself on Windows: interfaces, routes, model and proxies. Sends nothing, needs no rights."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ...domain.lease import Lease
from ...domain.network import Computer, Interface, InterfaceKind
from ...ports.unavailable import Unavailable
from .. import model, proxies
from . import dll, lease, registry
from .iphlpapi import Adapter, IpHelper
from .routes import DefaultRoute, default_routes

ETHERNET, PPP, LOOPBACK, VIRTUAL, WIFI, TUNNEL = 6, 23, 24, 53, 71, 131  # IF_TYPE_…, ipifcons.h
VERSION = r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion"
FIRMWARE = r"HKLM\HARDWARE\DESCRIPTION\System\BIOS"
INTERNET_SETTINGS = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Internet Settings"
FIRST_BUILD_OF_11 = 22_000
# Tunnels that pretend to be Ethernet, by what their drivers call themselves
_TUNNELS = (
    *("vpn", "tap-windows", "wintun", "wireguard", "nordlynx", "tailscale", "zerotier", "softether", "zscaler"),
    *("anyconnect", "globalprotect", "pangp", "fortinet", "check point", "sonicwall", "juniper", "pulse secure"),
)
_NO_CABLE = ("wi-fi direct", "bluetooth", "hyper-v virtual", "vmware virtual", "virtualbox", "npcap", "loopback")


class WindowsSystem:
    """Implements `ports.system.System`."""

    def __init__(
        self,
        helper: Callable[[], IpHelper] = IpHelper,
        notes: registry.Registry = registry.read,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        self._helper = helper
        self._notes = notes
        self._environment = environment

    def interfaces(self) -> tuple[Interface, ...]:
        helper = self._helper()
        adapters = [adapter for adapter in helper.adapters() if adapter.type != LOOPBACK]
        routes = default_routes(helper.routes(), {adapter.index: adapter.metric for adapter in adapters})
        order = {route.index: place for place, route in reversed(tuple(enumerate(routes)))}
        found = [_interface(adapter, routes) for adapter in adapters]
        return tuple(sorted(found, key=lambda i: (order.get(i.index, len(order)), not i.up, i.index)))

    def lease(self, interface: Interface) -> Lease:
        for adapter in self._helper().adapters():
            if adapter.index == interface.index:
                return lease.read(adapter, self._notes)
        return Lease(dhcp=False, source="IP Helper")

    def computer(self) -> Computer:
        firmware = self._notes(FIRMWARE)
        parts = (registry.text(firmware, name) for name in ("SystemManufacturer", "SystemProductName"))
        return Computer(
            system=_system_name(self._notes(VERSION)),
            model=model.name(*parts),
            python=platform.python_version(),
            user_is_admin=_is_admin(),
            proxies=tuple(dict.fromkeys(self._proxies())),
        )

    def _proxies(self) -> Iterator[str]:
        yield from proxies.of_environment(self._environment)
        yield from _of_settings(self._notes(INTERNET_SETTINGS))


def kind(adapter: Adapter) -> InterfaceKind:
    """What it leads through, by its type and by what its driver calls itself."""
    name = adapter.description.lower()
    if adapter.type in (PPP, TUNNEL, VIRTUAL) or any(word in name for word in _TUNNELS):
        return InterfaceKind.VPN
    if any(word in name for word in _NO_CABLE):
        return InterfaceKind.OTHER
    return {WIFI: InterfaceKind.WIFI, ETHERNET: InterfaceKind.ETHERNET}.get(adapter.type, InterfaceKind.OTHER)


def _interface(adapter: Adapter, routes: Iterable[DefaultRoute]) -> Interface:
    route = next((r for r in routes if r.index == adapter.index), None)
    return Interface(
        name=adapter.name,
        index=adapter.index,
        kind=kind(adapter),
        mac=adapter.mac,
        addresses=adapter.addresses,
        addresses6=adapter.addresses6,
        gateway=route.gateway if route else "",
        metric=route.metric if route else 0,
        up=adapter.up,
        mtu=adapter.mtu,
        description=adapter.description,
    )


def _system_name(version: registry.Values) -> str:
    """Such as "Windows 11 Pro 24H2 (26100)": Windows 11 still calls itself 10 there."""
    product, build = registry.text(version, "ProductName"), registry.text(version, "CurrentBuildNumber")
    if build.isdecimal() and int(build) >= FIRST_BUILD_OF_11:
        product = product.replace("Windows 10", "Windows 11")
    named = " ".join(filter(None, (product or "Windows", registry.text(version, "DisplayVersion"))))
    return f"{named} ({build})" if build else named


def _is_admin() -> bool:
    try:
        shell: Any = dll.load("shell32")
    except Unavailable:
        return False
    return bool(shell.IsUserAnAdmin())


def _of_settings(settings: registry.Values) -> Iterator[str]:
    """What Windows' own settings (WinINET) say: "host:port", "http=host:port;https=host:port", a script's address."""
    if settings.get("ProxyEnable"):
        for part in registry.text(settings, "ProxyServer").split(";"):
            if proxy := part.rpartition("=")[2].strip():
                yield proxies.without_password(proxy)
    if script := registry.text(settings, "AutoConfigURL"):
        yield proxies.without_password(script)
