"""Answers of Intellon's, Atheros' and Qualcomm's modems (OUI 00:B0:52). Offsets count from the content's begin."""

from __future__ import annotations

from ..domain.powerline import FACTORY_NID
from ..errors import Malformed
from . import homeplug_bodies as bodies
from .octets import Octets

NO_ADDRESS = "ff:ff:ff:ff:ff:ff"
ROLES = ("STA", "PCO", "CCO")
TX, RX, BOTH = 0, 1, 2
_CLASSES = {
    0x01: "INT6000",
    0x02: "INT6300",
    0x03: "INT6400",
    0x04: "AR7400",
    0x05: "AR6405",
    0x20: "QCA7420",
    0x21: "QCA6410",
    0x22: "QCA7000",
    0x30: "QCA7500",
}
_IDENTITIES = {
    0x001B589C: "QCA7000",
    0x001B58DC: "QCA7000",
    0x001B587C: "QCA7005",
    0x001B58AC: "QCA7006AQ",
    0x001B58EC: "QCA6410",
    0x001B58BC: "QCA6411",
    0x001CFC00: "QCA7420",
    0x001CFCFC: "QCA7420",
    0x001D4C00: "QCA7500",
    0x001D4C0F: "QCA7500",
}
_IDENTITY_AT = (257, 132, 68)  # behind a text area of 254, 128 or 64 octets
_REPORT = 72  # octets of a report up to the end of its release


def software_version(octets: Octets, _version: int) -> bodies.SoftwareVersion:
    """VS_SW_VER.CNF. The class does not tell all chips apart; where the chip's identity is known, it does."""
    status, device_class, length = octets.u8(0), octets.u8(1), octets.u8(2)
    firmware = octets.text(3, length)
    chip = None if status else _identity(octets) or _CLASSES.get(device_class)
    return bodies.SoftwareVersion(status, device_class, chip, firmware)


def network_info(octets: Octets, version: int) -> bodies.NetworkInfo:
    """VS_NW_INFO.CNF in its two forms: one octet a rate before message version 1, two since then."""
    if version == 0:
        return bodies.NetworkInfo(_networks_0(octets))
    length = octets.u16(2)
    return bodies.NetworkInfo(_networks_1(Octets(octets.take(4, length))))


def link_statistics(octets: Octets, _version: int) -> bodies.LinkStatistics:
    """VS_LNK_STATS.CNF; a refusal says nothing more."""
    status, direction, lid, tei = (octets.u8(at) for at in range(4))
    tx = _sent(octets) if not status and direction in (TX, BOTH) else None
    rx = _received(octets, 44 if direction == BOTH else 4) if not status and direction in (RX, BOTH) else None
    return bodies.LinkStatistics(status, direction, lid, tei, tx, rx)


def link_status(octets: Octets, _version: int) -> bodies.LinkStatus:
    """VS_PL_LINK_STATUS.CNF."""
    return bodies.LinkStatus(octets.u8(0), octets.u8(1) == 1)


def attributes(octets: Octets, _version: int) -> bodies.Attributes:
    """VS_OP_ATTRIBUTES.CNF."""
    status, cookie, report_type, length = octets.u16(0), octets.u32(2), octets.u8(6), octets.u16(7)
    if status:
        return bodies.Attributes(status, cookie, report_type)
    octets.take(9, length)
    if length < _REPORT:
        raise Malformed(f"a report of {length} octets")
    major, minor, composite, sustaining, build = (octets.u32(at) for at in range(41, 61, 4))
    return bodies.Attributes(
        status,
        cookie,
        report_type,
        hardware=octets.text(9, 16),
        software=octets.text(25, 16),
        major=major,
        minor=minor,
        composite=composite,
        sustaining=sustaining,
        build=build,
        date=octets.text(61, 8),
        release=octets.text(69, 12),
    )


def maker_string(octets: Octets, _version: int) -> bodies.MakerString:
    """VS_MFG_STRING.CNF."""
    return bodies.MakerString(octets.u8(0), octets.text(2, octets.u8(1)))


def role(number: int) -> str | None:
    """None for a number that has no meaning."""
    return ROLES[number] if number < len(ROLES) else None


def _identity(octets: Octets) -> str | None:
    found = (_IDENTITIES.get(octets.u32(at)) for at in _IDENTITY_AT if len(octets) >= at + 4)
    return next(filter(None, found), None)


def _networks_0(octets: Octets) -> tuple[bodies.Network, ...]:
    networks, at = [], 1
    for _ in range(octets.u8(0)):
        head = Octets(octets.take(at, 18))
        count = head.u8(17)
        stations = tuple(_station_0(record) for record in octets.records(at + 18, count, 15))
        networks.append(_network(head.address(0, 7), head, (7, 8, 9, 10, 16), stations))
        at += 18 + 15 * count
    return tuple(networks)


def _networks_1(octets: Octets) -> tuple[bodies.Network, ...]:
    networks, at = [], 2
    for _ in range(octets.u8(1)):
        head = Octets(octets.take(at, 32))
        count = head.u8(26)
        stations = tuple(_station_1(record) for record in octets.records(at + 32, count, 24))
        networks.append(_network(head.address(0, 7), head, (9, 10, 15, 16, 22), stations))
        at += 32 + 24 * count
    return tuple(networks)


def _network(
    nid: str, head: Octets, at: tuple[int, int, int, int, int], stations: tuple[bodies.NetworkStation, ...]
) -> bodies.Network:
    snid, tei, own_role, cco, cco_tei = at
    return bodies.Network(
        nid=nid,
        factory_key=nid == FACTORY_NID,
        snid=head.u8(snid) & 0x0F,
        tei=head.u8(tei),
        role=role(head.u8(own_role)),
        cco_mac=head.address(cco),
        cco_tei=head.u8(cco_tei),
        stations=stations,
    )


def _station_0(record: Octets) -> bodies.NetworkStation:
    return bodies.NetworkStation(record.address(0), record.u8(6), _bda(record, 7), record.u8(13), record.u8(14))


def _station_1(record: Octets) -> bodies.NetworkStation:
    return bodies.NetworkStation(record.address(0), record.u8(6), _bda(record, 10), record.u16(16), record.u16(20))


def _bda(record: Octets, at: int) -> str | None:
    address = record.address(at)
    return None if address == NO_ADDRESS else address


def _sent(octets: Octets) -> bodies.Sent:
    return bodies.Sent(*octets.u64s(4, 5))


def _received(octets: Octets, at: int) -> bodies.Received:
    slots = (bodies.Slot(slot.u8(0), *slot.u64s(1, 4)) for slot in octets.records(at + 49, octets.u8(at + 48), 33))
    acked, failed, ok, bad, turbo_ok, turbo_bad = octets.u64s(at, 6)
    return bodies.Received(acked, failed, ok, bad, turbo_ok, turbo_bad, tuple(slots))
