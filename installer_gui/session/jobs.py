"""Making jobs, and adding what was measured to them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from .. import files, profiles
from ..domain.check import Rules
from ..domain.job import Connection, Job
from ..domain.profile import Profile
from ..domain.record import Record, latest
from ..domain.verdict import Judgement, judge
from ..errors import BadInput
from . import changes, plan, powerline_filing, serials, stations, store

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: nothing that is misread or misheard


def new(profile: Profile, demo: str = "", count: int = 0) -> Job:
    """An empty job with a number of its own."""
    made = Job(id=number(), created=datetime.now().astimezone(), profile=profile.id, demo=demo)
    return replace(made, stations=stations.resized((), count))


def number() -> str:
    """A number that two people can read to each other: three groups of four."""
    digits = "".join(secrets.choice(_ALPHABET) for _ in range(12))
    return "-".join((digits[:4], digits[4:8], digits[8:]))


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
    job: Job, records: Sequence[Record], connection: Connection | None, interface: str, count: int, rules: Rules
) -> Job:
    """The job with a run of the network checks added, at least `count` stations and, if none yet, a connection."""
    if count > len(job.stations):
        job = changes.with_stations(job, stations.resized(job.stations, count))
    job = changes.with_interface(job, interface, rules)
    return powerline_filing.filed(replace(job, connection=job.connection or connection), records)


def profile_of(job: Job) -> Profile:
    """The profile that the job is judged by, marked where a result that counts rests on other roots than the charger's.

    Raises BadInput when this version has no such profile.
    """
    profile = profiles.load(job.profile)
    counting = (r for r in latest(job.records).values() if not r.outdated)
    if any(r.trust_anchors == profiles.CUSTOM for r in counting):
        return replace(profile, trust_anchors=profiles.CUSTOM)
    return profile


def judged(job: Job, profile: Profile) -> Judgement:
    """How the whole job stands, with everything that its connection and its stations call for."""
    known = (*serials.records(job, profile), *job.records)
    return judge(known, plan.expected_of(job, profile), plan.rules(profile), profile)


def save(job: Job, path: Path) -> None:
    store.save(job, path)
