"""The little of D-Bus that one question needs: calls with texts as arguments, and their answers.

D-Bus Specification 0.43, "Message Protocol" and "Type System". Little endian throughout.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from ..errors import Malformed

METHOD_CALL, METHOD_RETURN, ERROR = 1, 2, 3
PATH, INTERFACE, MEMBER, REPLY_SERIAL, DESTINATION, SIGNATURE = 1, 2, 3, 5, 6, 8
LONGEST = 1 << 16
FIXED = 16


@dataclass(frozen=True, slots=True)
class Message:
    """What the bus said; `answers` is the serial of the call that it answers, 0 for none."""

    kind: int
    answers: int
    body: bytes


def login(uid: int) -> bytes:
    """The first line on a connection: who we are, as the socket itself can prove."""
    return b"\0AUTH EXTERNAL " + str(uid).encode().hex().encode() + b"\r\n"


def call(serial: int, destination: str, path: str, member: str, *arguments: str) -> bytes:
    """A method call; `member` is the interface and the method, joined by a dot."""
    interface, _, method = member.rpartition(".")
    fields = [(PATH, b"o", path), (INTERFACE, b"s", interface), (MEMBER, b"s", method)]
    fields.append((DESTINATION, b"s", destination))
    header = b""
    for code, kind, text in fields:
        header = _padded(header, 8) + bytes((code, 1)) + kind + b"\0" + _string(text)
    if arguments:
        header = _padded(header, 8) + bytes((SIGNATURE, 1)) + b"g\0" + bytes((len(arguments),))
        header += b"s" * len(arguments) + b"\0"
    body = b""
    for text in arguments:
        body = _padded(body, 4) + _string(text)
    start = struct.pack("<cBBBIII", b"l", METHOD_CALL, 0, 1, len(body), serial, len(header))
    return _padded(start + header, 8) + body


def size(start: bytes) -> int:
    """How long the message is whose first 16 bytes these are. Raises Malformed."""
    if len(start) < FIXED or start[:1] != b"l":
        raise Malformed("dbus: no message")
    body, _, fields = struct.unpack_from("<III", start, 4)
    whole = FIXED + fields + (-fields % 8) + body
    if max(body, fields) > LONGEST:
        raise Malformed("dbus: too long")
    return int(whole)


def read(data: bytes) -> Message:
    """One whole message. Raises Malformed."""
    whole = size(data)
    if len(data) < whole:
        raise Malformed("dbus: cut off")
    fields: int = struct.unpack_from("<I", data, 12)[0]
    body: int = struct.unpack_from("<I", data, 4)[0]
    return Message(data[1], _answers(data[FIXED : FIXED + fields]), data[whole - body : whole])


def _answers(fields: bytes) -> int:
    at = 0
    while at + 4 <= len(fields):
        code, kind = fields[at], fields[at + 2 : at + 3]
        value = at + 4
        try:
            if kind == b"u":
                number: int = struct.unpack_from("<I", fields, value)[0]
                if code == REPLY_SERIAL:
                    return number
                end = value + 4
            elif kind == b"g":
                end = value + fields[value] + 2
            else:
                end = value + 4 + struct.unpack_from("<I", fields, value)[0] + 1
        except (struct.error, IndexError):
            raise Malformed("dbus: fields") from None
        at = end + (-end % 8)
    return 0


def _string(text: str) -> bytes:
    raw = text.encode()
    return struct.pack("<I", len(raw)) + raw + b"\0"


def _padded(data: bytes, to: int) -> bytes:
    return data + bytes(-len(data) % to)
