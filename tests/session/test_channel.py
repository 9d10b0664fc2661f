"""The channel over the life of a job."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from installer_gui import profiles
from installer_gui.domain.finding import SITE, Finding, Grade, station
from installer_gui.domain.job import Job
from installer_gui.domain.outcome import Measured
from installer_gui.domain.record import Record, latest
from installer_gui.session import channel, jobs, store

PROFILE = profiles.load("zaptec-pro")
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
AP = "02:00:00:00:00:01"


def walked(*looks: tuple[float, int]) -> Job:
    """A job with a measurement at a station for each (minute, channel)."""
    job = jobs.new(PROFILE)
    for minute, number in looks:
        heard = Finding("wifi.signal", station("A1"), {"access_points": (f"{AP} {number}", "nonsense")})
        at = NOON + timedelta(minutes=minute)
        job = job.with_records(Record("wifi-signal", at, 5.0, Measured((heard,)), station(f"A{minute}")))
    return job


def code(job: Job) -> str | None:
    record = latest(job.records).get(("wifi-channel", SITE))
    if record is None:
        return None
    assert isinstance(record.outcome, Measured)
    return record.outcome.findings[0].code


def test_measurements_alone_leave_the_channel_unproved() -> None:
    assert code(channel.weighed(walked((0, 6), (30, 6)), NOON, PROFILE)) is None


def test_a_word_after_a_walk_proves_it_and_says_so() -> None:
    job = channel.confirm(walked((0, 6), (30, 6)), "Kim Berg", NOON + timedelta(minutes=31), PROFILE)
    assert code(job) == "wifi.channel-fixed"
    assert job.records[-1].grade is Grade.MANUAL


def test_a_word_before_the_last_look_is_kept_until_then() -> None:
    job = channel.confirm(walked((0, 6)), "Kim Berg", NOON + timedelta(minutes=1), PROFILE)
    assert code(job) is None
    grown = job.with_records(*walked((9, 6)).records)
    assert code(channel.weighed(grown, NOON + timedelta(minutes=9), PROFILE)) == "wifi.channel-fixed"


def test_a_move_is_seen_across_stations_and_a_saved_job() -> None:
    job = store.decode(store.encode(walked((0, 6), (600, 11))), "job.dkjob")
    assert code(channel.weighed(job, NOON, PROFILE)) == "wifi.channel-moved"


def test_what_is_outdated_does_not_count() -> None:
    job = walked((0, 6), (10, 11))
    old = replace(job, records=(replace(job.records[0], outdated=True), job.records[1]))
    assert code(channel.weighed(old, NOON, PROFILE)) is None
