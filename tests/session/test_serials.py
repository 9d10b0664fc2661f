"""Serial numbers that cannot be right are remarks, for as long as they stand in the list."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from installer_gui import profiles
from installer_gui.domain.deviation import deviations
from installer_gui.domain.finding import station
from installer_gui.domain.job import Connection, Job, Station
from installer_gui.domain.verdict import State
from installer_gui.session import jobs, serials

PROFILE = profiles.load("zaptec-pro")
JOB = Job("JOB0-0000-0001", datetime(2026, 11, 25, tzinfo=UTC), PROFILE.id, connection=Connection.WIFI)


def listed(*numbers: str) -> Job:
    return replace(JOB, stations=tuple(Station(f"A{n}", serial=serial) for n, serial in enumerate(numbers, 1)))


@pytest.mark.parametrize(
    ("number", "code"), [("ZAP000001", "station.known-model"), ("XYZ000001", "station.other-model")]
)
def test_a_serial_number_of_another_model_is_a_remark(number: str, code: str) -> None:
    job = listed("ZPR000001", number)
    (result,) = (r for r in jobs.judged(job, PROFILE).results if r.info.id == "station-serial")
    assert (result.subject, result.state, result.required) == (station("A2"), State.WARN, False)
    (found,) = (d for d in deviations(job, jobs.judged(job, PROFILE)) if d.judged)
    assert (found.judged and found.judged.code.name, found.subject.name) == (code, "A2")


def test_the_same_number_twice_is_one_at_both() -> None:
    found = serials.records(listed("ZPR000001", "zpr000001", "ZPR000002"), PROFILE)
    assert [record.subject.name for record in found] == ["A1", "A2"]


@pytest.mark.parametrize("number", ["ZPR000001", "zcs000001", ""])
def test_nothing_is_said_of_a_good_number_or_of_none(number: str) -> None:
    assert serials.records(listed(number), PROFILE) == ()


def test_a_number_that_was_corrected_leaves_nothing_behind() -> None:
    job = listed("ZAP000001")
    assert serials.records(job, PROFILE)
    assert job.records == ()
    assert serials.records(replace(job, stations=listed("ZPR000001").stations), PROFILE) == ()
