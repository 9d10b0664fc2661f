"""Platforms of other systems, built as they are there, on played libraries and tools."""

from __future__ import annotations

import sys
from functools import partial

import pytest

from installer_gui.platforms import macos, windows
from installer_gui.platforms.macos.awake import MacAwake
from installer_gui.platforms.macos.system import MacSystem
from installer_gui.platforms.macos.wifi import MacWiFi
from installer_gui.platforms.windows import dll
from installer_gui.ports.platform import Platform
from installer_gui.ports.unavailable import Reason, Unavailable

from ..platforms.macos.tools import Radio, Tools, frameworks, recorded
from ..platforms.windows.library import Iphlpapi, Wlanapi


class Kernel:
    """What Windows was last told about sleeping."""

    def __init__(self) -> None:
        self.state = 0x80000000
        self.SetThreadExecutionState = partial(self._set)  # on which types can be put, as ctypes does

    def _set(self, state: int) -> int:
        before, self.state = self.state, state
        return before


def on_windows(monkeypatch: pytest.MonkeyPatch) -> Platform:
    played = {"iphlpapi": Iphlpapi(own="127.0.0.1", alive={"127.0.0.1"}), "wlanapi": Wlanapi(), "kernel32": Kernel()}

    def load(name: str) -> object:
        if name not in played:
            raise Unavailable(Reason.UNSUPPORTED, name)
        return played[name]

    monkeypatch.setattr(dll, "load", load)
    return windows.platform()


def on_macos(monkeypatch: pytest.MonkeyPatch) -> Platform:
    if sys.platform == "win32":
        pytest.skip("sockets of macOS cannot be played on Windows")
    tools = Tools(netstat=recorded("netstat"), ipconfig="", scutil=recorded("scutil-dns"), sysctl="MacBookPro18,3\n")
    return Platform(
        "macOS", MacSystem(tools), MacWiFi(frameworks(Radio())), macos.platform().network, awake=MacAwake(("env",))
    )
