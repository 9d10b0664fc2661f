"""Changed answers. What was measured under the old answer is marked outdated; nothing is ever deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..domain.check import Area, Rules
from ..domain.finding import Subject, station
from ..domain.job import Connection, Job, Station
from ..domain.outcome import Measured
from ..domain.record import Record

_COUNTING = frozenset({"dhcp-capacity", "traffic-budget"})
_OVER_THE_AIR = frozenset({Area.WIFI, Area.PLC, Area.LTE, Area.STATION})


def with_stations(job: Job, stations: Sequence[Station]) -> Job:
    """Another list of stations: results of those that are gone, and of checks that counted them, are outdated."""
    gone = {station(s.id) for s in job.stations} - {station(s.id) for s in stations}
    recount = len(stations) != len(job.stations)
    changed = replace(job, stations=tuple(stations))
    return changed.outdate(lambda r: r.subject in gone or (recount and r.check in _COUNTING))


def renamed(job: Job, old: str, new: str) -> Job:
    """A station under another name keeps its results; an empty or a taken name changes nothing."""
    if not new or any(s.id == new for s in job.stations):
        return job
    return replace(
        job,
        stations=tuple(replace(s, id=new) if s.id == old else s for s in job.stations),
        records=tuple(_moved(r, old, new) for r in job.records),
        notes=tuple(replace(n, subject=_named(n.subject, old, new)) for n in job.notes),
    )


def with_connection(job: Job, connection: Connection) -> Job:
    """Another way to the internet is another network: everything has to be measured again, on another interface."""
    if connection is job.connection:
        return job
    return replace(job, connection=connection, interface="").outdate(lambda r: job.connection is not None)


def with_ssid(job: Job, ssid: str, rules: Rules) -> Job:
    """Another wireless network: what was heard of the old one says nothing about it."""
    if ssid == job.ssid:
        return job
    return replace(job, ssid=ssid).outdate(lambda r: _area(r, rules) is Area.WIFI)


def with_interface(job: Job, interface: str, rules: Rules) -> Job:
    """Another way out of this computer: the network checks were made on the old one."""
    if interface == job.interface:
        return job
    changed = replace(job, interface=interface)
    return changed.outdate(lambda r: r.interface not in ("", interface) and _area(r, rules) not in _OVER_THE_AIR)


def _area(record: Record, rules: Rules) -> Area | None:
    info = rules.by_id.get(record.check)
    return info.area if info else None


def _moved(record: Record, old: str, new: str) -> Record:
    outcome = record.outcome
    if isinstance(outcome, Measured):
        outcome = Measured(tuple(replace(f, subject=_named(f.subject, old, new)) for f in outcome.findings))
    return replace(record, subject=_named(record.subject, old, new), outcome=outcome)


def _named(subject: Subject, old: str, new: str) -> Subject:
    return station(new) if subject == station(old) else subject
