"""Generic netlink: how nl80211 is spoken to. Bytes in, bytes out, and one blocking socket for questions.

Native byte order throughout (linux/netlink.h, linux/genetlink.h): a message is length u32, type u16, flags u16,
sequence u32, port u32, command u8, version u8, 0 u16, then attributes of length u16, type u16, padded to four.
"""

from __future__ import annotations

import os
import socket
import struct
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

assert not TYPE_CHECKING or sys.platform == "linux"  # a type checker for another system stops here

SOL_NETLINK, ADD_MEMBERSHIP, CONTROL = 270, 1, 16
ERROR, DONE = 2, 3
REQUEST, ACK, DUMP, DUMP_INTERRUPTED = 0x1, 0x4, 0x300, 0x10
GET_FAMILY = 3
FAMILY_ID, FAMILY_NAME, GROUPS, GROUP_NAME, GROUP_ID = 1, 2, 7, 1, 2
LARGEST = 1 << 17
DEADLINE_S = 3.0
_DUMPS = 3  # tries until a list did not change while it was read

Attributes = Mapping[int, bytes]


@dataclass(frozen=True, slots=True)
class Message:
    """One message of the kernel; `command` and `attributes` mean something only for a family's own types."""

    type: int
    flags: int
    sequence: int
    body: bytes

    @property
    def command(self) -> int:
        return self.body[0] if self.body else 0

    @property
    def attributes(self) -> Attributes:
        return attributes(self.body[4:])

    @property
    def error(self) -> int:
        """The errno of an error message, 0 of an acknowledgement."""
        return -int(struct.unpack_from("=i", self.body)[0]) if len(self.body) >= 4 else 0


def attribute(kind: int, body: bytes) -> bytes:
    return struct.pack("=HH", 4 + len(body), kind) + body + bytes(-len(body) % 4)


def nested(kind: int, bodies: list[bytes]) -> bytes:
    """An attribute that holds a list, numbered from 1."""
    return attribute(kind, b"".join(attribute(i, body) for i, body in enumerate(bodies, 1)))


def attributes(data: bytes) -> dict[int, bytes]:
    """Type -> body; flag bits of the type are left out, and a broken length ends the list."""
    found: dict[int, bytes] = {}
    at = 0
    while at + 4 <= len(data):
        size, kind = struct.unpack_from("=HH", data, at)
        if size < 4 or at + size > len(data):
            break
        found[kind & 0x3FFF] = data[at + 4 : at + size]
        at += (size + 3) & ~3
    return found


def request(family: int, command: int, body: bytes, sequence: int, flags: int) -> bytes:
    head = struct.pack("=IHHII", 20 + len(body), family, REQUEST | flags, sequence, 0)
    return head + struct.pack("=BBH", command, 1, 0) + body


def messages(data: bytes) -> Iterator[Message]:
    """The messages of one datagram; a broken length ends the list."""
    at = 0
    while at + 16 <= len(data):
        size, kind, flags, sequence = struct.unpack_from("=IHHI", data, at)
        if size < 16 or at + size > len(data):
            break
        yield Message(kind, flags, sequence, data[at + 16 : at + size])
        at += (size + 3) & ~3


def number(body: bytes | None) -> int | None:
    """An unsigned attribute of one to eight bytes."""
    return int.from_bytes(body, "little" if _LITTLE else "big") if body else None


_LITTLE = struct.pack("=H", 1) == b"\x01\x00"


class Channel:
    """One socket for questions to one family. Raises OSError with the kernel's errno, TimeoutError for silence."""

    def __init__(self, name: str) -> None:
        self._socket = open_socket()
        self._sequence = int(time.time()) & 0xFFFF
        self.family, self.groups = self._resolve(name)

    def __enter__(self) -> Channel:
        return self

    def __exit__(self, *exc: object) -> None:
        self._socket.close()

    def ask(self, command: int, body: bytes) -> list[Message]:
        """A question that is answered at once, and acknowledged."""
        return self._exchange(self.family, command, body, ACK)

    def dump(self, command: int, body: bytes) -> list[Message]:
        """A list; read again when it changed meanwhile."""
        found: list[Message] = []
        for _ in range(_DUMPS):
            found = self._exchange(self.family, command, body, DUMP)
            if not any(message.flags & DUMP_INTERRUPTED for message in found):
                break
        return found

    def _resolve(self, name: str) -> tuple[int, dict[str, int]]:
        """The family's number, and those of its groups by name."""
        try:
            answer = self._exchange(CONTROL, GET_FAMILY, attribute(FAMILY_NAME, name.encode() + b"\0"), ACK)
            known = answer[0].attributes
            groups = [attributes(group) for group in attributes(known[GROUPS]).values()]
        except BaseException:
            self._socket.close()
            raise
        names = {group[GROUP_NAME].rstrip(b"\0").decode(): number(group[GROUP_ID]) or 0 for group in groups}
        return number(known[FAMILY_ID]) or 0, names

    def _exchange(self, family: int, command: int, body: bytes, flags: int) -> list[Message]:
        self._sequence += 1
        self._socket.send(request(family, command, body, self._sequence, flags))
        found: list[Message] = []
        end = time.monotonic() + DEADLINE_S
        while True:
            self._socket.settimeout(max(0.001, end - time.monotonic()))
            for message in messages(self._socket.recv(LARGEST)):
                if message.sequence != self._sequence:
                    continue
                if message.type == ERROR and message.error:
                    raise OSError(message.error, os.strerror(message.error))
                if message.type in (ERROR, DONE):
                    return found
                found.append(message)


def open_socket() -> socket.socket:
    """A bound generic netlink socket, which every user may open."""
    made = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 16)
    made.bind((0, 0))
    return made
