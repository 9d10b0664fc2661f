"""What the list of stations itself tells: a serial number of another model's, or the same one twice.

Worked out anew from the list whenever a job is judged, and never kept: corrected is gone.
"""

from __future__ import annotations

from ..checks import station_serial
from ..domain.finding import Grade, station
from ..domain.job import Job
from ..domain.profile import Profile
from ..domain.record import Record
from .stations import Problem, model, problems

_CODES = {
    Problem.OTHER_MODEL: station_serial.OTHER_MODEL,
    Problem.KNOWN_MODEL: station_serial.KNOWN_MODEL,
    Problem.SAME_SERIAL: station_serial.SAME_SERIAL,
}


def records(job: Job, profile: Profile) -> tuple[Record, ...]:
    """A record for every serial number that is worth a remark; none for one that is as it should be."""
    serials = {s.id: s.serial for s in job.stations}
    return tuple(
        _record(job, profile, name, serials[name], problem)
        for name, problem in problems(job.stations, profile).items()
        if problem in _CODES
    )


def _record(job: Job, profile: Profile, name: str, serial: str, problem: Problem) -> Record:
    known = model(serial) if problem is Problem.KNOWN_MODEL else ""
    outcome = station_serial.doubt(_CODES[problem], name, serial, profile, known)
    info = station_serial.INFO
    return Record(info.id, job.created, 0.0, outcome, station(name), info.version, grade=Grade.MANUAL)
