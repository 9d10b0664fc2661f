"""Filing what was seen of a powerline network's members under the stations of a job.

A look is not the whole site: a module's stations are seen only on its own cable. So what was seen at modules that do
not answer now still counts, and a station that was a member there is not missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .. import profiles
from ..checks import plc_codes as codes
from ..checks import plc_gateway, plc_station
from ..domain.finding import SITE, Finding, Grade, Quantity, Value, station
from ..domain.job import Connection, Job, Station
from ..domain.outcome import Measured
from ..domain.powerline import Member, known_as
from ..domain.record import Record, latest
from . import stations

GATEWAY, STATION = plc_gateway.INFO, plc_station.INFO


def filed(job: Job, made: Sequence[Record]) -> Job:
    """The job with the records of a look or of a run; what was seen of members stands with the stations that they are.

    Members that are none of the stations stay together.
    """
    seen = _Seen.of(made)
    if seen is None:
        return job.with_records(*made)
    found = {s.id: member for s in _on_mains(job) if (member := known_as(seen.members, stations.mac(s.mac) or ""))}
    members = (*seen.members, *_at_other_modules(job, seen))
    rest = [member for member in members if member not in found.values()]
    kept = [_whole(job, seen, r) if r.check == GATEWAY.id else r for r in made if r.key != (STATION.id, SITE)]
    return job.with_records(*kept, *_of_stations(job, seen, found), *_of_the_rest(job, seen, found, rest))


def learnt(job: Job, station_id: str, mac: str) -> Job:
    """The job in which a station has that address on the mains, and no other station has it.

    What was measured under another address is outdated.
    """
    changed = {s.id for s in job.stations if (s.id == station_id) != (s.mac == mac)}
    made = (replace(s, mac=mac if s.id == station_id else "") if s.id in changed else s for s in job.stations)
    job = replace(job, stations=tuple(made))
    return job.outdate(lambda r: r.check == STATION.id and r.subject.name in changed and r.grade is not Grade.MANUAL)


def forgotten(job: Job) -> Job:
    """The job in which nothing that was measured on the mains counts any more, as after a module was replaced."""
    return job.outdate(lambda r: r.check in (GATEWAY.id, STATION.id) and r.grade is not Grade.MANUAL)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a look's records say."""

    record: Record
    gateways: frozenset[str]
    members: tuple[Member, ...]
    strangers: frozenset[str]

    @classmethod
    def of(cls, made: Sequence[Record]) -> _Seen | None:
        """None where no gateway's network was read."""
        by_check = {record.check: record for record in made if record.subject == SITE}
        record, told = by_check.get(GATEWAY.id), by_check.get(STATION.id)
        if record is None or not isinstance(record.outcome, Measured):
            return None
        findings = record.outcome.findings
        macs = (f.evidence.get("macs") for f in findings if f.code == codes.NEIGHBOURS.name)
        strangers = frozenset(mac for heard in macs if isinstance(heard, tuple) for mac in heard)
        return cls(record, _gateways(findings), plc_station.members_of(_findings(told)), strangers)

    def about(self, outcome: Measured, station_id: str = "") -> Record:
        subject = station(station_id) if station_id else SITE
        return replace(self.record, check=STATION.id, version=STATION.version, outcome=outcome, subject=subject)


def _on_mains(job: Job) -> tuple[Station, ...]:
    """The stations that are on PLC; where none is said to be, any may be."""
    return job.stations_on(Connection.PLC) or job.stations


def _whole(job: Job, seen: _Seen, record: Record) -> Record:
    """The gateways' record with what was seen of others before; all of their members together may be enough."""
    before = latest(job.records).get(record.key)
    carried = [f for f in _findings(before) if f.subject != SITE and f.subject.name not in seen.gateways]
    findings = (*_findings(record), *carried)
    counts = (f.evidence.get("count") for f in findings if f.code == codes.GATEWAY_FOUND.name)
    if sum(count.value for count in counts if isinstance(count, Quantity)) >= len(_on_mains(job)):
        findings = tuple(f for f in findings if f.code != codes.MEMBERS_MISSING.name)
    return replace(record, outcome=Measured(findings))


def _at_other_modules(job: Job, seen: _Seen) -> Iterator[Member]:
    """Members on no list that were seen on other cables."""
    for member in plc_station.members_of(_findings(latest(job.records).get((STATION.id, SITE)))):
        if member.gateway not in seen.gateways:
            yield member


def _of_stations(job: Job, seen: _Seen, found: dict[str, Member]) -> Iterator[Record]:
    for made in _on_mains(job):
        if member := found.get(made.id):
            yield seen.about(plc_station.evaluate_one(member, station(made.id)), made.id)
        elif made.mac and not _is_at_another_module(job, made, seen):
            code = codes.ELSEWHERE if stations.mac(made.mac) in seen.strangers else codes.MISSING
            evidence: dict[str, Value] = {"mac": made.mac}
            yield seen.about(Measured((Finding(code.name, station(made.id), evidence),)), made.id)


def _is_at_another_module(job: Job, made: Station, seen: _Seen) -> bool:
    """Whether it was last seen as a member of a gateway that is not on this cable."""
    members = plc_station.members_of(_findings(latest(job.records).get((STATION.id, station(made.id)))))
    return any(member.gateway not in seen.gateways for member in members)


def _of_the_rest(job: Job, seen: _Seen, found: dict[str, Member], rest: Sequence[Member]) -> Iterator[Record]:
    """Members that are on no list; where every station was found, they are no stations of this job."""
    if not rest and found:
        yield seen.about(Measured((Finding(codes.ALL_LISTED.name, evidence={"count": _count(found)}),)))
    elif rest and job.stations and len(found) == len(_on_mains(job)):
        prefixes = profiles.load(job.profile).mac_prefixes
        others = [member for member in rest if not member.mac.startswith(prefixes)]
        evidence: dict[str, Value] = {
            "macs": tuple(member.mac for member in rest),
            "others": Quantity(len(others), "devices"),
        }
        yield seen.about(Measured((Finding(codes.UNLISTED.name, evidence=evidence),)))
    elif rest:
        yield seen.about(plc_station.evaluate(rest))


def _count(found: dict[str, Member]) -> Quantity:
    return Quantity(len(found), "stations")


def _findings(record: Record | None) -> tuple[Finding, ...]:
    """What a record says that is still true."""
    return record.outcome.findings if record and record.holds and isinstance(record.outcome, Measured) else ()


def _gateways(findings: Sequence[Finding]) -> frozenset[str]:
    return frozenset(f.subject.name for f in findings if f.code == codes.GATEWAY_FOUND.name)
