"""Stations that stand together on one connection, as an installer speaks of them: A1–A12 on WiFi, B1–B8 on PLC."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from ..domain.job import Connection, Job, Station
from .stations import prefix


@dataclass(frozen=True, slots=True)
class Group:
    """Stations next to each other in the list, of one row by their names, on one connection."""

    names: tuple[str, ...]
    connection: Connection | None

    @property
    def label(self) -> str:
        return self.names[0] if len(self.names) == 1 else f"{self.names[0]}–{self.names[-1]}"


def groups(job: Job) -> tuple[Group, ...]:
    """The job's stations in groups, in the order of the list."""

    def alike(made: Station) -> tuple[str, Connection | None]:
        return prefix(made.id), job.connection_of(made)

    return tuple(Group(tuple(s.id for s in same), key[1]) for key, same in groupby(job.stations, alike))


def between(job: Job, first: str, last: str) -> tuple[str, ...]:
    """The names of the stations from one to another, whichever comes first in the list."""
    names = [s.id for s in job.stations]
    start, end = sorted((names.index(first), names.index(last)))
    return tuple(names[start : end + 1])
