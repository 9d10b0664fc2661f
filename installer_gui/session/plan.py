"""What has to be measured, for a site and a connection type."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from .. import checks
from ..checks.context import Check
from ..domain.check import Area, Expected, Rules
from ..domain.finding import station
from ..domain.job import Connection, Job
from ..domain.outcome import Fact
from ..domain.profile import Profile

RUN_AREAS = (Area.COMPUTER, Area.LINK, Area.DHCP, Area.DNS, Area.NTP, Area.MQTT, Area.HTTPS, Area.WIFI, Area.PLC)


@dataclass(frozen=True, slots=True)
class Plan:
    """The checks of one run, those left out on request, and what the run must have measured to pass.

    `givers` names the check behind every fact, also of checks that are not run.
    """

    checks: tuple[Check, ...]
    expected: tuple[Expected, ...]
    skipped: tuple[str, ...]
    givers: Mapping[type[Fact], str]


def rules(profile: Profile) -> Rules:
    """Everything that any check of this profile can report."""
    return Rules(checks.infos(profile))


def plan_run(
    profile: Profile, *connections: Connection, only: Collection[str] = (), skip: Collection[str] = ()
) -> Plan:
    """A run of the network checks. What is skipped stays expected; what is asked for by name is expected by that."""
    checks_there = checks.network(profile, *connections)
    wanted = [c for c in checks_there if not only or c.info.id in only]
    expected = tuple(map(Expected, only)) if only else tuple(_site(profile, *connections))
    return Plan(
        checks=tuple(c for c in wanted if c.info.id not in skip),
        expected=tuple(dict.fromkeys(expected)),
        skipped=tuple(c.info.id for c in wanted if c.info.id in skip),
        givers={kind: c.info.id for c in checks_there for kind in c.gives},
    )


def expected_of(job: Job, profile: Profile) -> tuple[Expected, ...]:
    """What a whole job must hold before it can pass: the site's checks, then what each station's connection asks."""
    if not job.connected or not job.stations:
        return (*_named(profile, "always"), Expected("station-online", station("")))
    stations = (
        Expected(e.check, station(s.id))
        for s in job.stations
        for e in (*_named(profile, f"{job.connection_of(s)}-station"), *_named(profile, "station"))
    )
    return (*_site(profile, *job.connections), *stations)


def _site(profile: Profile, *connections: Connection) -> Iterator[Expected]:
    if set(connections) != {Connection.LTE_M}:
        yield from _named(profile, "always")
        yield from _named(profile, "internet")
    for connection in connections:
        yield from _named(profile, connection.value)


def _named(profile: Profile, group: str) -> tuple[Expected, ...]:
    return tuple(Expected(check) for check in profile.required.get(group, ()))
