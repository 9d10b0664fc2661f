"""ICMP echo (RFC 792)."""

from __future__ import annotations

import struct

from ..errors import Malformed

_HEADER = struct.Struct("!BBHHH")
_REQUEST, _REPLY = 8, 0


def echo_request(identifier: int, sequence: int, payload: bytes) -> bytes:
    """An echo request with its checksum."""
    body = _HEADER.pack(_REQUEST, 0, 0, identifier, sequence) + payload
    return body[:2] + checksum(body).to_bytes(2) + body[4:]


def echo_reply(data: bytes) -> tuple[int, bytes]:
    """Sequence and payload of an echo reply, with or without its IPv4 header. Raises Malformed."""
    if data[:1] and data[0] >> 4 == 4:
        data = data[(data[0] & 0x0F) * 4 :]  # a raw socket hands the IPv4 header over; an ICMP type is never 0x4_
    if len(data) < _HEADER.size or data[0] != _REPLY:
        raise Malformed("no echo reply")
    return _HEADER.unpack_from(data)[4], data[_HEADER.size :]


def checksum(data: bytes) -> int:
    """The internet checksum (RFC 1071)."""
    padded = data + bytes(len(data) % 2)
    total: int = sum(struct.unpack(f"!{len(padded) // 2}H", padded))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF
