"""Feeds the reader of NTP packets random and damaged ones; only a sound time, a fault or nothing may come out.

    python tests/fuzz/ntp_packets.py [COUNT [SEED]]        default: 1000000 packets, a seed from the clock

Prints the rate, or the packet that broke it and the seed to come back to it.
"""

from __future__ import annotations

import math
import struct

from _feed import feed

from installer_gui.domain.timesync import TimeSample
from installer_gui.platforms.net.timesync import ERA, MAX_DISTANCE_S, ORIGIN, Exchange

NONCE, SENT_AT, RTT_S = bytes(range(1, 9)), 1_800_000_000.0, 0.03
SECONDS = 4_008_988_800  # SENT_AT, in seconds since 1900


def packet(first: int, stratum: int, reference: bytes = b"\xcb\x00\x71\x01", transmitted: int = SECONDS) -> bytes:
    head = struct.pack("!BBbbII4s", first, stratum, 6, -20, 0x100, 0x200, reference)
    now, times = struct.pack("!II", SECONDS, 1 << 31), struct.pack("!II", transmitted, 1 << 31)
    return head + now + NONCE + now + times


SAMPLES = (
    packet(0x24, 2),
    packet(0x1C, 15),
    packet(0xE4, 0, b"RATE"),
    packet(0xE4, 16),
    packet(0x24, 1, b"GPS\0", 0),
    packet(0x24, 3) + bytes(20),  # with a message digest
)


def read(data: bytes) -> bool:
    for told in (data, data[: ORIGIN.start] + NONCE + data[ORIGIN.stop :]):
        found = Exchange("192.0.2.1", from_port_123=False).heard(told, NONCE, SENT_AT, RTT_S)
        if isinstance(found, TimeSample):
            assert abs(found.offset_s) <= ERA / 2
            assert 0 <= found.rtt_ms <= RTT_S * 1000
            assert 1 <= found.stratum <= 15
            assert math.isfinite(found.offset_s)
            assert found.distance_s < MAX_DISTANCE_S
    return found is not None


if __name__ == "__main__":
    feed("ntp packets", SAMPLES, read)
