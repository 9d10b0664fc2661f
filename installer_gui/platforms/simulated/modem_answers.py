"""The contents of a powerline modem's answers, put together by hand.

Not by the product's codec, so that one can be tried against the other; layouts as in `protocols.homeplug`'s sources.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

EVERYBODY = bytes((0xFF,)) * 6
CCO = 2
# class and identity; chips before QCA have a shorter text area and none
CHIPS: Mapping[str, tuple[int, int | None]] = {
    "INT6400": (0x03, None),
    "QCA7000": (0x22, 0x001B58DC),
    "QCA7005": (0x22, 0x001B587C),
    "QCA7420": (0x20, 0x001CFCFC),
    "QCA7500": (0x30, 0x001D4C0F),
}


@dataclass(frozen=True, slots=True)
class Station:
    """A station of the gateway's network. `answered` of 20 questions get an answer, `slow_s` after the usual time.

    `bda` is the address behind it, "" for none that is known.
    """

    mac: str
    tei: int
    bda: str = ""
    tx: int = 9
    rx: int = 9
    chip: str = "QCA7005"
    firmware: str = "MAC-QCA7005-1.2.5.3207-00-20180927-CS"
    answered: int = 20
    slow_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Heard:
    """A neighbour's network, and its stations (MAC, TEI)."""

    nid: str
    snid: int
    stations: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Network:
    """A gateway, its network and the neighbours. `spoilt` of 1000 blocks on the mains are. No `nid`: joined none."""

    mac: str
    nid: str = "5a:01:02:03:04:05:06"
    snid: int = 5
    stations: tuple[Station, ...] = ()
    neighbours: tuple[Heard, ...] = ()
    chip: str = "QCA7420"
    firmware: str = "MAC-QCA7420-1.4.0.20-00-20171027-CS"
    maker: str = "PLAYED DIN PLC MODULE"
    spoilt: int = 2


def software_version(chip: str, firmware: str, status: int = 0) -> bytes:
    """The content of VS_SW_VER.CNF, with what lies behind the text in real ones."""
    kind, identity = CHIPS[chip]
    head = struct.pack("<3B", status, kind, len(firmware) + 1)
    if identity is None:
        return head + firmware.encode().ljust(64, b"\0") + b"\0"
    return head + (firmware.encode() + b"\0\xcc\xcc").ljust(254, b"\0") + struct.pack("<IIxx", identity, 0)


def stations_1(network: Network) -> bytes:
    if not network.nid:
        return struct.pack("<BBHBB", 0, 0, 2, 0, 0)
    numbers = network.snid, 1, CCO, octets(network.mac), 1, len(network.stations)
    own = struct.pack("<7s2xBB4xB6sB3xB5x", octets(network.nid), *numbers)
    rows = (
        struct.pack("<6sB3x6sHBxHxx", octets(s.mac), s.tei, octets(s.bda) or EVERYBODY, s.tx, 0, s.rx)
        for s in network.stations
    )
    data = bytes((0, 1)) + own + b"".join(rows)
    return struct.pack("<BBH", 0, 0, len(data)) + data


def stations_0(network: Network) -> bytes:
    if not network.nid:
        return b"\0"
    own = struct.pack(
        "<7sBBB6sBB", octets(network.nid), network.snid, 1, CCO, octets(network.mac), 1, len(network.stations)
    )
    rows = (
        struct.pack("<6sB6sBB", octets(s.mac), s.tei, octets(s.bda) or EVERYBODY, min(s.tx, 255), min(s.rx, 255))
        for s in network.stations
    )
    return b"\x01" + own + b"".join(rows)


def heard(network: Network) -> bytes:
    near = [struct.pack("<6s6B", octets(s.mac), s.tei, 1, network.snid, 0, 2, 0) for s in network.stations]
    far = [
        struct.pack("<6s6B", octets(mac), tei, 0, other.snid, 0x20 if tei == 1 else 0, 9, 0)
        for other in network.neighbours
        for mac, tei in other.stations
    ]
    nets = [(network.nid, network.snid)] if network.nid else []
    nets += [(other.nid, other.snid) for other in network.neighbours]
    told = [struct.pack("<7sBBBBH", octets(nid), snid, 1, 1, 0, 0) for nid, snid in nets]
    return bytes((len(near + far),)) + b"".join(near + far) + bytes((len(told),)) + b"".join(told)


def membership(network: Network) -> bytes:
    own = (
        struct.pack("<7s3B6sBB", octets(network.nid), network.snid, 1, CCO, octets(network.mac), 0, 0)
        if network.nid
        else b""
    )
    return bytes((1 if own else 0,)) + own


def rates(network: Network) -> bytes:
    rows = (struct.pack("<6sBB", octets(s.mac), min(s.tx, 255), min(s.rx, 255)) for s in network.stations)
    return bytes((len(network.stations),)) + b"".join(rows)


def attributes(network: Network) -> bytes:
    numbers = struct.pack("<16s16s5I", network.chip.encode(), b"MAC", 1, 4, 0, 0, 20)
    return struct.pack("<HIBH", 0, 0, 0, 118) + (numbers + b"20171027CS").ljust(118, b"\0")


def counters(network: Network, blocks: int) -> bytes:
    """Of all links, both ways, when so many blocks have passed in each."""
    bad = blocks * network.spoilt // 1000
    sent = struct.pack("<5Q", blocks, 12, 0, blocks, bad)
    return bytes((0, 2, 0xFC, 2)) + sent + struct.pack("<6QB", blocks, 0, blocks, bad, 0, 0, 0)


def octets(text: str) -> bytes:
    return bytes.fromhex(text.replace(":", ""))
