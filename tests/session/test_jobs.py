"""Jobs grow; nothing that was measured is lost, and nothing is mixed that does not belong together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from installer_gui import profiles
from installer_gui.domain.job import Connection, Job
from installer_gui.domain.outcome import NotMeasured
from installer_gui.domain.profile import Profile
from installer_gui.domain.record import Record
from installer_gui.domain.verdict import Verdict
from installer_gui.errors import BadInput
from installer_gui.session import jobs, plan


@pytest.fixture(scope="module")
def profile() -> Profile:
    return profiles.load("zaptec-pro")


RECORD = Record("dns-lan", datetime(2026, 11, 22, tzinfo=UTC), 0.1, NotMeasured("no-link"))


def test_numbers_can_be_read_to_each_other_and_do_not_repeat() -> None:
    numbers = {jobs.number() for _ in range(500)}
    assert len(numbers) == 500
    assert all(len(n) == 14 and not set(n) & set("ILOU") for n in numbers)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_stations_are_never_taken_away_by_a_run_for_fewer(profile: Profile, count: int) -> None:
    job = jobs.new(profile, count=2)
    assert jobs.with_run(job, [], None, "eth0", count, plan.rules(profile)).stations == job.stations


def test_addresses_counted_for_fewer_stations_are_outdated_by_a_run_for_more(profile: Profile) -> None:
    counted = replace(RECORD, check="dhcp-capacity", interface="eth0")
    job = replace(jobs.new(profile, count=2), interface="eth0").with_records(counted)
    grown = jobs.with_run(job, [RECORD], None, "eth0", 3, plan.rules(profile))
    assert [r.outdated for r in grown.records] == [True, False]


def test_a_whole_job_is_judged_by_its_stations_too(profile: Profile) -> None:
    job = replace(jobs.new(profile, count=2), connection=Connection.WIFI)
    judgement = jobs.judged(job, profile)
    wanted = {(r.info.id, r.subject.name) for r in judgement.results}
    assert judgement.verdict is Verdict.INCOMPLETE
    assert {("wifi-signal", "A1"), ("wifi-signal", "A2"), ("station-online", "A2"), ("dns-lan", "")} <= wanted


def test_a_run_is_added_to_what_was_measured_before(profile: Profile) -> None:
    job = jobs.with_run(jobs.new(profile), [RECORD], Connection.WIFI, "wlan0", 3, plan.rules(profile))
    job = jobs.with_run(job, [RECORD], Connection.ETHERNET, "eth0", 0, plan.rules(profile))
    assert (len(job.records), job.connection, job.interface, len(job.stations)) == (2, Connection.WIFI, "eth0", 3)


def test_a_connection_that_nobody_named_is_not_made_up(profile: Profile) -> None:
    assert jobs.with_run(jobs.new(profile), [RECORD], None, "eth0", 0, plan.rules(profile)).connection is None


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
