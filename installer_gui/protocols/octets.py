"""A message's octets, little endian. Reading beyond the end raises Malformed."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from ..errors import Malformed


class Octets:
    """`at` counts from `start`, the place in the frame where a message's own content begins."""

    __slots__ = ("_data", "_start")

    def __init__(self, data: bytes, start: int = 0) -> None:
        self._data = data
        self._start = start

    def __len__(self) -> int:
        """How many there are from `start` on."""
        return max(0, len(self._data) - self._start)

    def take(self, at: int, length: int) -> bytes:
        part = self._data[self._start + at : self._start + at + length]
        if len(part) < length:
            raise Malformed(f"{len(self._data)} octets, too short for its content")
        return part

    def u8(self, at: int) -> int:
        return self.take(at, 1)[0]

    def u16(self, at: int) -> int:
        return int.from_bytes(self.take(at, 2), "little")

    def u32(self, at: int) -> int:
        return int.from_bytes(self.take(at, 4), "little")

    def u64s(self, at: int, count: int) -> tuple[int, ...]:
        return struct.unpack(f"<{count}Q", self.take(at, 8 * count))

    def address(self, at: int, length: int = 6) -> str:
        """A MAC, an OUI or a NID, in the order of the wire."""
        return self.take(at, length).hex(":")

    def text(self, at: int, length: int) -> str:
        """Up to the first NUL."""
        return self.take(at, length).partition(b"\0")[0].decode("latin-1")

    def records(self, at: int, count: int, length: int) -> Iterator[Octets]:
        """`count` records of `length` octets in a row. All of them are there, or none is given."""
        self.take(at, count * length)
        for number in range(count):
            yield Octets(self._data, self._start + at + number * length)
