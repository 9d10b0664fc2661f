"""Which entries of the service's list were heard in this sweep: it keeps old ones, and hands them out as if new.

The time at which the driver heard an entry decides. Drivers that do not write it, or write another kind of time, are
known by times that cannot be: then the access point's own clock (TSF) tells, which stands still in an old entry.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable
from ctypes import c_uint64
from dataclasses import dataclass
from typing import Any

from . import dll
from .wlanapi import Row

EPOCH_DIFFERENCE = 116_444_736_000_000_000  # 100 ns from 1601 to 1970
PER_SECOND = 10_000_000


def now() -> int:
    """The computer's clock as Windows stamps entries: 100 ns since 1601."""
    return time.time_ns() // 100 + EPOCH_DIFFERENCE


def uptime() -> int:
    """Since the computer was started, in 100 ns. Raises Unavailable."""
    kernel: Any = dll.load("kernel32")
    kernel.GetTickCount64.restype = c_uint64
    ticks: int = kernel.GetTickCount64()
    return ticks * (PER_SECOND // 1000)


@dataclass(frozen=True, slots=True)
class Heard:
    """An entry, its age in seconds, and whether it is of this sweep; None where the driver gives no way to know."""

    row: Row
    age_s: float
    fresh: bool | None


class Sweep:
    """Begins when it is made, with the list as it was before."""

    def __init__(self, before: Iterable[Row], booted: int, began: int) -> None:
        self._booted, self._began = booted, began
        self._before: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
        for row in before:
            self._before[row.bssid, row.khz].add(row.tsf)

    def weigh(self, row: Row, at: int) -> Heard:
        """An entry of the list that was read `at` this time."""
        if self._booted <= row.heard_at <= at:
            return Heard(row, (at - row.heard_at) / PER_SECOND, row.heard_at >= self._began)
        since_s = (at - self._began) / PER_SECOND
        known = self._before.get((row.bssid, row.khz))
        if not row.tsf or known is None:
            return Heard(row, since_s, None)
        return Heard(row, since_s, row.tsf not in known)
