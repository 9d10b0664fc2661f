"""The access points that a played site hears, and what each says of itself (IEEE 802.11-2020, 9.4.2)."""

from __future__ import annotations

import random
from dataclasses import dataclass

from ...domain.wifi import Band, Bss

SITE_SSID = "Laddning"
_OPEN, _WPA2, _WPA3 = b"", bytes((2,)), bytes((8,))  # AKM suites of 00-0F-AC
_RATES_2_4, _RATES_5 = bytes.fromhex("82848b960c121824"), bytes.fromhex("8c129824b048606c")
_MORE_RATES = bytes.fromhex("3048606c")
_HT_CAPABILITIES = bytes.fromhex("0c001bffff") + bytes(21)


@dataclass(frozen=True, slots=True)
class AccessPoint:
    """A radio. `dbm` is its level at the first place; the site's own follow the walk, a neighbour's only waver."""

    ssid: str
    bssid: str
    channel: int
    dbm: int
    akm: bytes = _WPA2
    own: bool = False

    @property
    def band(self) -> Band:
        return Band.B2_4 if self.channel <= 14 else Band.B5

    @property
    def freq_mhz(self) -> int:
        return 2407 + 5 * self.channel if self.band is Band.B2_4 else 5000 + 5 * self.channel

    @property
    def elements(self) -> bytes:
        """SSID, rates, channel, security and 802.11n at 20 MHz."""
        rates = _RATES_2_4 if self.band is Band.B2_4 else _RATES_5
        named = _element(0, self.ssid.encode()) + _element(1, rates) + _element(3, bytes((self.channel,)))
        secured = _element(48, _rsn(self.akm)) if self.akm else b""
        more = _element(50, _MORE_RATES) if self.band is Band.B2_4 else b""
        high = _element(45, _HT_CAPABILITIES) + _element(61, bytes((self.channel,)) + bytes(21))
        return named + secured + more + high

    def heard(self, dbm: int) -> Bss:
        return Bss(
            ssid=self.ssid.encode(),
            bssid=self.bssid,
            freq_mhz=self.freq_mhz,
            dbm=dbm,
            ies=self.elements,
            beacon_ies=self.elements,
            capability=0x0411 if self.akm else 0x0401,
            fresh=True,
            joined=self.own and self.band is Band.B2_4,
        )


ACCESS_POINTS = (
    AccessPoint(SITE_SSID, "00:00:5e:00:53:10", 6, -52, own=True),
    AccessPoint(SITE_SSID, "00:00:5e:00:53:11", 44, -61, own=True),
    AccessPoint("BRF Granen", "00:00:5e:00:53:20", 1, -71),
    AccessPoint("BRF Granen gäst", "00:00:5e:00:53:21", 1, -71, _OPEN),
    AccessPoint("Telia-5E2C", "00:00:5e:00:53:22", 1, -84),
    AccessPoint("Altibox778120", "00:00:5e:00:53:23", 6, -80),
    AccessPoint("Kontor", "00:00:5e:00:53:24", 11, -67, _WPA3),
    AccessPoint("HP-Print-3F", "00:00:5e:00:53:25", 11, -77),
    AccessPoint("ASUS_2G", "00:00:5e:00:53:26", 9, -86),
    AccessPoint("BRF Granen", "00:00:5e:00:53:27", 36, -74),
)


def heard(own_dbm: int, sweep: int, band: Band | None) -> tuple[Bss, ...]:
    """One sweep at a place where the site's own network has `own_dbm`; the same sweep always hears the same."""
    chance = random.Random(sweep * 1000 - own_dbm)  # noqa: S311 - repeatable on purpose, nothing secret
    found = []
    for point in ACCESS_POINTS:
        wavering = round(chance.gauss(0, 0.8 if point.own else 2.0))
        level = point.dbm + (own_dbm - ACCESS_POINTS[0].dbm if point.own else 0) + wavering
        if band in (None, point.band):
            found.append(point.heard(level))
    return tuple(found)


def _element(kind: int, body: bytes) -> bytes:
    return bytes((kind, len(body))) + body


def _rsn(akm: bytes) -> bytes:
    """Version 1, CCMP for all, the one key management; WPA3 requires protected management frames."""
    suite = bytes.fromhex("000fac")
    capabilities = b"\xc0\x00" if akm == _WPA3 else b"\x00\x00"
    return b"\x01\x00" + suite + b"\x04\x01\x00" + suite + b"\x04\x01\x00" + suite + akm + capabilities
