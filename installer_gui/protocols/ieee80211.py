"""What an access point says of itself: from a BSS as the system lists it to a Network (IEEE 802.11-2020, 9.4.2).

Sans-IO, and made for hostile bytes: nothing here raises, an element that is too short is as if absent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..domain.wifi import Band, Bss, Network, Security
from .elements import Elements
from .rsn import PRIVACY, Protection, read_rsn, read_wpa

SSID, RATES, DS, COUNTRY, BSS_LOAD, CHANNEL_SWITCH, HT, RSN = 0, 1, 3, 7, 11, 37, 45, 48
MORE_RATES, EXTENDED_SWITCH, HT_OPERATION, VHT, VHT_OPERATION = 50, 60, 61, 191, 192
HE, HE_OPERATION, EHT = 256 + 35, 256 + 36, 256 + 108
WPA, OWE_TRANSITION = b"\x00\x50\xf2\x01", b"\x50\x6f\x9a\x1c"
LONGEST_SSID = 32

_B_RATES, _OFDM_RATES = {2, 4, 11, 22}, {12, 18, 24, 36, 48, 72, 96, 108}  # 0.5 Mbit/s
_NOT_RATES = {0xFF, 0xFE, 0xFB, 0xFA, 0xF9}  # membership selectors: HT, VHT, SAE, HE, EHT required
_SHUTS_OUT_BGN = {0xFE, 0xFA, 0xF9}


def networks(found: Iterable[Bss]) -> tuple[Network, ...]:
    """Read every BSS; one row for each access point and channel, strongest first."""
    return merged(map(read, found))


def merged(rows: Iterable[Network]) -> tuple[Network, ...]:
    """One row for each access point and channel, the newest that there is, strongest first."""
    best: dict[object, Network] = {}
    for i, row in enumerate(rows):
        key: object = (row.bssid, row.channel, row.band) if row.bssid else i
        best[key] = _newer(best[key], row) if key in best else row
    return tuple(sorted(best.values(), key=lambda n: -n.rssi_dbm))


def read(bss: Bss) -> Network:
    """Read one BSS. The probe response goes before the beacon, except for what only a beacon tells truly."""
    said = Elements(bss.ies, bss.beacon_ies)
    band = band_of(bss.freq_mhz)
    channel = _channel(said, band, bss.freq_mhz)
    width, secondary = _width(said, band)
    protection = _protection(said, bss.capability)
    name = (bss.ssid if bss.ssid.strip(b"\0") else None) or ssid(bss.ies) or ssid(bss.beacon_ies)
    return Network(
        ssid=name.decode(errors="replace"),
        ssid_bytes=name,
        bssid=bss.bssid,
        frequency_mhz=_frequency(bss.freq_mhz, channel, band),
        channel=channel,
        band=band,
        rssi_dbm=bss.dbm,
        width_mhz=width,
        secondary=secondary,
        standards=_standards(said, band),
        security=tuple(sorted(protection.security, key=list(Security).index)),
        pmf=protection.pmf,
        weak_cipher=protection.weak_cipher,
        hidden=_hidden(bss),
        fresh=bss.fresh,
        age_s=bss.age_s,
        estimated=bss.dbm_is_estimate,
        joined=bss.joined,
        announced_channel=_announced(bss),
        excludes_bgn=any(rate in _SHUTS_OUT_BGN for rate in _rates(said)),
        country=_country(said),
        load=_load(said),
    )


def ssid(frame: bytes) -> bytes:
    """The name in a frame's elements; b"" where there is none, or only zeros as hidden networks send."""
    body = Elements(frame).body(SSID) or b""
    return body if body.strip(b"\0") and len(body) <= LONGEST_SSID else b""


def band_of(mhz: int) -> Band:
    """The band of a frequency."""
    if mhz < 3000:
        return Band.B2_4
    return Band.B5 if mhz < 5925 else Band.B6


def channel_of(mhz: int) -> int:
    """The channel number of a frequency in its band."""
    match band_of(mhz):
        case Band.B2_4:
            return 14 if mhz == 2484 else (mhz - 2407) // 5
        case Band.B5:
            return (mhz - 5000) // 5
        case Band.B6:
            return (mhz - 5950) // 5


def _frequency(heard_mhz: int, channel: int, band: Band) -> int:
    """A beacon in 2.4 GHz is also heard on channels beside its own: the frequency is that of the channel it names."""
    if band is not Band.B2_4 or channel == channel_of(heard_mhz):
        return heard_mhz
    return 2484 if channel == 14 else 2407 + 5 * channel


def _channel(said: Elements, band: Band, mhz: int) -> int:
    heard = channel_of(mhz)
    possible = range(1, 15) if band is Band.B2_4 else range(heard, heard + 1)
    operation, ds = said.body(HT_OPERATION, 22), said.body(DS, 1)
    return next((body[0] for body in (operation, ds) if body and body[0] in possible), heard)


