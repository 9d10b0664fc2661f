"""A radio fed from recordings: every sweep plays the next file of a folder, the last one for ever.

A file is a JSON list of BSSs: `bssid`, `freq_mhz`, `dbm`, `ssid_hex`, `ies_hex`, `beacon_ies_hex`, `capability`, and
optionally `age_s`, `fresh` (true) and `joined` (false). In place of the list, {"unavailable": REASON} is a sweep that
could not be made. Files are played in the order of their names.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..domain.wifi import Band, Bss
from ..errors import BadInput
from ..ports.unavailable import Reason, Unavailable
from ..ports.wifi import Adapter, Scan
from ..protocols.ieee80211 import band_of

ADAPTER = Adapter("replay", "recording", "replay")


class ReplayWiFi:
    """Implements `ports.wifi.WiFi`. Raises BadInput when the folder holds nothing that can be played."""

    def __init__(self, folder: Path) -> None:
        self._sweeps = [_load(path) for path in sorted(folder.glob("*.json"))]
        self._next = 0
        if not self._sweeps:
            raise BadInput("input.no-recordings", file=str(folder))

    def adapters(self) -> tuple[Adapter, ...]:
        return (ADAPTER,)

    async def scan(self, adapter: str, band: Band | None = Band.B2_4, ssids: Sequence[bytes] = ()) -> Scan:  # noqa: ARG002
        if adapter != ADAPTER.name:
            raise Unavailable(Reason.NO_ADAPTER, adapter)
        played = self._sweeps[min(self._next, len(self._sweeps) - 1)]
        self._next += 1
        if isinstance(played, Reason):
            raise Unavailable(played)
        return Scan(tuple(b for b in played if band is None or band_of(b.freq_mhz) is band), ADAPTER.backend, 0.0)


def _load(path: Path) -> tuple[Bss, ...] | Reason:
    try:
        document = json.loads(path.read_bytes())
        if isinstance(document, dict):
            return Reason(document["unavailable"])
        return tuple(map(read, document))
    except OSError as error:
        raise BadInput("input.unreadable", file=path.name, cause=error.strerror or "") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BadInput("input.no-recordings", file=path.name) from None


def read(record: Mapping[str, Any]) -> Bss:
    """One recorded BSS. Raises KeyError, ValueError or TypeError where it does not have the form."""
    return Bss(
        ssid=bytes.fromhex(record["ssid_hex"]),
        bssid=record["bssid"],
        freq_mhz=int(record["freq_mhz"]),
        dbm=round(record["dbm"]),
        ies=bytes.fromhex(record["ies_hex"]),
        beacon_ies=bytes.fromhex(record["beacon_ies_hex"]),
        capability=record["capability"],
        age_s=float(record.get("age_s", 0.0)),
        fresh=bool(record.get("fresh", True)),
        joined=bool(record.get("joined", False)),
    )
