"""The line between the router and the internet: two tun devices, and packets that wait for their time.

    wire.py ROUTER-NAMESPACE INTERNET-NAMESPACE DELAY-MS LOSS MTU RATE-KBIT

DELAY and LOSS (0-1) hold for each direction; a packet above MTU vanishes without a word; RATE 0 is without limit.
A process of its own, because many kernels lack netem.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import heapq
import os
import random
import select
import struct
import sys
import time
from dataclasses import dataclass
from pathlib import Path

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
CLONE_NEWNET = 0x40000000


@dataclass(frozen=True, slots=True)
class Wire:
    """What the line does to packets, each way."""

    delay_ms: float = 20.0
    loss: float = 0.0
    mtu: int = 1500
    rate_kbit: float = 0.0

    @property
    def arguments(self) -> tuple[str, ...]:
        return tuple(str(value) for value in (self.delay_ms, self.loss, self.mtu, self.rate_kbit))


PLAIN = Wire()


def tun(namespace: str, name: str = "wan0") -> int:
    """Take one end: the tun device that waits in the namespace."""
    with Path("/run/netns", namespace).open() as handle:
        if ctypes.CDLL(None, use_errno=True).setns(handle.fileno(), CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), namespace)
    end = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(end, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TUN | IFF_NO_PI))
    return end


def carry(ends: tuple[int, int], wire: Wire) -> None:
    """Copy packets from either end to the other, for ever."""
    other = {ends[0]: ends[1], ends[1]: ends[0]}
    free_at = dict.fromkeys(ends, 0.0)
    waiting: list[tuple[float, int, int, bytes]] = []
    count = 0
    chance = random.Random(1)
    while True:
        pause = max(0.0, waiting[0][0] - time.monotonic()) if waiting else None
        for end in select.select(ends, (), (), pause)[0]:
            packet = os.read(end, 65536)
            now = time.monotonic()
            if len(packet) > wire.mtu or chance.random() < wire.loss:
                continue
            busy_s = len(packet) * 8 / (wire.rate_kbit * 1000) if wire.rate_kbit else 0.0
            free_at[end] = max(now, free_at[end]) + busy_s
            count += 1
            heapq.heappush(waiting, (free_at[end] + wire.delay_ms / 1000, count, other[end], packet))
        while waiting and waiting[0][0] <= time.monotonic():
            _, _, end, packet = heapq.heappop(waiting)
            with contextlib.suppress(OSError):  # a full or closed device loses packets, as lines do
                os.write(end, packet)


if __name__ == "__main__":
    router, internet, delay, loss, mtu, rate = sys.argv[1:]
    with contextlib.suppress(OSError):  # a line does not become slow because the computer is busy
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
    carry((tun(router), tun(internet)), Wire(float(delay), float(loss), int(mtu), float(rate)))
