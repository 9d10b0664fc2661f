"""The radio on Linux: a sweep is made, then the kernel's own list is read.

A list alone proves nothing: the kernel keeps what it heard for half a minute, also from the place before. So it is
read only after a sweep that verifiably took place, and every entry is told fresh or old.
"""

from __future__ import annotations

import asyncio
import socket
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

assert not TYPE_CHECKING or sys.platform == "linux"  # a type checker for another system stops here

from ...domain.wifi import Band, Bss
from ...ports.unavailable import Reason, Unavailable
from ...ports.wifi import Adapter, Scan
from ...protocols.ieee80211 import band_of
from .. import process
from . import networkmanager, nl80211
from .genetlink import Channel
from .helper import Helper
from .sweep import Sweep, perform, unavailable

LIMIT_S = 15.0
IFF_UP = 0x1


class LinuxWiFi:
    """Implements `ports.wifi.WiFi`; `root` is where /sys is found."""

    def __init__(self, helper: Helper, run: networkmanager.Run = process.run_async, root: Path = Path("/")) -> None:
        self._helper = helper
        self._run = run
        self._net = root / "sys/class/net"
        self._locks: dict[str, asyncio.Lock] = {}

    def adapters(self) -> tuple[Adapter, ...]:
        """Those in station mode, connected ones first. Raises Unavailable."""
        names = [path.parent.name for path in self._net.glob("*/phy80211") if not path.parent.name.startswith("p2p-")]
        if not names:
            return ()
        try:
            with Channel("nl80211") as channel:
                found = [name for name in names if self._is_station(channel, name)]
        except OSError as error:
            raise unavailable(error) from None
        found.sort(key=lambda name: (self._read(name, "operstate") != "up", not self._is_up(name), name))
        return tuple(Adapter(name, self._driver(name), "nl80211") for name in found)

    async def scan(self, adapter: str, band: Band | None = Band.B2_4, ssids: Sequence[bytes] = ()) -> Scan:
        async with self._locks.setdefault(adapter, asyncio.Lock()):
            started = time.monotonic()
            try:
                async with asyncio.timeout(LIMIT_S):
                    found, backend = await self._scan(adapter, band, tuple(ssids))
            except TimeoutError:
                raise Unavailable(Reason.TIMEOUT, f"{LIMIT_S:g} s") from None
            except OSError as error:
                raise unavailable(error) from None
            return Scan(found, backend, round(time.monotonic() - started, 3))

    async def _scan(self, adapter: str, band: Band | None, ssids: tuple[bytes, ...]) -> tuple[tuple[Bss, ...], str]:
        index = self._index(adapter)
        if self._is_off(adapter):
            raise Unavailable(Reason.RADIO_OFF, adapter)
        with Channel("nl80211") as channel, nl80211.Events(channel, index) as events:
            since_ns = time.clock_gettime_ns(time.CLOCK_BOOTTIME)
            backend = await perform(Sweep(adapter, index, band, ssids, channel, events), self._run, self._helper)
            found = await asyncio.to_thread(nl80211.dump, channel, index, since_ns)
        return tuple(bss for bss in found if band is None or band_of(bss.freq_mhz) is band), backend

    def _index(self, adapter: str) -> int:
        if not (self._net / adapter / "phy80211").exists():
            raise Unavailable(Reason.NO_ADAPTER, adapter)
        return socket.if_nametoindex(adapter)

    def _is_station(self, channel: Channel, name: str) -> bool:
        """Whether it can sweep; an adapter that was pulled out just now cannot."""
        try:
            return nl80211.is_station(channel, socket.if_nametoindex(name))
        except OSError:
            return False

    def _is_off(self, adapter: str) -> bool:
        switches = (self._net / adapter / "phy80211").glob("rfkill*/*")
        blocked = any(s.name in ("soft", "hard") and self._text(s) == "1" for s in switches)
        return blocked or not self._is_up(adapter)

    def _is_up(self, adapter: str) -> bool:
        return bool(int(self._read(adapter, "flags") or "0", 16) & IFF_UP)

    def _driver(self, adapter: str) -> str:
        driver = self._net / adapter / "device" / "driver"
        return driver.resolve().name if driver.exists() else ""

    def _read(self, adapter: str, name: str) -> str:
        return self._text(self._net / adapter / name)

    @staticmethod
    def _text(path: Path) -> str:
        try:
            return path.read_text().strip()
        except OSError:
            return ""
