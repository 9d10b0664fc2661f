"""Reads which characters a font has (OpenType 1.9, "cmap"), so that no font library is needed for one table."""

from __future__ import annotations

import struct
from collections.abc import Iterator

_UNICODE = {(0, 3), (0, 4), (0, 6), (3, 1), (3, 10)}


def code_points(font: bytes) -> frozenset[int]:
    """The Unicode code points of a TrueType or OpenType font. Raises struct.error or KeyError for anything else."""
    base = _table(font, b"cmap")
    found: set[int] = set()
    for i in range(_u16(font, base + 2)):
        platform, encoding, offset = struct.unpack_from(">HHI", font, base + 4 + 8 * i)
        if (platform, encoding) in _UNICODE:
            found.update(_subtable(font, base + offset))
    return frozenset(found)


def _table(font: bytes, wanted: bytes) -> int:
    entries = (struct.unpack_from(">4sIII", font, 12 + 16 * i) for i in range(_u16(font, 4)))
    return {tag: int(offset) for tag, _, offset, _ in entries}[wanted]


def _subtable(font: bytes, at: int) -> Iterator[int]:
    match _u16(font, at):
        case 4:
            yield from _segments(font, at)
        case 12:
            yield from _groups(font, at)


def _segments(font: bytes, at: int) -> Iterator[int]:
    """Format 4: segments of the basic plane, by offset or through an array of glyph numbers."""
    count = _u16(font, at + 6) // 2
    columns = [at + 14, at + 16 + 2 * count, at + 16 + 4 * count, at + 16 + 6 * count]
    ends, starts, deltas, offsets = (struct.unpack_from(f">{count}H", font, column) for column in columns)
    for i, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for point in range(first, min(last, 0xFFFE) + 1):
            glyph = point if not offset else _u16(font, columns[3] + 2 * i + offset + 2 * (point - first))
            if (glyph or not offset) and (glyph + delta) & 0xFFFF:
                yield point


def _groups(font: bytes, at: int) -> Iterator[int]:
    """Format 12: groups of any plane."""
    for i in range(struct.unpack_from(">I", font, at + 12)[0]):
        first, last, glyph = struct.unpack_from(">III", font, at + 16 + 12 * i)
        yield from range(first + (glyph == 0), last + 1)


def _u16(font: bytes, at: int) -> int:
    return int(struct.unpack_from(">H", font, at)[0])
