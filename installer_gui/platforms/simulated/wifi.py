"""A radio that is carried along the stations: whoever pauses after measuring has walked on."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from ...domain.wifi import Band
from ...ports.unavailable import Reason, Unavailable
from ...ports.wifi import Adapter, Scan
from . import air
from .lan import DEMO0

SWEEP_S = 0.25
BACKEND = "simulated radio"
WALK_S = 3.0  # a pause this long, after enough sweeps for a measurement, is the way to the next station
SWEEPS_A_PLACE = 5


class PlayedWiFi:
    """Implements `ports.wifi.WiFi`; `levels` are the site's own at each place of the walk, `place` is the first."""

    def __init__(self, levels: Sequence[int], place: int = 0) -> None:
        self._levels = levels
        self._place = place
        self._sweeps = 0
        self._last = time.monotonic()

    def adapters(self) -> tuple[Adapter, ...]:
        return (Adapter(DEMO0.name, "", BACKEND),)

    async def scan(self, adapter: str, band: Band | None = Band.B2_4, ssids: Sequence[bytes] = ()) -> Scan:  # noqa: ARG002
        if adapter != DEMO0.name:
            raise Unavailable(Reason.NO_ADAPTER, adapter)
        self._walk()
        self._sweeps += 1
        await asyncio.sleep(SWEEP_S)
        self._last = time.monotonic()
        return Scan(air.heard(self._levels[self._place % len(self._levels)], self._sweeps, band), BACKEND, SWEEP_S)

    def _walk(self) -> None:
        if self._sweeps >= SWEEPS_A_PLACE and time.monotonic() - self._last > WALK_S:
            self._place += 1
            self._sweeps = 0
