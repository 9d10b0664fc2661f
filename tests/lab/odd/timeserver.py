"""A time server that answers wrongly in one way.

    timeserver.py ADDRESS BEHAVIOUR

kiss:CODE       a kiss-o'-death (RFC 5905, 7.4)         unsynchronised    leap 3, stratum 16
spoofed         a foreign origin timestamp              ahead:SECONDS     right in form, wrong by that much
distant         a root distance of 4 s                  garbage           48 bytes that are no answer
"""

from __future__ import annotations

import secrets
import signal
import socket
import struct
import sys
import time

UNIX_EPOCH = 2_208_988_800  # in NTP's era 0
VERSION_4, MODE_SERVER = 4 << 3, 4


def timestamp(ahead: float) -> bytes:
    now = time.time() + UNIX_EPOCH + ahead
    return struct.pack("!II", int(now), int(now % 1 * 2**32))


def answer(question: bytes, behaviour: str) -> bytes:
    kind, _, value = behaviour.partition(":")
    leap, stratum, reference, dispersion = 0, 2, b"\xcb\x00\x71\x01", 0.01
    origin = question[40:48]
    match kind:
        case "kiss":
            leap, stratum, reference = 3, 0, value.encode()
        case "unsynchronised":
            leap, stratum = 3, 16
        case "spoofed":
            origin = timestamp(-6_654_943)
        case "distant":
            dispersion = 4.0
        case "garbage":
            return secrets.token_bytes(48)
    now = timestamp(float(value) if kind == "ahead" else 0.0)
    head = struct.pack(
        "!BBbbII4s", leap << 6 | VERSION_4 | MODE_SERVER, stratum, 6, -20, 0, int(dispersion * 65536), reference
    )
    return head + now + origin + now + now


if __name__ == "__main__":
    address, behaviour = sys.argv[1:]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # chrony holds the other addresses
        server.bind((address, 123))
        while True:
            question, client = server.recvfrom(512)
            if len(question) >= 48:
                server.sendto(answer(question, behaviour), client)
            if behaviour == "once":
                signal.pause()
