"""Which station a member of a powerline network is: by its address, or because no other is left. Qt-free."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..domain.job import Connection, Job, Station
from ..domain.powerline import Member
from ..domain.profile import Profile
from ..session import powerline_filing, stations


def stations_of(job: Job, members: Sequence[Member]) -> Mapping[str, Station]:
    """The stations that members are, by the members' MAC: each has one of its station's addresses."""
    known = {mac: s for s in job.stations if (mac := stations.mac(s.mac))}
    found = ((m.mac, known.get(m.mac) or known.get(m.bda or "")) for m in members)
    return {mac: station for mac, station in found if station is not None}


def next_awaited(job: Job, now: str = "") -> str:
    """The station to switch on: the one that is awaited `now` as long as nobody knows it, else the next such one."""
    names = [s.id for s in job.stations_on(Connection.PLC)]
    at = names.index(now) if now in names else 0
    waiting = set(nameless(job))
    return next((name for name in (*names[at:], *names[:at]) if name in waiting), "")


def nameless(job: Job) -> tuple[str, ...]:
    """The stations on the mains whose address nobody knows."""
    return tuple(s.id for s in job.stations_on(Connection.PLC) if not s.mac)


def eliminated(job: Job, members: Sequence[Member], profile: Profile) -> Job:
    """The job in which the only station without an address has that of the only charging station that nobody knows."""
    waiting = nameless(job)
    known = stations_of(job, members)
    strangers = [m for m in members if is_station(m, profile) and m.mac not in known]
    if len(waiting) == len(strangers) == 1:
        return powerline_filing.learnt(job, waiting[0], strangers[0].mac)
    return job


def is_station(member: Member, profile: Profile) -> bool:
    """Whether it is one of the maker's, by its address on the mains or the one behind it."""
    return any(mac.startswith(profile.mac_prefixes) for mac in (member.mac, member.bda or ""))
