"""Frames as a file that Wireshark opens (pcap, version 2.4, Ethernet)."""

from __future__ import annotations

import struct
from collections.abc import Iterable

from ..domain.powerline import Frame

_HEAD, _FRAME = struct.Struct("<IHHiIII"), struct.Struct("<IIII")
MAGIC, ETHERNET, LONGEST = 0xA1B2C3D4, 1, 65535


def encode(frames: Iterable[Frame]) -> bytes:
    """The whole file, frames in the order of their times."""
    parts = [_HEAD.pack(MAGIC, 2, 4, 0, 0, LONGEST, ETHERNET)]
    for frame in sorted(frames, key=lambda frame: frame.at):
        seconds, micros = divmod(round(frame.at * 1_000_000), 1_000_000)
        parts += [_FRAME.pack(seconds, micros, len(frame.data), len(frame.data)), frame.data]
    return b"".join(parts)
