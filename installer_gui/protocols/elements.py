"""Information elements as they lie in beacons and probe responses (IEEE 802.11-2020, 9.4.2.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

VENDOR, EXTENSION = 221, 255


def split(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each element's id and body, an extension's id as 256 + its own. A length beyond the end ends the list."""
    at = 0
    while at + 2 <= len(data):
        kind, length = data[at], data[at + 1]
        body = data[at + 2 : at + 2 + length]
        if len(body) < length:
            return
        at += 2 + length
        if kind != EXTENSION:
            yield kind, body
        elif body:
            yield 256 + body[0], body[1:]


class Elements:
    """The elements of one or more frames of the same radio; what stands in an earlier frame wins."""

    def __init__(self, *frames: bytes) -> None:
        self._frames = tuple(map(_sorted, frames))

    def body(self, kind: int, least: int = 0) -> bytes | None:
        """The first body with at least so many bytes: a shorter one is as if it were absent."""
        for frame in self._frames:
            for body in frame.get(kind, ()):
                if len(body) >= least:
                    return body
        return None

    def vendor(self, prefix: bytes) -> bytes | None:
        """What follows the OUI and type of a maker's own element."""
        bodies = (body for frame in self._frames for body in frame.get(VENDOR, ()))
        return next((body[len(prefix) :] for body in bodies if body.startswith(prefix)), None)

    def __bool__(self) -> bool:
        return any(self._frames)


@lru_cache(maxsize=1024)
def _sorted(frame: bytes) -> Mapping[int, Sequence[bytes]]:
    """The bodies by their id, in their order. An access point sends the same again and again."""
    found: dict[int, list[bytes]] = {}
    for kind, body in split(frame):
        found.setdefault(kind, []).append(body)
    return found
