"""Changed answers. What was measured under the old answer is marked outdated; nothing is ever deleted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from ..domain.check import Area, Rules
from ..domain.finding import Subject, station
from ..domain.job import Connection, Job, Station
from ..domain.outcome import Measured
from ..domain.record import Record

_COUNTING = frozenset({"dhcp-capacity", "traffic-budget"})
_PREFIX = {Connection.WIFI: "wifi-", Connection.PLC: "plc-", Connection.LTE_M: "lte-"}  # of a connection's own checks
_OVER_THE_AIR = frozenset({Area.WIFI, Area.PLC, Area.LTE, Area.STATION})


def with_stations(job: Job, stations: Sequence[Station]) -> Job:
    """Another list of stations: results of those that are gone, and of checks that counted them, are outdated.

    Without a connection of the job's, the one that most of the stations have becomes it.
    """
    gone = {station(s.id) for s in job.stations} - {station(s.id) for s in stations}
    said = Counter(s.connection for s in stations if s.connection)
    usual = job.connection or next((connection for connection, _ in said.most_common(1)), None)
    changed = replace(job, stations=tuple(stations), connection=usual)
    return _moved_over(job, changed.outdate(lambda r: r.subject in gone))


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
    """Another way to the internet is another network: everything has to be measured again, on another interface.

    Stations with a connection of their own keep it, and what is known of them.
    """
    if connection is job.connection:
        return job
    apart = {station(s.id) for s in job.stations if s.connection}
    changed = replace(job, connection=connection, interface="")
    return changed.outdate(lambda r: job.connection is not None and r.subject not in apart)


def connected(job: Job, names: Collection[str], connection: Connection) -> Job:
    """The job in which these stations use that connection; what was measured of them on another is outdated."""
    if job.connection is None:
        job = replace(job, connection=connection)
    own = None if connection is job.connection else connection
    made = tuple(replace(s, connection=own) if s.id in names else s for s in job.stations)
    return _moved_over(job, replace(job, stations=made))


def _moved_over(before: Job, after: Job) -> Job:
    """Mark what no longer holds between two lists of stations: another connection, another count on the network."""
    was = {s.id: before.connection_of(s) for s in before.stations}
    moved = {station(s.id) for s in after.stations if was.get(s.id) not in (None, after.connection_of(s))}
    left = tuple(_PREFIX[c] for c in before.connections if c not in after.connections and c in _PREFIX)
    recount = len(before.networked) != len(after.networked) or len(before.stations) != len(after.stations)
    return after.outdate(lambda r: r.subject in moved or r.check.startswith(left) or (recount and r.check in _COUNTING))


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
