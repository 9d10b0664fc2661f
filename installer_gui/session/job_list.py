"""The jobs of a folder at a glance: whose, how far, and in what state. Archived ones lie in a folder beside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from ..domain.job import Connection, Job
from ..domain.record import latest
from ..domain.verdict import Verdict
from ..errors import BadInput
from . import jobs, later, plan, store

ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class Listed:
    """A job as it stands in the list. `verdict` is None where this version lacks the job's profile.

    `done` of `stations` have been measured or answered for; `words` is what a search looks in.
    """

    path: Path
    number: str
    title: str
    connections: tuple[Connection, ...]
    done: int
    stations: int
    waiting: int
    verdict: Verdict | None
    saved: datetime
    demo: bool
    archived: bool
    words: str


def listed(folder: Path) -> Iterator[Listed]:
    """The jobs of the folder and its archive, last changed first; files that cannot be read are left out."""
    for place, archived in ((folder, False), (folder / ARCHIVE, True)):
        for path in list(store.jobs_in(place)) if place.is_dir() else ():
            try:
                saved = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
                yield _listed(store.load(path), path, saved, archived)
            except (BadInput, OSError):
                continue


def finds(job: Listed, sought: str) -> bool:
    """Whether every word that is sought begins or stands in what is known of the job."""
    return all(word in job.words for word in sought.casefold().split())


def done(job: Job) -> int:
    """How many stations have a result of everything that their connection asks of them."""
    try:
        expected = plan.expected_of(job, jobs.profile_of(job))
    except BadInput:
        return 0
    newest = latest(job.records)
    keys = [(e.check, e.subject) for e in expected if e.subject.kind == "station" and e.subject.name]
    open_ones = {key[1] for key in keys if (record := newest.get(key)) is None or record.outdated}
    return len(job.stations) - len(open_ones)


def archive(path: Path) -> Path:
    """Put a job and its earlier copy aside; where it is then. Raises BadInput."""
    return _moved(path, path.parent / ARCHIVE)


def restore(path: Path) -> Path:
    """Take a job out of the archive; where it is then. Raises BadInput."""
    return _moved(path, path.parent.parent)


def duplicate(job: Job, now: datetime) -> Job:
    """A new job at the same site with the same stations, of which nothing has been measured."""
    fresh = Job(jobs.number(), now, job.profile)
    return replace(
        fresh,
        site=job.site,
        installer=job.installer,
        stations=job.stations,
        connection=job.connection,
        ssid=job.ssid,
        paper_language=job.paper_language,
        demo=job.demo,
    )


def _listed(job: Job, path: Path, saved: datetime, archived: bool) -> Listed:
    site = job.site
    title = ", ".join(filter(None, (site.name, site.street, site.town)))
    words = f"{title} {site.postcode} {site.customer} {job.order_no} {job.id} {job.installer.person}"
    try:
        verdict = jobs.judged(job, jobs.profile_of(job)).verdict
    except BadInput:
        verdict = None
    waits = len(later.waiting(job))
    return Listed(
        path,
        job.id,
        title,
        job.connections,
        done(job),
        len(job.stations),
        waits,
        verdict,
        saved,
        bool(job.demo),
        archived,
        words.casefold(),
    )


def _moved(path: Path, folder: Path) -> Path:
    """With what lies beside it: the earlier copy, the note of its certificate."""
    target = folder / path.name
    if target.exists():
        raise BadInput("input.exists", file=path.name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for beside in sorted(path.parent.glob(f"{path.stem}.*")):
            beside.replace(folder / beside.name)
    except OSError as error:
        raise BadInput("input.unwritable", file=path.name, cause=error.strerror or "") from None
    return target
