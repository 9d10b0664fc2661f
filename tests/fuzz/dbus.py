"""Feeds the reader of the bus's answers random and damaged ones; only Malformed may come.

    python tests/fuzz/dbus.py [COUNT [SEED]]        default: 1000000 messages, a seed from the clock

Prints the rate, or the message that broke it and the seed to come back to it.
"""

from __future__ import annotations

from _feed import feed

from installer_gui.errors import Malformed
from installer_gui.protocols.dbus import call, read, size

SAMPLES = (
    call(1, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus.Hello"),
    call(2, "a.b", "/c", "d.e", "who", "why"),
    bytes.fromhex("6c0201010400000002000000100000000501750002000000080167000175000007000000"),
)


def understood(data: bytes) -> bool:
    try:
        message = read(data)
    except Malformed:
        return False
    assert size(data) <= len(data)
    assert len(message.body) < len(data)
    return True


if __name__ == "__main__":
    feed("dbus", SAMPLES, understood)
