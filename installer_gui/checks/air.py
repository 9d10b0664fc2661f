"""What the radio heard in a run, for the checks that ask about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..domain.outcome import Fact
from ..domain.survey import Sighting
from ..domain.wifi import Band, Network


@dataclass(frozen=True, slots=True)
class Air(Fact):
    """Every network heard in one look, and the name of the one that the stations use."""

    ssid: str
    networks: tuple[Network, ...]
    at: datetime

    @property
    def own(self) -> tuple[Network, ...]:
        """The stations' network on 2.4 GHz, strongest access point first."""
        return tuple(n for n in self.networks if n.ssid == self.ssid and n.band is Band.B2_4)

    @property
    def sightings(self) -> tuple[Sighting, ...]:
        """Where the access points are, and where they say that they are about to be."""
        return tuple(sighting for network in self.own for sighting in Sighting.of(network, self.at))
