"""Modems on Windows: Npcap, where the user has installed it. The system itself has no raw Ethernet.

Sources: Npcap Users' Guide (its folder, "AdminOnly", how devices are named).
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable
from pathlib import PureWindowsPath
from typing import Any

from ...domain.network import Interface
from ...ports.powerline import PowerlineLink
from ...ports.unavailable import Reason, Unavailable
from ..pcap import Capture, WindowsHead
from ..powerline import OwnPowerlineLink
from . import dll, registry
from .iphlpapi import IpHelper

SEARCH = 0x100 | dll.SYSTEM32_ONLY  # LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR: its Packet.dll lies beside it
PARAMETERS = r"HKLM\SYSTEM\CurrentControlSet\Services\npcap\Parameters"
TIMER_MS = 1  # else Windows wakes us every 16 ms, and all stations look slow


def load() -> Any:
    """Npcap's library; never WinPcap's, nor one that lies elsewhere. Raises Unavailable(NO_DRIVER)."""
    windows = PureWindowsPath(os.environ.get("SYSTEMROOT", r"C:\Windows"))
    try:
        return ctypes.CDLL(str(windows / "System32" / "Npcap" / "wpcap.dll"), winmode=SEARCH)
    except OSError as error:
        raise Unavailable(Reason.NO_DRIVER, str(error)) from None


class WindowsPowerline:
    """Implements `ports.powerline.Powerline` on one interface."""

    def __init__(
        self,
        interface: Interface,
        library: Callable[[], Any] = load,
        helper: Callable[[], IpHelper] = IpHelper,
        notes: registry.Registry = registry.read,
    ) -> None:
        self._interface = interface
        self._library = library
        self._helper = helper
        self._notes = notes

    async def open(self) -> PowerlineLink:
        if not self._interface.mac:
            raise Unavailable(Reason.UNSUPPORTED, "no Ethernet")
        library, own_mac = self._library(), self._interface.mac
        try:
            return OwnPowerlineLink(own_mac, _Npcap(library, self._device(), own_mac))
        except Unavailable as unavailable:
            if unavailable.reason is Reason.DRIVER_ERROR and self._notes(PARAMETERS).get("AdminOnly") == 1:
                raise Unavailable(Reason.NEEDS_PRIVILEGE, unavailable.detail) from None
            raise

    def _device(self) -> str:
        """Raises Unavailable(INTERFACE_GONE)."""
        for adapter in self._helper().adapters():
            if adapter.index == self._interface.index:
                return rf"\Device\NPF_{adapter.guid}"
        raise Unavailable(Reason.INTERFACE_GONE, self._interface.name)


class _Npcap(Capture):
    """Its times are another clock's than the system's, which it drifts away from."""

    backend = "Npcap"
    head = WindowsHead
    stamped = False
    _timer: Any = None

    def __init__(self, library: Any, device: str, own_mac: str) -> None:
        super().__init__(library, device, own_mac)
        self._timer = dll.load("winmm")
        self._timer.timeBeginPeriod(TIMER_MS)

    def close(self) -> None:
        super().close()
        if self._timer:
            self._timer.timeEndPeriod(TIMER_MS)
        self._timer = None
