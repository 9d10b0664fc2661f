"""Making jobs, and adding what was measured to them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from .. import files
from ..domain.job import Connection, Job, Station
from ..domain.profile import Profile
from ..domain.record import Record
from ..errors import BadInput
from . import store

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: nothing that is misread or misheard


def new(profile: Profile, demo: str = "", stations: int = 0) -> Job:
    """An empty job with a number of its own."""
    made = Job(id=number(), created=datetime.now().astimezone(), profile=profile.id, demo=demo)
    return with_stations(made, stations)


def number() -> str:
    """A number that two people can read to each other: three groups of four."""
    digits = "".join(secrets.choice(_ALPHABET) for _ in range(12))
    return "-".join((digits[:4], digits[4:8], digits[8:]))


def with_stations(job: Job, count: int) -> Job:
    """At least `count` stations, the new ones named A1, A2, … ."""
    taken = {s.id for s in job.stations}
    names = (name for i in range(1, count + len(taken) + 1) if (name := f"A{i}") not in taken)
    extra = [Station(next(names)) for _ in range(count - len(job.stations))]
    return replace(job, stations=(*job.stations, *extra))


def load_or_new(path: Path, profile: Profile, demo: str = "") -> Job:
    """The job in the file, or a new one when there is no file yet.

    Raises BadInput, also where a simulated and a real site, or two chargers' needs, would be mixed in one job.
    """
    if files.missing(path):
        return new(profile, demo)
    job = store.load(path)
    if job.demo != demo:
        raise BadInput("input.job-of-a-demo" if job.demo else "input.job-of-a-site", file=path.name)
    if job.profile != profile.id:
        raise BadInput("input.job-of-a-profile", file=path.name, profile=job.profile)
    return job


def with_run(
    job: Job, records: Sequence[Record], connection: Connection | None, interface: str, stations: int = 0
) -> Job:
    """The job with a run of the network checks added, at least `stations` stations and, if none yet, a connection."""
    grown = with_stations(job, stations)
    return replace(grown, connection=job.connection or connection, interface=interface).with_records(*records)


def save(job: Job, path: Path) -> None:
    store.save(job, path)
