"""Feeds the reader of the hub's first packet random and damaged ones, in one piece and in two; only Malformed may come.

    python tests/fuzz/mqtt_packets.py [COUNT [SEED]]        default: 1000000 packets, a seed from the clock

Prints the rate, or the packet that broke it and the seed to come back to it.
"""

from __future__ import annotations

from _feed import feed

from installer_gui.errors import Malformed
from installer_gui.protocols.mqtt import ReturnCode, connack, connect

SAMPLES = (
    *(bytes((0x20, 2, session, code)) for session in (0, 1) for code in ReturnCode),
    connect("a", "b"),
    b"\xd0\x00",
    b"\xe0\x00",
    b"\x20\x03\x00\x00\x00",  # as in MQTT 5
    b"HTTP/1.1 400 Bad Request\r\n\r\n",
)


def read(data: bytes) -> bool:
    try:
        code = connack(data)
    except Malformed:
        return False
    whole = code is not None
    assert whole == (len(data) >= 4)
    assert connack(data[: len(data) // 2]) in (None, code)
    return whole


if __name__ == "__main__":
    feed("mqtt packets", SAMPLES, read)
