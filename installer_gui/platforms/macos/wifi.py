"""The radio on macOS, by CoreWLAN: what a sweep returns is what was heard in it.

The list of earlier sweeps that the system keeps (cachedScanResults) is of the place before, and never used. Without the
location permission levels and channels come without names: such rows tell how crowded the air is, and nothing else.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from ...domain.wifi import Band, Bss
from ...ports.unavailable import Reason, Unavailable
from ...ports.wifi import Adapter, Scan
from ...protocols import ieee80211
from ...protocols.rsn import PRIVACY
from ..threads import apart
from . import frameworks
from .frameworks import Frameworks
from .location import Permission

BACKEND = "CoreWLAN"
LIMIT_S = 15.0  # for one sweep; it takes five to seven seconds
OPEN, WEP = 0, 1  # CWSecurity
BANDS = {1: Band.B2_4, 2: Band.B5, 3: Band.B6}  # CWChannelBand
REASONS = {  # CWErr, and errno where the driver itself refuses
    -3905: Reason.TIMEOUT,
    -3930: Reason.PERMISSION_DENIED,
    -3903: Reason.UNSUPPORTED,
    1: Reason.PERMISSION_DENIED,
    16: Reason.BUSY,
    82: Reason.RADIO_OFF,
}


class MacWiFi:
    """Implements `ports.wifi.WiFi`."""

    def __init__(self, load: Callable[[], Frameworks] = frameworks.load) -> None:
        self._load = load
        self._loaded: tuple[Frameworks, Permission] | None = None
        self._locks: dict[str, asyncio.Lock] = {}

    def adapters(self) -> tuple[Adapter, ...]:
        """Those that are switched on first. Raises Unavailable(UNSUPPORTED) without the bridge to the frameworks."""
        radios = sorted(self._radios(), key=lambda radio: not radio.powerOn())
        return tuple(Adapter(str(radio.interfaceName()), "", BACKEND) for radio in radios)

    async def scan(self, adapter: str, band: Band | None = Band.B2_4, ssids: Sequence[bytes] = ()) -> Scan:
        async with self._locks.setdefault(adapter, asyncio.Lock()):
            radio = self._radio(adapter)
            _, permission = self._bridge()
            await permission.ask()
            started = time.monotonic()
            sweeps = [await self._sweep(radio, ssid) for ssid in (None, *ssids)]
            found = tuple(bss for sweep in sweeps for bss in sweep)
            wanted = tuple(bss for bss in found if band is None or ieee80211.band_of(bss.freq_mhz) is band)
            return Scan(wanted, BACKEND, round(time.monotonic() - started, 3))

    async def _sweep(self, radio: Any, ssid: bytes | None) -> tuple[Bss, ...]:
        try:
            async with asyncio.timeout(LIMIT_S):
                return await apart(partial(self._heard, radio, ssid))
        except TimeoutError:
            raise Unavailable(Reason.TIMEOUT, f"{LIMIT_S:g} s") from None

    def _heard(self, radio: Any, ssid: bytes | None) -> tuple[Bss, ...]:
        """Blocks for seconds. Results count even where an error comes with them: the sweep took place."""
        bridge, _ = self._bridge()
        with bridge.pool():
            name = bridge.data(ssid) if ssid else None
            networks, error = radio.scanForNetworksWithSSID_includeHidden_error_(name, True, None)
            if not networks and error is not None:
                raise _unavailable(error)
            joined = radio.bssid()
            return tuple(_rows(networks or (), _mac(joined) if joined else ""))

    def _radio(self, adapter: str) -> Any:
        radio = next((r for r in self._radios() if r.interfaceName() == adapter), None)
        if radio is None:
            raise Unavailable(Reason.NO_ADAPTER, adapter)
        if not radio.powerOn():
            raise Unavailable(Reason.RADIO_OFF, adapter)
        return radio

    def _radios(self) -> list[Any]:
        bridge, _ = self._bridge()
        return list(bridge.wlan.CWWiFiClient.sharedWiFiClient().interfaces() or ())

    def _bridge(self) -> tuple[Frameworks, Permission]:
        if self._loaded is None:
            loaded = self._load()
            self._loaded = loaded, Permission(loaded)
        return self._loaded


def _unavailable(error: Any) -> Unavailable:
    code = int(error.code())
    return Unavailable(REASONS.get(code, Reason.DRIVER_ERROR), f"{error.domain()} {code}")


def _rows(networks: Any, joined: str) -> Iterator[Bss]:
    for network in networks:
        channel = network.wlanChannel()
        if channel is not None:
            bssid = _mac(network.bssid()) if network.bssid() else None
            yield Bss(
                ssid=_octets(network.ssidData()),
                bssid=bssid,
                freq_mhz=_frequency(int(channel.channelNumber()), int(channel.channelBand())),
                dbm=int(network.rssiValue()),
                ies=_octets(network.informationElementData()),
                capability=_capability(network),
                fresh=True,
                joined=bool(joined) and bssid == joined,
            )


def _capability(network: Any) -> int | None:
    """The one bit of the field that macOS tells: whether a network without WPA is open or WEP."""
    if network.supportsSecurity_(WEP):
        return PRIVACY
    return 0 if network.supportsSecurity_(OPEN) else None


def _frequency(number: int, band: int) -> int:
    match BANDS.get(band, Band.B2_4 if number <= 14 else Band.B5):
        case Band.B2_4:
            return 2484 if number == 14 else 2407 + 5 * number
        case Band.B5:
            return 5000 + 5 * number
        case Band.B6:
            return 5950 + 5 * number


def _octets(data: Any) -> bytes:
    return bytes(data) if data is not None else b""


def _mac(text: str) -> str:
    """Some versions leave out leading zeros."""
    return ":".join(part.zfill(2) for part in str(text).lower().split(":"))
