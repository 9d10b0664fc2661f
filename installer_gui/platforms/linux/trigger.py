"""How a sweep of the air is started (linux/nl80211.h): the one question to the radio that needs CAP_NET_ADMIN."""

from __future__ import annotations

import struct
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

assert not TYPE_CHECKING or sys.platform == "linux"  # a type checker for another system stops here

from .genetlink import Channel, attribute, nested

TRIGGER_SCAN, IFINDEX, SCAN_FREQUENCIES, SCAN_SSIDS = 33, 3, 44, 45
CHANNELS_1_TO_13 = tuple(range(2412, 2473, 5))


def start(channel: Channel, index: int, frequencies: Sequence[int], ssids: Sequence[bytes]) -> None:
    """Start an active sweep of these frequencies (none: all), also asking for these names. Raises OSError."""
    body = attribute(IFINDEX, struct.pack("=I", index)) + nested(SCAN_SSIDS, [b"", *ssids])
    if frequencies:
        body += nested(SCAN_FREQUENCIES, [struct.pack("=I", mhz) for mhz in frequencies])
    channel.ask(TRIGGER_SCAN, body)