def _width(said: Elements, band: Band) -> tuple[int, int]:
    """The channel's width in MHz, and where the other half of 40 MHz lies."""
    operation = said.body(HT_OPERATION, 22) or bytes(2)
    secondary = {1: 1, 3: -1}.get(operation[1] & 3, 0) if operation[1] & 4 else 0
    width = 40 if secondary else 20
    if band is Band.B2_4:
        return width, secondary
    return _wide(said, band) or width, secondary


def _wide(said: Elements, band: Band) -> int:
    """The width that VHT Operation, or HE Operation in 6 GHz, gives; 0 where it leaves it to HT."""
    if band is Band.B6:
        return _six_ghz(said.body(HE_OPERATION, 6) or b"")
    kind, first, second = (said.body(VHT_OPERATION, 5) or bytes(3))[:3]
    if kind == 1:
        return 160 if second and abs(second - first) in (8, 16) else 80
    return 160 if kind in (2, 3) else 0


def _six_ghz(operation: bytes) -> int:
    """Behind three bytes of parameters, colour and rates lie VHT (3), co-hosting (1) and the 6 GHz fields (5)."""
    flags = int.from_bytes(operation[:3], "little")
    at = 6 + 3 * bool(flags & 1 << 14) + bool(flags & 1 << 15)
    if not flags & 1 << 17 or len(operation) < at + 5:
        return 0
    return (20, 40, 80, 160)[operation[at + 1] & 3]


def _rates(said: Elements) -> bytes:
    return (said.body(RATES) or b"") + (said.body(MORE_RATES) or b"")


def _standards(said: Elements, band: Band) -> tuple[str, ...]:
    rates = {rate & 0x7F for rate in _rates(said) if rate not in _NOT_RATES}
    ofdm = bool(rates & _OFDM_RATES)
    spoken = {
        "b": band is Band.B2_4 and bool(rates & _B_RATES),
        "g": band is Band.B2_4 and ofdm,
        "a": band is not Band.B2_4 and ofdm,
        "n": said.body(HT, 26) is not None,
        "ac": said.body(VHT, 12) is not None,
        "ax": said.body(HE, 21) is not None,
        "be": said.body(EHT, 11) is not None,
    }
    return tuple(name for name, found in spoken.items() if found)


def _protection(said: Elements, capability: int | None) -> Protection:
    rsn, wpa = said.body(RSN), said.vendor(WPA)
    offers = [read_rsn(rsn)] if rsn is not None else []
    offers += [read_wpa(wpa)] if wpa is not None else []
    if not offers:
        return _unprotected(said, capability)
    kinds = frozenset[Security]().union(*(offer.security for offer in offers))
    return Protection(kinds, offers[0].pmf, all(offer.weak_cipher for offer in offers))


def _unprotected(said: Elements, capability: int | None) -> Protection:
    if capability is None and not said:
        return Protection(frozenset())  # the system told nothing, so nothing is known
    if capability is not None and capability & PRIVACY:
        return Protection(frozenset({Security.WEP}), weak_cipher=True)
    twin = {Security.OWE} if said.vendor(OWE_TRANSITION) is not None else set()
    return Protection(frozenset({Security.OPEN} | twin))


def _hidden(bss: Bss) -> bool:
    """Hidden is what the beacon keeps silent about; a probe response may carry the name."""
    body = Elements(bss.beacon_ies or bss.ies).body(SSID)
    return body is not None and not body.strip(b"\0")


def _announced(bss: Bss) -> int | None:
    """The channel that the access point is about to move to. The announcement stands in beacons."""
    said = Elements(bss.beacon_ies, bss.ies)
    if switch := said.body(CHANNEL_SWITCH, 3):
        return switch[1]
    extended = said.body(EXTENDED_SWITCH, 4)
    return extended[2] if extended else None


def _country(said: Elements) -> str:
    body = said.body(COUNTRY, 3) or b""
    return body[:2].decode("ascii", "replace") if body[:2].isalpha() else ""


def _load(said: Elements) -> tuple[int, int] | None:
    body = said.body(BSS_LOAD, 5)
    return None if body is None else (int.from_bytes(body[:2], "little"), round(body[2] * 100 / 255))


def _newer(one: Network, other: Network) -> Network:
    """Two rows for one access point, as a directed probe leaves behind: the newer one, with the name of either."""
    newer, older = (one, other) if (one.fresh, -one.age_s) >= (other.fresh, -other.age_s) else (other, one)
    named = newer if newer.ssid_bytes else older
    return replace(
        newer,
        ssid=named.ssid,
        ssid_bytes=named.ssid_bytes,
        hidden=one.hidden or other.hidden,
        joined=one.joined or other.joined,
        announced_channel=newer.announced_channel or older.announced_channel,
    )
