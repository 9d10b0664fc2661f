"""What a radio heard."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Security(StrEnum):
    """How a network lets stations in; one network may offer several."""

    OPEN = "open"
    OWE = "owe"
    WEP = "wep"
    WPA = "wpa-psk"
    WPA2 = "wpa2-psk"
    WPA3 = "wpa3-sae"
    ENTERPRISE = "enterprise"


class Pmf(StrEnum):
    """Protected management frames: whether a network offers them, or takes no station without."""

    NO = "no"
    CAPABLE = "capable"
    REQUIRED = "required"


class Band(StrEnum):
    """Frequency band in GHz."""

    B2_4 = "2.4"
    B5 = "5"
    B6 = "6"


@dataclass(frozen=True, slots=True)
class Bss:
    """One access point's radio as an operating system lists it, before its elements are read.

    `seen_s` is the age in seconds when the list was made; `fresh` says that it was heard after this scan began.
    `dbm` is an estimate when the system knows only a percentage. `joined`: this computer is connected through it.
    """

    ssid: bytes
    bssid: str | None
    freq_mhz: int
    dbm: int
    ies: bytes = b""
    beacon_ies: bytes = b""
    capability: int | None = None
    age_s: float = 0.0
    fresh: bool = False
    dbm_is_estimate: bool = False
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Network:
    """A radio with its elements read: what screens, checks and papers speak of.

    `channel` is the primary one; `secondary` says where the other half of a 40 MHz channel lies: 1 above, -1 below.
    `weak_cipher`: nothing better than TKIP or WEP. `excludes_bgn`: stations with b, g and n alone are not let in.
    `load`: stations on it and how busy its channel is in percent, as it says itself.
    """

    ssid: str
    ssid_bytes: bytes
    bssid: str | None
    frequency_mhz: int
    channel: int
    band: Band
    rssi_dbm: int
    width_mhz: int = 20
    secondary: int = 0
    standards: tuple[str, ...] = ()
    security: tuple[Security, ...] = ()
    pmf: Pmf = Pmf.NO
    weak_cipher: bool = False
    hidden: bool = False
    fresh: bool = False
    age_s: float = 0.0
    estimated: bool = False
    joined: bool = False
    announced_channel: int | None = None
    excludes_bgn: bool = False
    country: str = ""
    load: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """One sweep at a station: the level then, None when the access point was not heard."""

    rssi_dbm: int | None
    at: str
