"""The first two packets of MQTT 3.1.1: CONNECT and CONNACK (OASIS MQTT Version 3.1.1, sections 3.1 and 3.2)."""

from __future__ import annotations

from enum import IntEnum

from ..errors import Malformed

DISCONNECT = b"\xe0\x00"
_PROTOCOL = b"\x00\x04MQTT\x04"
_USER_NAME, _CLEAN_SESSION = 0x80, 0x02
_LONGEST_TEXT = 0xFFFF
_CONNACK_HEAD = b"\x20\x02"


class ReturnCode(IntEnum):
    """What a server says to a CONNECT."""

    ACCEPTED = 0
    VERSION_REFUSED = 1
    IDENTIFIER_REJECTED = 2
    UNAVAILABLE = 3
    BAD_CREDENTIALS = 4
    NOT_AUTHORISED = 5


def connect(client_id: str, user_name: str, keep_alive_s: int = 60) -> bytes:
    """A CONNECT for a clean session, with a user name and no password. Raises ValueError for a text over 64 KiB."""
    flags = bytes((_USER_NAME | _CLEAN_SESSION,))
    body = _PROTOCOL + flags + keep_alive_s.to_bytes(2) + _text(client_id) + _text(user_name)
    return b"\x10" + _remaining_length(len(body)) + body


def connack(data: bytes) -> ReturnCode | None:
    """The answer to a CONNECT, None while it is cut short. Raises Malformed for anything else."""
    head, rest = data[:2], data[2:4]
    if not _CONNACK_HEAD.startswith(head):
        raise Malformed(f"not a CONNACK: {head.hex()}")
    if len(rest) < 2:
        return None
    flags, code = rest
    if flags & 0xFE or code > max(ReturnCode):
        raise Malformed(f"reserved bits in a CONNACK: {rest.hex()}")
    return ReturnCode(code)


def _text(value: str) -> bytes:
    raw = value.encode()
    if len(raw) > _LONGEST_TEXT:
        raise ValueError(f"{len(raw)} bytes")
    return len(raw).to_bytes(2) + raw


def _remaining_length(length: int) -> bytes:
    """Seven bits a byte, the lowest first; the eighth says that more follows (section 2.2.3)."""
    encoded = bytearray()
    while length > 0x7F:
        encoded.append(length & 0x7F | 0x80)
        length >>= 7
    encoded.append(length)
    return bytes(encoded)
