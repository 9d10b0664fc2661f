"""What was measured of one network at one place: its samples and their spread."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from .wifi import Network, Sample


@dataclass(frozen=True, slots=True)
class Sighting:
    """An access point of the network on a channel, at a time."""

    bssid: str
    channel: int
    at: datetime

    def __str__(self) -> str:
        return f"{self.bssid} {self.channel}"

    @classmethod
    def of(cls, network: Network, at: datetime) -> Iterator[Sighting]:
        """Where an access point is, then where it says that it is about to be."""
        for channel in dict.fromkeys((network.channel, network.announced_channel)):
            if network.bssid and channel is not None:
                yield cls(network.bssid, channel, at)

    @classmethod
    def parse(cls, text: str, at: datetime) -> Sighting | None:
        """What `str` made, back again; None for anything else."""
        bssid, _, channel = text.rpartition(" ")
        return cls(bssid, int(channel), at) if channel.isdecimal() else None


@dataclass(frozen=True, slots=True)
class Survey:
    """Samples of the best access point of a network on 2.4 GHz, and everything else that was heard beside it.

    `percentile` is the profile's (20 for p20). `bssid` and `channel` are None when the network was never heard.
    `channels_seen` are the channels on which that access point was heard, in their order; `sightings` are those of all
    access points of the network, with moves that were only announced; `networks` is everything heard.
    """

    ssid: bytes
    adapter: str
    backend: str
    samples: tuple[Sample, ...]
    percentile: float
    bssid: str | None = None
    channel: int | None = None
    channels_seen: tuple[int, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    networks: tuple[Network, ...] = ()

    @property
    def readings(self) -> tuple[int, ...]:
        return tuple(s.rssi_dbm for s in self.samples if s.rssi_dbm is not None)

    @property
    def missing(self) -> int:
        return len(self.samples) - len(self.readings)

    @property
    def p20_dbm(self) -> int | None:
        """The deciding level; None where it falls on a missed sample."""
        return nearest_rank([s.rssi_dbm for s in self.samples], self.percentile)

    @property
    def median_dbm(self) -> float | None:
        return statistics.median(self.readings) if self.readings else None

    @property
    def min_dbm(self) -> int | None:
        return min(self.readings, default=None)

    @property
    def max_dbm(self) -> int | None:
        return max(self.readings, default=None)


def nearest_rank(samples: Sequence[int | None], percentile: float) -> int | None:
    """The percentile by nearest rank; a missed sample (None) ranks below every reading."""
    if not samples:
        return None
    ranked = sorted(samples, key=lambda level: (level is not None, level or 0))
    return ranked[max(1, ceil(percentile / 100 * len(ranked))) - 1]
