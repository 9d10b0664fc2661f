"""Filling in the wiring worksheet of a job: its modules against the stations on its list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from ..checks import plc_worksheet
from ..checks.confirmation import PLC_WIRING
from ..checks.plc_worksheet import Grid, Module, Worksheet
from ..domain.finding import SITE, Grade
from ..domain.job import Connection, Job
from ..domain.profile import Profile
from ..domain.record import Record
from ..errors import BadInput


def sheet(job: Job, modules: Sequence[Module], *, same_phase_order: bool, earth_checked: bool, grid: Grid) -> Worksheet:
    """The worksheet with the job's stations on powerline, by their circuits; its sums can be shown while it grows."""
    counted = Counter(station.circuit for station in job.stations_on(Connection.PLC))
    return Worksheet(tuple(modules), dict(counted), same_phase_order, earth_checked, grid)


def confirm(job: Job, filled: Worksheet, by: str, at: datetime, profile: Profile) -> Job:
    """The job with the worksheet as its record of plc-wiring, in the name of `by`; `at` carries its time zone.

    Raises BadInput without modules, for a number that cannot be, and where nobody stands for it.
    """
    if not filled.modules:
        raise BadInput("input.unanswered", question="modules")
    for module in filled.modules:
        numbers = (module.paired, module.farthest_m, module.network_cable_m, module.fuse_a, module.conductor_mm2)
        if wrong := next((number for number in numbers if number < 0), None):
            raise BadInput("input.bad-answer", question=module.name, answer=str(wrong))
    outcome = plc_worksheet.evaluate(filled, by, at, profile)
    return job.with_records(Record(PLC_WIRING.id, at, 0.0, outcome, SITE, PLC_WIRING.info.version, grade=Grade.MANUAL))
