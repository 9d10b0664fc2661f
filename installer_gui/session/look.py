"""Looking around: what is in the air here."""

from __future__ import annotations

import time

from ..domain.wifi import Band, Network
from ..ports.unavailable import Unavailable
from ..ports.wifi import WiFi
from ..protocols import ieee80211

SWEEPS, PATIENCE_S = 3, 2.5


async def look(wifi: WiFi, adapter: str, band: Band | None = Band.B2_4) -> tuple[Network, ...]:
    """Every access point heard here; `fresh` tells which of them now.

    One sweep misses some, above all those that hide their name: where sweeps are quick there are three. Raises
    Unavailable when the first one could not be made.
    """
    started, found = time.monotonic(), tuple[Network, ...]()
    for sweep in range(SWEEPS):
        try:
            heard = await wifi.scan(adapter, band)
        except Unavailable:
            if sweep == 0:
                raise
            break
        found = ieee80211.merged((*found, *ieee80211.networks(heard.found)))
        if time.monotonic() - started > PATIENCE_S:
            break
    return found
