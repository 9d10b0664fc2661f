"""Answers of Broadcom's modems (ethertype 0x8912, OUI 00:1F:84). Offsets count from the content's begin."""

from __future__ import annotations

from . import homeplug_bodies as bodies
from .homeplug_standard import LONG_RATES, long_rate
from .octets import Octets

DISCOVERED, TOLD = 1, 2  # the first octet of an answer says what it holds
_ROLES = ("STA", "CCO", "STA", "CCO", "STA")  # not yet in a network: station, coordinator; in one: both, and the deputy


def interface(octets: Octets, _version: int) -> bodies.BroadcomInterface | None:
    """The answer to discovery; None where it holds something else."""
    if octets.u8(0) != DISCOVERED:
        return None
    return bodies.BroadcomInterface(octets.u8(1), octets.text(3, octets.u8(2)))


def memberships(octets: Octets, _version: int) -> bodies.BroadcomMemberships | None:
    """Network information."""
    if octets.u8(0) != TOLD:
        return None
    count = octets.u8(1)
    deputies = [record.address(0) for record in octets.records(2 + 19 * count, count, 6)]
    pairs = zip(octets.records(2, count, 19), deputies, strict=True)
    return bodies.BroadcomMemberships(tuple(_membership(record, deputy) for record, deputy in pairs))


def rates(octets: Octets, _version: int) -> bodies.Rates | None:
    """Network statistics."""
    if octets.u8(0) != TOLD:
        return None
    return bodies.Rates(tuple(map(long_rate, octets.records(2, octets.u8(1), LONG_RATES))))


def _membership(record: Octets, deputy: str) -> bodies.BroadcomMembership:
    number = record.u8(9)
    return bodies.BroadcomMembership(
        nid=record.address(0, 7),
        snid=record.u8(7),
        tei=record.u8(8),
        role=_ROLES[number] if number < len(_ROLES) else None,
        cco_mac=record.address(10),
        access=record.u8(16),
        coordinating=record.u8(17),
        status=record.u8(18),
        backup_cco_mac=deputy,
    )
