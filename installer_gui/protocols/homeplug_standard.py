"""Answers that every HomePlug AV modem knows. Offsets count from the content's begin."""

from __future__ import annotations

from . import homeplug_bodies as bodies
from .homeplug_qualcomm import role
from .octets import Octets

SHORT_RATES, LONG_RATES = 8, 10  # octets of a record in CM_NW_STATS: HomePlug AV 1.1, and AV2
_RATE = 0x07FF


def discover_list(octets: Octets, _version: int) -> bodies.DiscoverList:
    """CC_DISCOVER_LIST.CNF."""
    count = octets.u8(0)
    stations = tuple(map(_heard_station, octets.records(1, count, 12)))
    networks_at = 1 + 12 * count
    networks = tuple(map(_heard_network, octets.records(networks_at + 1, octets.u8(networks_at), 13)))
    return bodies.DiscoverList(stations, networks)


def bridge_info(octets: Octets, _version: int) -> bodies.BridgeInfo:
    """CM_BRG_INFO.CNF."""
    if not octets.u8(0):
        return bodies.BridgeInfo(bridging=False, tei=None, macs=())
    macs = tuple(record.address(0) for record in octets.records(3, octets.u8(2), 6))
    return bodies.BridgeInfo(bridging=True, tei=octets.u8(1), macs=macs)


def capabilities(octets: Octets, _version: int) -> bodies.Capabilities:
    """CM_STA_CAP.CNF."""
    return bodies.Capabilities(
        av_version=octets.u8(0),
        mac=octets.address(1),
        oui=octets.address(7, 3),
        cco_capability=octets.u8(12),
        proxy=octets.u8(13),
        backup_cco=octets.u8(14),
        implementation=octets.u16(23),
    )


def memberships(octets: Octets, _version: int) -> bodies.Memberships:
    """CM_NW_INFO.CNF."""
    return bodies.Memberships(tuple(map(_membership, octets.records(1, octets.u8(0), 18))))


def rates(octets: Octets, version: int) -> bodies.Rates:
    """CM_NW_STATS.CNF. Nothing in it says how long its records are; message version 2 is AV2's."""
    return rates_of(octets, LONG_RATES if version == 2 else SHORT_RATES)


def rates_of(octets: Octets, length: int) -> bodies.Rates:
    """Read with records of that length."""
    return bodies.Rates(tuple(_rate(record, length) for record in octets.records(1, octets.u8(0), length)))


def refusal(octets: Octets, _version: int) -> bodies.Refusal:
    """CM_MME_ERROR.IND."""
    return bodies.Refusal(octets.u8(0), octets.u8(1), octets.u16(2), octets.u16(4))


def long_rate(record: Octets) -> bodies.Rate:
    """A record of AV2; above the rate stand how it is sent and what kind of device that is."""
    return bodies.Rate(record.address(0), record.u16(6) & _RATE, record.u16(8) & _RATE)


def _rate(record: Octets, length: int) -> bodies.Rate:
    if length == LONG_RATES:
        return long_rate(record)
    return bodies.Rate(record.address(0), record.u8(6), record.u8(7))


def _heard_station(record: Octets) -> bodies.HeardStation:
    flags = record.u8(9)
    return bodies.HeardStation(
        mac=record.address(0),
        tei=record.u8(6),
        same_network=bool(record.u8(7) & 0x01),
        snid=record.u8(8) & 0x0F,
        cco=bool(flags & 0x20),
        pco=bool(flags & 0x40),
        backup_cco=bool(flags & 0x80),
        signal_level=record.u8(10),
        ble=record.u8(11),
    )


def _heard_network(record: Octets) -> bodies.HeardNetwork:
    snid, hybrid, slots, coordinating = record.take(7, 4)
    return bodies.HeardNetwork(record.address(0, 7), snid, hybrid, slots, coordinating, record.u16(11))


def _membership(record: Octets) -> bodies.Membership:
    return bodies.Membership(
        nid=record.address(0, 7),
        snid=record.u8(7),
        tei=record.u8(8),
        role=role(record.u8(9)),
        cco_mac=record.address(10),
        access=record.u8(16),
        coordinating=record.u8(17),
    )
