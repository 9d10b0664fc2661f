"""Checks that need the internet, put off until there is some, as in a basement: nothing of them counts meanwhile.

The job remembers which; one waits until something is measured again, here or upstairs.
"""

from __future__ import annotations

from dataclasses import replace

from .. import checks
from ..checks.passage import needs_passage
from ..domain.finding import SITE
from ..domain.job import Job
from ..domain.profile import Profile
from ..domain.record import latest


def put_off(job: Job, profile: Profile) -> Job:
    """The job in which all checks beyond the local network wait; what was measured of them is outdated."""
    there = checks.network(profile, *job.connections) if job.connections else ()
    ids = tuple(check.info.id for check in there if needs_passage(check.info))
    return replace(job, later=ids).outdate(lambda r: r.check in ids and r.subject == SITE)


def taken_up(job: Job) -> Job:
    """The job in which nothing waits any more; what was not measured is simply open."""
    return replace(job, later=())


def waiting(job: Job) -> tuple[str, ...]:
    """The checks that still wait, by id."""
    if not job.later:
        return ()
    newest = latest(job.records)
    return tuple(check for check in job.later if not ((record := newest.get((check, SITE))) and record.holds))


def run_of(job: Job, profile: Profile) -> frozenset[str]:
    """The waiting checks, and those that give what they need."""
    there = {check.info.id: check for check in checks.network(profile, *job.connections)} if job.connections else {}
    wanted = {check for check in waiting(job) if check in there}
    while True:
        needed = {kind for check in wanted for kind in there[check].needs}
        givers = {name for name, check in there.items() if needed & set(check.gives)}
        if givers <= wanted:
            return frozenset(wanted)
        wanted |= givers
