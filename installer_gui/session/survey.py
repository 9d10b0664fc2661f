"""Measuring a network at a station: fresh sweeps, a second look before a miss counts, and more of them after one.

Limits and counts are the profile's. Only what was heard during a sweep counts: a gap is never filled from older lists.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import inf

from ..checks import wifi_signal
from ..domain.finding import station
from ..domain.profile import Profile
from ..domain.record import Record
from ..domain.survey import Sighting, Survey, nearest_rank
from ..domain.wifi import Band, Network, Sample
from ..ports.unavailable import Reason, Unavailable
from ..ports.wifi import WiFi
from ..protocols import ieee80211

__all__ = ["Survey", "Sweep", "measure", "record"]


@dataclass(frozen=True, slots=True)
class Sweep:
    """One sample of `of` so far: the level of the best access point (None: not heard), and all that was heard."""

    number: int
    of: int
    at: datetime
    rssi_dbm: int | None
    networks: tuple[Network, ...]


async def measure(
    wifi: WiFi,
    adapter: str,
    ssid: bytes,
    profile: Profile,
    emit: Callable[[Sweep], None],
    samples: int | None = None,
) -> Survey:
    """Measure the network here; `samples` asks for more of them than the profile does.

    A network that is never heard is a result. Raises Unavailable as soon as a sweep could not be made, and
    UNSUPPORTED where the adapter gives no levels in dBm.
    """
    fewest = max(int(profile.values["wifi_samples"]), samples or 0)
    after_a_miss = int(profile.values["wifi_samples_after_a_miss"])
    measurement = _Measurement(wifi, adapter, ssid)
    wanted = fewest
    while len(measurement) < wanted:
        await measurement.take_sample()
        wanted = measurement.wanted(fewest, after_a_miss)
        emit(measurement.so_far(wanted))
    return measurement.survey(profile.values["wifi_percentile"])


def record(survey: Survey, station_id: str, started: datetime, platform: str = "") -> Record:
    """The measurement as a record of check wifi-signal about the station."""
    return Record(
        check=wifi_signal.INFO.id,
        started=started,
        duration_s=round((datetime.now().astimezone() - started).total_seconds(), 3),
        outcome=wifi_signal.evaluate(survey, station_id),
        subject=station(station_id),
        version=wifi_signal.INFO.version,
        platform=platform,
        backend=survey.backend,
        interface=survey.adapter,
    )


@dataclass(frozen=True, slots=True)
class _Taken:
    """One sample: the rows of the network's own access points by address, newest first, and all rows."""

    at: datetime
    own: Mapping[str | None, Sequence[Network]]
    networks: tuple[Network, ...]

    def level(self, bssid: str | None) -> int | None:
        return self.own[bssid][0].rssi_dbm if bssid in self.own else None


class _Measurement:
    """What has been heard so far."""

    def __init__(self, wifi: WiFi, adapter: str, ssid: bytes) -> None:
        self._wifi, self._adapter, self._ssid = wifi, adapter, ssid
        self._taken: list[_Taken] = []
        self._sweeps = 0
        self._shows_its_name = False
        self._backend = ""

    async def take_sample(self) -> None:
        """Sweep, and at once again where something was missed: a beacon may have collided with another."""
        at = datetime.now().astimezone()
        rows = await self._sweep()
        if self._misses(rows):
            rows = [*await self._sweep(), *rows]
        self._taken.append(_Taken(at, self._own(rows), ieee80211.merged(rows)))

    def wanted(self, fewest: int, after_a_miss: int) -> int:
        """How many samples there must be. A network that is nowhere to be heard needs no more proof."""
        missed = sum(self.best not in taken.own for taken in self._taken)
        return max(fewest, after_a_miss) if missed and self._known else fewest

    def __len__(self) -> int:
        return len(self._taken)

    @property
    def best(self) -> str | None:
        """The access point with the best median, missed samples ranking last; of equals the one heard most often."""
        return max(self._known, key=self._standing, default=None)

    def so_far(self, wanted: int) -> Sweep:
        last = self._taken[-1]
        return Sweep(len(self), wanted, last.at, last.level(self.best), last.networks)

    def survey(self, percentile: float) -> Survey:
        best = self.best
        rows = [row for taken in self._taken for row in reversed(taken.own.get(best, ()))]
        return Survey(
            ssid=self._ssid,
            adapter=self._adapter,
            backend=self._backend,
            samples=tuple(Sample(t.level(best), t.at.isoformat(timespec="milliseconds")) for t in self._taken),
            percentile=percentile,
            bssid=best,
            channel=rows[-1].channel if rows else None,
            channels_seen=tuple(dict.fromkeys(row.channel for row in rows)),
            sightings=tuple({str(s): s for s in self._sightings()}.values()),
            networks=ieee80211.merged(n for taken in reversed(self._taken) for n in taken.networks),
        )

    @property
    def _known(self) -> tuple[str | None, ...]:
        return tuple(dict.fromkeys(bssid for taken in self._taken for bssid in taken.own))

    async def _sweep(self) -> list[Network]:
        """What is heard now, newest first. A network that does not show its name is asked for by it, and only then."""
        ask_by_name = self._sweeps > 0 and not self._shows_its_name
        scan = await self._wifi.scan(self._adapter, Band.B2_4, (self._ssid,) if ask_by_name else ())
        if scan.withheld:
            raise Unavailable(Reason.PERMISSION_DENIED, "the system withholds the networks' names")
        self._sweeps += 1
        self._backend = scan.backend
        rows = sorted((n for n in ieee80211.networks(scan.found) if n.fresh), key=lambda n: n.age_s)
        self._shows_its_name |= any(n.ssid_bytes == self._ssid and not n.hidden for n in rows)
        return rows

    def _own(self, rows: Iterable[Network]) -> dict[str | None, list[Network]]:
        """The network's own rows; also of an access point that kept its name to itself this time."""
        own: dict[str | None, list[Network]] = {}
        for row in rows:
            ours = row.ssid_bytes == self._ssid or (not row.ssid_bytes and row.bssid in self._known)
            if ours and row.band is Band.B2_4:
                own.setdefault(row.bssid, []).append(row)
        if any(row.estimated for ours_rows in own.values() for row in ours_rows):
            raise Unavailable(Reason.UNSUPPORTED, "the adapter gives no levels in dBm")
        return own

    def _misses(self, rows: Iterable[Network]) -> bool:
        """Whether an access point that is heard more often than not is not among them, or none at all is."""
        own = self._own(rows)
        steady = [bssid for bssid in self._known if self._median(bssid) is not None]
        return not own or any(bssid not in own for bssid in steady)

    def _standing(self, bssid: str | None) -> tuple[float, int, float]:
        readings = [level for level in self._levels(bssid) if level is not None]
        median = self._median(bssid)
        return (-inf if median is None else median), len(readings), statistics.median(readings)

    def _median(self, bssid: str | None) -> int | None:
        return nearest_rank(self._levels(bssid), 50)

    def _levels(self, bssid: str | None) -> list[int | None]:
        return [taken.level(bssid) for taken in self._taken]

    def _sightings(self) -> Iterator[Sighting]:
        for taken in self._taken:
            for rows in taken.own.values():
                for row in reversed(rows):
                    yield from Sighting.of(row, taken.at)
