"""Answers become records of their own grade."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from installer_gui import profiles
from installer_gui.domain.finding import SITE, Grade, Subject, station
from installer_gui.domain.job import Connection, Job, Station
from installer_gui.domain.verdict import State, Verdict, judge
from installer_gui.errors import BadInput
from installer_gui.session.confirm import confirm
from installer_gui.session.plan import expected_of, rules
from installer_gui.session.store import decode, encode

PROFILE = profiles.load("zaptec-pro")
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
JOB = Job("1", NOON, PROFILE.id, stations=(Station("A1"), Station("A2")), connection=Connection.LTE_M)


def lte(job: Job, *, signal: float | bool = -95, online: bool = True) -> Job:
    """A whole LTE-M job, answered."""
    job = confirm(job, "lte-subscription", SITE, {"active": True}, "Kim", NOON)
    for made in job.stations:
        job = confirm(job, "lte-signal", station(made.id), {"signal": signal}, "Kim", NOON)
        job = confirm(job, "station-online", station(made.id), {"online": online}, "Kim", NOON)
    return job


def verdict(job: Job) -> Verdict:
    return judge(job.records, expected_of(job, PROFILE), rules(PROFILE), PROFILE).verdict


def test_a_word_is_graded_as_a_word() -> None:
    (record,) = confirm(JOB, "station-online", station("A1"), {"online": True}, "Kim", NOON).records
    assert (record.grade, record.subject, record.started) == (Grade.MANUAL, station("A1"), NOON)


def test_a_mobile_site_passes_on_words_alone() -> None:
    assert verdict(lte(JOB)) is Verdict.PASSED


def test_one_station_that_nobody_spoke_for_leaves_the_job_open() -> None:
    job = lte(JOB)
    assert verdict(replace(job, records=job.records[:-1])) is Verdict.INCOMPLETE


@pytest.mark.parametrize("job", [lte(JOB, signal=False), lte(JOB, online=False)])
def test_a_no_fails_the_job(job: Job) -> None:
    assert verdict(job) is Verdict.FAILED


def test_the_newest_word_counts() -> None:
    job = confirm(lte(JOB, online=False), "station-online", station("A1"), {"online": True}, "Kim", NOON)
    results = judge(job.records, expected_of(job, PROFILE), rules(PROFILE), PROFILE).results
    states = {r.subject.name: r.state for r in results if r.info.id == "station-online"}
    assert states == {"A1": State.PASS, "A2": State.FAIL}


def test_an_answer_survives_the_file() -> None:
    job = lte(JOB)
    assert decode(encode(job), "job") == job


@pytest.mark.parametrize(
    ("check", "subject"),
    [
        ("station-online", station("B7")),
        ("station-online", SITE),
        ("lte-subscription", station("A1")),
        ("mqtt-hub", SITE),
        ("", SITE),
    ],
)
def test_a_word_about_something_else_is_refused(check: str, subject: Subject) -> None:
    with pytest.raises(BadInput):
        confirm(JOB, check, subject, {"online": True}, "Kim", NOON)
