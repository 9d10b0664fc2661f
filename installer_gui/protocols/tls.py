"""What a TLS 1.2 server says in the clear before encryption starts (RFC 5246, sections 6.2.1, 7.4 and 7.4.2)."""

from __future__ import annotations

from collections.abc import Iterator

HANDSHAKE, CERTIFICATE = 22, 11
_RECORD_TYPES = range(20, 24)


def is_record(data: bytes) -> bool:
    """True when the bytes can be the beginning of a TLS record; a server of another protocol says something else."""
    return bool(data) and data[0] in _RECORD_TYPES and data[1:2] in (b"", b"\x03")


def certificates(data: bytes) -> tuple[bytes, ...]:
    """The server's certificates as DER, its own first; () when the bytes hold no complete list of them."""
    for kind, body in _messages(_handshake_bytes(data)):
        if kind == CERTIFICATE:
            return tuple(_vectors(body[3:]))
    return ()


def _handshake_bytes(data: bytes) -> bytes:
    """The handshake messages in the complete records, up to the first record of another kind."""
    joined = b""
    while len(data) >= 5 and data[0] == HANDSHAKE:
        end = 5 + int.from_bytes(data[3:5])
        joined += data[5:end]
        data = data[end:]
    return joined


def _messages(data: bytes) -> Iterator[tuple[int, bytes]]:
    while len(data) >= 4:
        end = 4 + int.from_bytes(data[1:4])
        if end > len(data):
            return
        yield data[0], data[4:end]
        data = data[end:]


def _vectors(data: bytes) -> Iterator[bytes]:
    while len(data) >= 3:
        end = 3 + int.from_bytes(data[:3])
        if end > len(data):
            return
        yield data[3:end]
        data = data[end:]
