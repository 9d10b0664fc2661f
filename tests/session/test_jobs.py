"""Jobs grow; nothing that was measured is lost, and nothing is mixed that does not belong together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from installer_gui import profiles
from installer_gui.domain.job import Connection, Job, Station
from installer_gui.domain.outcome import NotMeasured
from installer_gui.domain.profile import Profile
from installer_gui.domain.record import Record
from installer_gui.errors import BadInput
from installer_gui.session import jobs


@pytest.fixture(scope="module")
def profile() -> Profile:
    return profiles.load("zaptec-pro")


RECORD = Record("dns-lan", datetime(2026, 11, 22, tzinfo=UTC), 0.1, NotMeasured("no-link"))


def test_numbers_can_be_read_to_each_other_and_do_not_repeat() -> None:
    numbers = {jobs.number() for _ in range(500)}
    assert len(numbers) == 500
    assert all(len(n) == 14 and not set(n) & set("ILOU") for n in numbers)


def test_new_stations_get_names_that_are_free(profile: Profile) -> None:
    job = replace(jobs.new(profile), stations=(Station("A2"), Station("port")))
    assert [s.id for s in jobs.with_stations(job, 5).stations] == ["A2", "port", "A1", "A3", "A4"]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_stations_are_never_taken_away_by_a_smaller_number(profile: Profile, count: int) -> None:
    job = jobs.new(profile, stations=2)
    assert jobs.with_stations(job, count) == job


def test_a_run_is_added_to_what_was_measured_before(profile: Profile) -> None:
    job = jobs.with_run(jobs.new(profile), [RECORD], Connection.WIFI, "wlan0", 3)
    job = jobs.with_run(job, [RECORD], Connection.ETHERNET, "eth0")
    assert (len(job.records), job.connection, job.interface, len(job.stations)) == (2, Connection.WIFI, "eth0", 3)


def test_a_connection_that_nobody_named_is_not_made_up(profile: Profile) -> None:
    assert jobs.with_run(jobs.new(profile), [RECORD], None, "eth0").connection is None


def test_a_job_is_made_where_there_is_none_and_read_where_there_is_one(profile: Profile, tmp_path: Path) -> None:
    path = tmp_path / "x.dkjob"
    made = jobs.load_or_new(path, profile)
    jobs.save(made, path)
    assert jobs.load_or_new(path, profile) == made


@pytest.mark.parametrize(
    ("change", "demo", "code"),
    [
        (lambda job: replace(job, demo="blocked"), "", "input.job-of-a-demo"),
        (lambda job: job, "blocked", "input.job-of-a-site"),
        (lambda job: replace(job, profile="other"), "", "input.job-of-a-profile"),
    ],
)
def test_simulated_and_real_sites_and_two_chargers_are_not_mixed(
    profile: Profile, tmp_path: Path, change: Callable[[Job], Job], demo: str, code: str
) -> None:
    path = tmp_path / "x.dkjob"
    jobs.save(change(jobs.new(profile)), path)
    with pytest.raises(BadInput) as caught:
        jobs.load_or_new(path, profile, demo)
    assert caught.value.code == code
