"""The radio on Windows: a sweep is asked for, its end waited for, then the service's list is read.

A list alone proves nothing: it also holds what was heard at the place before (see freshness.py). Names are withheld
from programs without the location permission, which is a reason of its own and never an empty air.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import time
import uuid
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from ...domain.wifi import Band, Bss
from ...ports.unavailable import Reason, Unavailable
from ...ports.wifi import Adapter, Scan
from ...protocols import ieee80211
from ..threads import apart
from . import dll, freshness, iphlpapi, wlanapi
from .freshness import Heard, Sweep
from .wlanapi import Radio, Wlan, WlanError

T = TypeVar("T")
BACKEND = "wlanapi"
LIMIT_S = 15.0
PATIENCE_S = (4.0, 3.0)  # drivers must be done in four seconds (Windows' logo); the rest is for those that are not
SETTLE_S = 1.0  # the list may be refreshed several times before the end is told
POLL_S = 0.05
STARTING_S = 0.5
BUSY, GONE = 5023, (6, 1168)
REASONS = {
    5: Reason.PERMISSION_DENIED,
    50: Reason.SERVICE_STOPPED,
    1058: Reason.SERVICE_STOPPED,
    1062: Reason.SERVICE_STOPPED,
    0x80342002: Reason.RADIO_OFF,
    6: Reason.NO_ADAPTER,
    1168: Reason.NO_ADAPTER,
    5023: Reason.BUSY,
    120: Reason.UNSUPPORTED,
}


class WindowsWiFi:
    """Implements `ports.wifi.WiFi`; the handle to the service is kept for the program's life."""

    def __init__(
        self,
        load: Callable[[str], Any] | None = None,
        adapters: Callable[[], tuple[iphlpapi.Adapter, ...]] = lambda: iphlpapi.IpHelper().adapters(),
        uptime: Callable[[], int] = freshness.uptime,
    ) -> None:
        self._load, self._adapters, self._uptime = load or dll.load, adapters, uptime
        self._wlan: Wlan | None = None
        self._locks: dict[str, asyncio.Lock] = {}

    def adapters(self) -> tuple[Adapter, ...]:
        """Connected ones first. Raises Unavailable."""
        names = self._names()
        radios = sorted(self._ask(Wlan.radios), key=lambda radio: not radio.connected)
        return tuple(Adapter(_name(radio, names), radio.description, BACKEND) for radio in radios)

    async def scan(self, adapter: str, band: Band | None = Band.B2_4, ssids: Sequence[bytes] = ()) -> Scan:
        async with self._locks.setdefault(adapter, asyncio.Lock()):
            started = time.monotonic()
            try:
                async with asyncio.timeout(LIMIT_S):
                    guid = await apart(partial(self._guid, adapter))
                    heard = await self._sweep(guid, ssids)
                    joined = await apart(partial(self._joined, guid))
            except TimeoutError:
                raise Unavailable(Reason.TIMEOUT, f"{LIMIT_S:g} s") from None
            found = tuple(_bss(h, joined) for h in heard)
            wanted = tuple(bss for bss in found if band is None or ieee80211.band_of(bss.freq_mhz) is band)
            return Scan(wanted, BACKEND, round(time.monotonic() - started, 3))

    def close(self) -> None:
        """Give the handle back; the next question opens another."""
        wlan, self._wlan = self._wlan, None
        if wlan is not None:
            atexit.unregister(self.close)
            wlan.close()

    async def _sweep(self, guid: bytes, ssids: Sequence[bytes]) -> tuple[Heard, ...]:
        """Everything in the list after a sweep that ended, or of which at least some entries are fresh."""
        before = await apart(partial(self._list, guid))
        sweep = Sweep(before, freshness.now() - self._uptime(), freshness.now())
        looks = [await self._look(guid, ssid, sweep) for ssid in (None, *ssids)]
        ended, heard = looks[-1]
        if any(h.fresh for h in heard):
            return heard
        if ended is None:
            raise Unavailable(Reason.TIMEOUT, "no end of the sweep was told, and nothing was heard")
        if ended == wlanapi.SCAN_FAIL:
            raise Unavailable(Reason.DRIVER_ERROR, "the sweep failed")
        if heard and all(h.fresh is None for h in heard):
            raise Unavailable(Reason.DRIVER_ERROR, "the driver does not tell when it heard what it lists")
        return heard

    async def _look(self, guid: bytes, ssid: bytes | None, sweep: Sweep) -> tuple[int | None, tuple[Heard, ...]]:
        """How it ended, and the list then; where no end is told the list is read all the same."""
        await apart(partial(self._ask, lambda wlan: wlan.scan(guid, ssid)))
        ended, heard = None, tuple[Heard, ...]()
        for patience_s in PATIENCE_S:
            ended = await self._end(guid, patience_s)
            listed = await apart(partial(self._list, guid))
            heard = tuple(sweep.weigh(row, freshness.now()) for row in listed)
            if ended is not None or any(h.fresh for h in heard):
                break
        return ended, heard

    async def _end(self, guid: bytes, patience_s: float) -> int | None:
        """What the service told of the end of the sweep, None when it told nothing."""
        told, limit = None, time.monotonic() + patience_s
        while time.monotonic() < limit:
            match self._ask(lambda wlan: wlan.told(guid)):
                case None:
                    await asyncio.sleep(POLL_S)
                case wlanapi.SCAN_LIST_REFRESH:
                    told, limit = wlanapi.SCAN_LIST_REFRESH, min(limit, time.monotonic() + SETTLE_S)
                case end:
                    return end
        return told

    def _list(self, guid: bytes) -> tuple[wlanapi.Row, ...]:
        return tuple(wlanapi.rows(self._ask(lambda wlan: wlan.bss_list(guid))))

    def _joined(self, guid: bytes) -> str:
        """The access point that the adapter is connected to, "" for none or none that we may know."""
        with contextlib.suppress(Unavailable):
            return self._ask(lambda wlan: wlan.joined(guid))
        return ""

    def _guid(self, adapter: str) -> bytes:
        names = self._names()
        for radio in self._ask(Wlan.radios):
            if _name(radio, names) == adapter:
                return radio.guid
        raise Unavailable(Reason.NO_ADAPTER, adapter)

    def _names(self) -> dict[str, str]:
        """GUID -> the name that Windows shows, by which interfaces are called elsewhere."""
        with contextlib.suppress(Unavailable):
            return {adapter.guid.strip("{}").lower(): adapter.name for adapter in self._adapters()}
        return {}

    def _ask(self, question: Callable[[Wlan], T]) -> T:
        """The service's answer; asked again where it was restarted or the adapter is starting. Raises Unavailable."""
        try:
            return question(self._open())
        except WlanError as error:
            if error.code in GONE:
                self.close()
            elif error.code == BUSY:
                time.sleep(STARTING_S)
            else:
                raise _unavailable(error) from error
        try:
            return question(self._open())
        except WlanError as error:
            raise _unavailable(error) from error

    def _open(self) -> Wlan:
        if self._wlan is None:
            self._wlan = Wlan(self._load("wlanapi"))
            atexit.register(self.close)
        return self._wlan


def _unavailable(error: WlanError) -> Unavailable:
    return Unavailable(REASONS.get(error.code, Reason.DRIVER_ERROR), str(error))


def _name(radio: Radio, names: dict[str, str]) -> str:
    return names.get(str(uuid.UUID(bytes_le=radio.guid))) or radio.description


def _bss(heard: Heard, joined: str) -> Bss:
    """Beacon and probe response come as one."""
    row = heard.row
    return Bss(
        ssid=row.ssid,
        bssid=row.bssid,
        freq_mhz=round(row.khz / 1000),
        dbm=row.dbm,
        ies=row.elements,
        capability=row.capability,
        age_s=max(0.0, round(heard.age_s, 3)),
        fresh=bool(heard.fresh),
        joined=row.bssid == joined,
    )
