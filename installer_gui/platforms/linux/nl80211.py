"""The kernel's WiFi interface (linux/nl80211.h): hear of sweeps, read what was heard.

Both are open to every user, other than starting a sweep (see `trigger`). Events have a socket of their own:
mixed with the answers of a dump they can be mistaken for its end.
"""

from __future__ import annotations

import asyncio
import errno
import struct
import sys
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

assert not TYPE_CHECKING or sys.platform == "linux"  # a type checker for another system stops here

from ...domain.wifi import Bss
from ...protocols import ieee80211
from . import genetlink
from .genetlink import ADD_MEMBERSHIP, LARGEST, SOL_NETLINK, Attributes, Channel, attribute, attributes, number
from .trigger import IFINDEX, SCAN_FREQUENCIES

GET_INTERFACE, GET_SCAN, NEW_SCAN_RESULTS, SCAN_ABORTED = 5, 32, 34, 35
IFTYPE, BSS = 5, 47
BSSID, FREQUENCY, CAPABILITY, ELEMENTS, MBM, UNITLESS, STATUS = 1, 2, 5, 6, 7, 8, 9
AGE_MS, BEACON_ELEMENTS, BOOTTIME_NS = 10, 11, 15
STATION, ASSOCIATED = 2, 1


@dataclass(frozen=True, slots=True)
class Event:
    """Somebody's sweep began (trigger.TRIGGER_SCAN) or ended; `frequencies` are those that it covers, in MHz."""

    command: int
    frequencies: frozenset[int] = frozenset()


class Events:
    """What the kernel tells of sweeps on one adapter, whoever started them."""

    def __init__(self, channel: Channel, index: int) -> None:
        self._family, self._index = channel.family, index
        self._waiting: deque[Event] = deque()
        self._socket = genetlink.open_socket()
        self._socket.setsockopt(SOL_NETLINK, ADD_MEMBERSHIP, channel.groups["scan"])
        self._socket.setblocking(False)

    def __enter__(self) -> Events:
        return self

    def __exit__(self, *exc: object) -> None:
        self._socket.close()

    async def next(self) -> Event:
        """The next event; waits for it."""
        while not self._waiting:
            try:
                data = await asyncio.get_running_loop().sock_recv(self._socket, LARGEST)
            except OSError as error:
                if error.errno == errno.ENOBUFS:
                    continue  # events were lost; whoever waits has a deadline and asks again
                raise
            self._waiting.extend(read_events(data, self._family, self._index))
        return self._waiting.popleft()

    def forget(self) -> None:
        """Drop what has been told so far."""
        self._waiting.clear()
        try:
            while self._socket.recv(LARGEST):
                pass
        except OSError:
            return


def read_events(data: bytes, family: int, index: int) -> Iterable[Event]:
    """The events of one datagram that concern the adapter."""
    for message in genetlink.messages(data):
        found = message.attributes
        if message.type == family and number(found.get(IFINDEX)) == index:
            listed = attributes(found.get(SCAN_FREQUENCIES, b"")).values()
            yield Event(message.command, frozenset(number(body) or 0 for body in listed))


def is_station(channel: Channel, index: int) -> bool:
    """Whether the interface is in station mode: access points and monitors do not sweep."""
    (answer,) = channel.ask(GET_INTERFACE, attribute(IFINDEX, struct.pack("=I", index)))[:1] or (None,)
    return answer is not None and number(answer.attributes.get(IFTYPE)) == STATION


def dump(channel: Channel, index: int, since_ns: int) -> tuple[Bss, ...]:
    """The kernel's list, old entries and all; `since_ns` (CLOCK_BOOTTIME) tells which of them are fresh."""
    now_ns = time.clock_gettime_ns(time.CLOCK_BOOTTIME)
    answers = channel.dump(GET_SCAN, attribute(IFINDEX, struct.pack("=I", index)))
    entries = (attributes(answer.attributes.get(BSS, b"")) for answer in answers)
    return tuple(bss for entry in entries if (bss := read_bss(entry, now_ns, since_ns)))


def read_bss(entry: Attributes, now_ns: int, since_ns: int) -> Bss | None:
    """One entry of the list; None where the level or the frequency is missing."""
    mhz, level = number(entry.get(FREQUENCY)), _level(entry)
    if mhz is None or level is None:
        return None
    heard_ns = _heard_ns(entry, now_ns)
    elements, beacon = entry.get(ELEMENTS, b""), entry.get(BEACON_ELEMENTS, b"")
    return Bss(
        ssid=ieee80211.ssid(elements) or ieee80211.ssid(beacon),
        bssid=entry.get(BSSID, b"").hex(":") or None,
        freq_mhz=mhz,
        dbm=level,
        ies=elements,
        beacon_ies=beacon,
        capability=number(entry.get(CAPABILITY)),
        age_s=max(0.0, round((now_ns - heard_ns) / 1e9, 3)),
        fresh=heard_ns >= since_ns,
        dbm_is_estimate=MBM not in entry,
        joined=number(entry.get(STATUS)) == ASSOCIATED,
    )


def _level(entry: Attributes) -> int | None:
    """In dBm; drivers that know no more than 0-100 are put on the scale that access points' makers use."""
    if len(mbm := entry.get(MBM, b"")) == 4:
        return round(int(struct.unpack("=i", mbm)[0]) / 100)
    percent = number(entry.get(UNITLESS))
    return None if percent is None else percent // 2 - 100


def _heard_ns(entry: Attributes, now_ns: int) -> int:
    """When it was last heard; drivers that do not stamp it leave an age in milliseconds."""
    stamped = number(entry.get(BOOTTIME_NS))
    if stamped is not None:
        return stamped
    age_ms = number(entry.get(AGE_MS))
    return 0 if age_ms is None else now_ns - age_ms * 1_000_000
