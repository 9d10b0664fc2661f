"""Plain facts about DHCP: what a DISCOVER is answered, and how many addresses are left."""

from __future__ import annotations

import contextlib
import socket
import struct
import time
from collections.abc import Iterator

DISCOVER, OFFER = 1, 2
COOKIE = b"\x63\x82\x53\x63"
BROADCAST_FLAG = 0x8000
CLIENT = 0x025A5A000000


def offers() -> str:
    """What each server gives, one line after the other."""
    with _client() as client:
        client.settimeout(0.5)
        client.sendto(_discover(1), ("255.255.255.255", 67))
        found = sorted({_described(reply) for reply in _replies(client)})
    return "; ".join(found) or "silence"


def free() -> str:
    """How many addresses of the subnet are offered to somebody who asks for each by its name."""
    with _client() as client:
        client.settimeout(0.5)
        for number in range(2, 255):
            client.sendto(_discover(number, f"192.168.50.{number}"), ("255.255.255.255", 67))
            time.sleep(0.002)
        return str(len({reply[16:20] for reply in _replies(client)}))


def _client() -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"eth0")
    made.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
    made.bind(("", 68))
    return made


def _discover(number: int, wanted: str = "") -> bytes:
    head = struct.pack("!BBBBIHH", 1, 1, 6, 0, number, 0, BROADCAST_FLAG) + bytes(16)
    mac = (CLIENT + number).to_bytes(6, "big")
    options = bytes((53, 1, DISCOVER, 55, 4, 1, 3, 6, 51)) + bytes((61, 7, 1)) + mac
    if wanted:
        options += bytes((50, 4)) + socket.inet_aton(wanted)
    return head + mac + bytes(10 + 64 + 128) + COOKIE + options + b"\xff"


def _replies(client: socket.socket) -> Iterator[bytes]:
    """All that come until it has been silent for a while."""
    with contextlib.suppress(TimeoutError):
        while True:
            yield client.recv(2048)


def _described(reply: bytes) -> str:
    options = dict(_options(reply[240:]))
    router, dns, server = (_address(options.get(number, b"")) for number in (3, 6, 54))
    return f"{server} gives router {router}, dns {dns}, {int.from_bytes(options.get(51, b''), 'big')} s"


def _options(data: bytes) -> Iterator[tuple[int, bytes]]:
    while data and data[0] != 255:
        if data[0]:
            yield data[0], data[2 : 2 + data[1]]
        data = data[2 + data[1] :] if data[0] else data[1:]


def _address(value: bytes) -> str:
    return socket.inet_ntoa(value[:4]) if value else "none"
