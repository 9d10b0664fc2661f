"""Plays situations, several sites side by side: most of a run is waiting."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from . import facts
from .build import build
from .product import Run, check
from .site import Site
from .situations import Situation
from .watch import Traffic, Watch

SIDE_BY_SIDE = 6


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a situation: the plain facts, what the product said, what it sent to find out and left behind."""

    facts: Mapping[str, str]
    run: Run
    traffic: Traffic
    connects: int
    leases: frozenset[str]


def play(situation: Situation) -> Outcome:
    """Build the site, run the product on it, then prove the fault by plain facts."""
    with build(situation.site) as site:
        held = _leases(site)
        watch = Watch(site)
        run = check(site, stations=situation.stations, root=situation.root, environment=situation.site.environment)
        traffic = watch.traffic()
        made, connects = _leases(site) - held, _connects(site)
        return Outcome({name: facts.look(site, name) for name in situation.facts}, run, traffic, connects, made)


def _leases(site: Site) -> frozenset[str]:
    """The addresses that the router has leased."""
    return frozenset(line.split()[2] for line in site.read("leases").splitlines())


def _connects(site: Site) -> int:
    """How often the hub, or whoever stood in for it, was sent an MQTT CONNECT."""
    lines = (site.read("hub.log") + site.read("box.log")).splitlines()
    return sum(line == "CONNECT" or "Sending CONNACK" in line for line in lines)


class Outcomes:
    """Each situation's outcome, played once, in the order in which they are asked for."""

    def __init__(self, situations: Mapping[str, Situation]) -> None:
        self._workers = ThreadPoolExecutor(SIDE_BY_SIDE)
        self._played = {name: self._workers.submit(play, situation) for name, situation in situations.items()}

    def __getitem__(self, situation: Situation) -> Outcome:
        return self._played[situation.name].result()

    def close(self) -> None:
        """Play no more."""
        self._workers.shutdown(cancel_futures=True)
