"""The networks that are played, and what the product must say of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from installer_gui.platforms.simulated.modem import Modem
from installer_gui.platforms.simulated.modem_answers import Heard, Network, Station

from . import odd
from .modem import Modem as Played

FACTORY = "b0:f2:e6:95:66:6b:03"
MODULE = Network("02:5a:00:00:00:01")
QCA7000 = "MAC-QCA7000-1.1.0.727-02-20130826-FINAL"
INT6400 = "INT6000-MAC-4-1-4102-00-3679-20090724-FINAL-B"
QCA7500 = "MAC-QCA7500-2.8.0.30-00-20190509-CS"


@dataclass(frozen=True, slots=True)
class Situation:
    """Modems on the cable. What is not said of one is as in most: Qualcomm's, telling all that they know.

    readable      its network can be read; named: also what it is; bridged: also what is behind its stations
    answering     it makes itself known; plcstat: Debian's tool of that name reads it too
    """

    networks: tuple[Network, ...]
    make: Callable[[Network], Played] = Modem
    readable: bool = True
    named: bool = True
    bridged: bool = True
    answering: bool = True
    plcstat: bool = True

    def modems(self) -> Sequence[Played]:
        return [self.make(network) for network in self.networks]

    @property
    def gateways(self) -> list[dict[str, Any]]:
        """What `plc scan` must list."""
        return [self._gateway(network) for network in self.networks] if self.answering else []

    @property
    def neighbours(self) -> list[dict[str, Any]]:
        heard = [other for network in self.networks for other in network.neighbours] if self.readable else []
        roles = {1: "CCO"}
        return [
            {
                "nid": other.nid,
                "snid": other.snid,
                "stations": [{"mac": mac, "tei": tei, "role": roles.get(tei, "STA")} for mac, tei in other.stations],
            }
            for other in heard
        ]

    def _gateway(self, network: Network) -> dict[str, Any]:
        nid = network.nid if self.readable and network.nid else None
        return {
            "mac": network.mac,
            "chip": network.chip if self.named else None,
            "firmware": network.firmware if self.named else None,
            "nid": nid,
            "factory_key": nid == FACTORY,
            "stations": [self._station(station) for station in network.stations] if self.readable else [],
        }

    def _station(self, station: Station) -> dict[str, Any]:
        return {
            "mac": station.mac,
            "bda": (station.bda if self.bridged else "") or None,
            "tei": station.tei,
            "tx_mbps": station.tx,
            "rx_mbps": station.rx,
            "role": "STA",
        }


def stations(count: int, **more: Any) -> tuple[Station, ...]:
    """With addresses as the maker's stations have them."""
    made = (Station(f"60:15:92:43:00:{n:02x}", n + 1, f"60:15:92:40:00:{n:02x}") for n in range(1, count + 1))
    return tuple(replace(station, **more) for station in made)


FOUR = replace(
    MODULE,
    stations=(
        *stations(2),
        Station("02:5a:00:00:01:03", 4, "02:5a:00:00:02:03", rx=4, chip="QCA7000", firmware=QCA7000),
        Station("02:5a:00:00:01:04", 5, tx=0, rx=0, answered=0),
    ),
)
SECOND = Network("02:5a:00:00:00:02", "5a:01:02:03:04:05:07", 6, (Station("60:15:92:43:00:21", 2),))
NEIGHBOUR = Heard("01:02:03:04:05:06:07", 9, (("02:5a:00:00:09:01", 1), ("60:15:92:43:99:01", 2)))
FEW = replace(MODULE, stations=stations(2))

NETWORKS: Mapping[str, Situation] = {
    "four": Situation((FOUR,)),
    "thirty": Situation((replace(MODULE, stations=stations(30)),)),
    "lonely": Situation((MODULE,)),
    "no-network": Situation((replace(MODULE, nid=""),), plcstat=False),
    "factory-key": Situation((replace(FEW, nid=FACTORY),)),
    "neighbours": Situation((replace(FEW, neighbours=(NEIGHBOUR,)),)),
    "int6400": Situation((replace(FEW, chip="INT6400", firmware=INT6400),), plcstat=False),
    "av2": Situation(
        (replace(MODULE, chip="QCA7500", firmware=QCA7500, stations=stations(3, tx=636, rx=581)),),
    ),
    "two": Situation((FEW, SECOND)),
    "lossy": Situation(
        (replace(MODULE, spoilt=120, stations=stations(2, answered=14, slow_s=0.05)),),
        plcstat=False,  # it asks only once
    ),
    "broadcom": Situation(
        (replace(MODULE, stations=stations(3, tx=300, rx=290)),),
        odd.Broadcom,
        named=False,
        bridged=False,
        plcstat=False,
    ),
    "standard": Situation((FEW,), odd.Standard, named=False, bridged=False, plcstat=False),
    "refusing": Situation((FEW,), odd.Refusing, named=False, plcstat=False),
    "strict-switch": Situation((FEW,), odd.NotLocal, plcstat=False),
    "half": Situation((FOUR,), odd.Half, readable=False, plcstat=False),
    "garbage": Situation((FOUR,), odd.Garbage, readable=False, answering=False, plcstat=False),
    "silence": Situation((), readable=False, plcstat=False),
}
