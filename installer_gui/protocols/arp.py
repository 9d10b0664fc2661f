"""ARP for IPv4 over Ethernet (RFC 826), and the probe that claims nothing (RFC 5227)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from ipaddress import IPv4Address

from ..errors import Malformed

ETHERTYPE = 0x0806
BROADCAST = "ff:ff:ff:ff:ff:ff"
NOBODY = "0.0.0.0"  # noqa: S104 - the sender of a probe, not a listening address
_ETHERNET = struct.Struct("!6s6sH")
_PACKET = struct.Struct("!HHBBH6s4s6s4s")
_REQUEST, _REPLY = 1, 2


@dataclass(frozen=True, slots=True)
class Packet:
    """Who says (or asks) that `address` is at `mac`; `reply` is False for a question."""

    mac: str
    address: str
    reply: bool


def question(own_mac: str, own_address: str, wanted: str) -> bytes:
    """An Ethernet frame that asks everybody who has `wanted`; with NOBODY as our address it is a probe."""
    mac = _mac_bytes(own_mac)
    header = _ETHERNET.pack(_mac_bytes(BROADCAST), mac, ETHERTYPE)
    own, target = IPv4Address(own_address).packed, IPv4Address(wanted).packed
    return header + _PACKET.pack(1, 0x0800, 6, 4, _REQUEST, mac, own, bytes(6), target)


def parse(frame: bytes) -> Packet:
    """Raises Malformed for a frame that is no ARP for IPv4."""
    try:
        ethertype = _ETHERNET.unpack_from(frame)[2]
        hardware, protocol, mac_length, length, operation, mac, address, _, _ = _PACKET.unpack_from(frame, 14)
    except struct.error:
        raise Malformed("cut short") from None
    if (ethertype, hardware, protocol, mac_length, length) != (ETHERTYPE, 1, 0x0800, 6, 4):
        raise Malformed("not ARP for IPv4")
    return Packet(mac.hex(":"), str(IPv4Address(address)), operation == _REPLY)


def _mac_bytes(mac: str) -> bytes:
    return bytes.fromhex(mac.replace(":", ""))
