"""UDP datagrams in IPv4 packets (RFC 768, RFC 791), for sockets below the system's own."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from ipaddress import IPv4Address

from ..errors import Malformed

UDP = 17
TTL = 64
_IP = struct.Struct("!2B 3H 2B H 4s 4s")
_UDP = struct.Struct("!4H")


@dataclass(frozen=True, slots=True)
class Datagram:
    """What one port sends to another; addresses as 192.0.2.1."""

    source: str
    source_port: int
    target: str
    target_port: int
    payload: bytes


def encode(datagram: Datagram) -> bytes:
    """The datagram as an IPv4 packet."""
    source, target = IPv4Address(datagram.source).packed, IPv4Address(datagram.target).packed
    size = _UDP.size + len(datagram.payload)
    ports = (datagram.source_port, datagram.target_port)
    pseudo = source + target + struct.pack("!2H", UDP, size)
    total = checksum(pseudo + _UDP.pack(*ports, size, 0) + datagram.payload) or 0xFFFF
    header = [0x45, 0, _IP.size + size, 0, 0, TTL, UDP, 0, source, target]
    header[7] = checksum(_IP.pack(*header))
    return _IP.pack(*header) + _UDP.pack(*ports, size, total) + datagram.payload


def decode(packet: bytes) -> Datagram:
    """Read an IPv4 packet that holds a whole datagram. Checksums are not looked at: a network card may not have made
    them yet when a packet is seen on the computer that sent it. Raises Malformed.
    """
    if len(packet) < _IP.size:
        raise Malformed("no IPv4 packet")
    version, _, _, _, fragment, _, protocol, _, source, target = _IP.unpack_from(packet)
    start = (version & 0x0F) * 4
    if version >> 4 != 4 or start < _IP.size or protocol != UDP or fragment & 0x3FFF or len(packet) < start + _UDP.size:
        raise Malformed("no whole UDP datagram")
    source_port, target_port, size, _ = _UDP.unpack_from(packet, start)
    if not _UDP.size <= size <= len(packet) - start:
        raise Malformed("a datagram of another length than it says")
    payload = packet[start + _UDP.size : start + size]
    return Datagram(str(IPv4Address(source)), source_port, str(IPv4Address(target)), target_port, payload)


def checksum(data: bytes) -> int:
    """The internet checksum (RFC 1071)."""
    if len(data) % 2:
        data += b"\0"
    total: int = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total > 0xFFFF:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF
