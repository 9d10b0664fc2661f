"""How a network lets stations in: RSN, WPA and the privacy bit (IEEE 802.11-2020, 9.4.2.24 and 9.4.1.4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..domain.wifi import Pmf, Security

RSN_OUI, WPA_OUI = b"\x00\x0f\xac", b"\x00\x50\xf2"
PRIVACY = 0x10
FOREIGN = -1
_CAPABLE, _REQUIRED = 0x80, 0x40
_TKIP_OR_WEP = (1, 2, 5)
_RSN_AKM = {
    **dict.fromkeys((2, 4, 6, 19, 20), Security.WPA2),
    **dict.fromkeys((8, 9, 24, 25), Security.WPA3),
    18: Security.OWE,
}
_WPA_AKM = {2: Security.WPA}


@dataclass(frozen=True, slots=True)
class Protection:
    """What an RSN or WPA element offers; `weak_cipher` means that there is nothing better than TKIP or WEP."""

    security: frozenset[Security]
    pmf: Pmf = Pmf.NO
    weak_cipher: bool = False


def read_rsn(body: bytes) -> Protection:
    """An RSN element. It may be cut after any field: what is missing means CCMP and 802.1X, never an open network."""
    return _read(body, RSN_OUI, _RSN_AKM, default_cipher=4)


def read_wpa(body: bytes) -> Protection:
    """The body of a WPA element behind its OUI and type; the same fields, with TKIP where nothing is said."""
    return _read(body, WPA_OUI, _WPA_AKM, default_cipher=2)


def _read(body: bytes, oui: bytes, names: dict[int, Security], default_cipher: int) -> Protection:
    rest = body[6:]  # version and group cipher
    ciphers, rest = _suites(rest, oui)
    methods, rest = _suites(rest, oui)
    security = frozenset(names.get(kind, Security.ENTERPRISE) for kind in methods or (FOREIGN,))
    weak = all(kind in _TKIP_OR_WEP for kind in ciphers or (default_cipher,))
    return Protection(security, _pmf(rest), weak)


def _suites(data: bytes, oui: bytes) -> tuple[tuple[int, ...], bytes]:
    """A counted list of suites, FOREIGN for a maker's own, and what follows; a count that does not fit ends it all."""
    end = 2 + 4 * int.from_bytes(data[:2], "little")
    if len(data) < 2 or len(data) < end:
        return (), b""
    return tuple(_kinds(data[2:end], oui)), data[end:]


def _kinds(suites: bytes, oui: bytes) -> Iterator[int]:
    for i in range(0, len(suites), 4):
        yield suites[i + 3] if suites[i : i + 3] == oui else FOREIGN


def _pmf(capabilities: bytes) -> Pmf:
    if len(capabilities) < 2:
        return Pmf.NO
    if capabilities[0] & _REQUIRED:
        return Pmf.REQUIRED
    return Pmf.CAPABLE if capabilities[0] & _CAPABLE else Pmf.NO
