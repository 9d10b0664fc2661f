"""Basement: what needs the internet waits, and nothing of it counts meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from installer_gui import checks, profiles
from installer_gui.checks.passage import needs_passage
from installer_gui.domain.finding import SITE, Finding, Grade
from installer_gui.domain.job import Connection, Job, Station
from installer_gui.domain.outcome import Measured, NotMeasured
from installer_gui.domain.record import Record
from installer_gui.domain.verdict import State, Verdict
from installer_gui.session import jobs, later

NOW = datetime(2026, 11, 25, tzinfo=UTC)
PROFILE = profiles.load("zaptec-pro")
JOB = Job("X", NOW, PROFILE.id, connection=Connection.WIFI, stations=(Station("A1"),))


def record(check: str, code: str = "names.lan-resolves") -> Record:
    return Record(check, NOW, 1.0, Measured((Finding(code),)), SITE, grade=Grade.MEASURED)


def test_everything_beyond_the_local_network_waits_and_nothing_else() -> None:
    put_off = later.put_off(JOB, PROFILE)
    beyond = {c.info.id for c in checks.network(PROFILE, Connection.WIFI) if needs_passage(c.info)}
    assert set(later.waiting(put_off)) == beyond
    assert {"mqtt-hub", "dns-lan", "ntp-servers", "captive-portal"} <= beyond
    assert not {"dhcp-server", "wifi-network", "link-gateway"} & beyond


def test_what_was_passed_before_does_not_count_while_it_waits() -> None:
    job = later.put_off(JOB.with_records(record("dns-lan"), record("dhcp-server")), PROFILE)
    assert [r.outdated for r in job.records] == [True, False]
    judgement = jobs.judged(job, PROFILE)
    assert judgement.verdict is Verdict.INCOMPLETE
    assert {r.state for r in judgement.results if r.info.id in job.later} == {State.NOT_MEASURED}


def test_a_check_waits_until_it_is_measured_and_no_failed_attempt_ends_that() -> None:
    job = later.put_off(JOB, PROFILE)
    tried = job.with_records(Record("dns-lan", NOW, 1.0, NotMeasured("no-link")))
    assert "dns-lan" in later.waiting(tried)
    assert "dns-lan" not in later.waiting(tried.with_records(record("dns-lan")))


def test_a_run_of_what_waits_includes_what_it_needs() -> None:
    job = later.put_off(JOB, PROFILE)
    there = {c.info.id: c for c in checks.network(PROFILE, Connection.WIFI)}
    run = later.run_of(job, PROFILE)
    assert run >= set(later.waiting(job))
    given = {kind for name in run for kind in there[name].gives}
    assert {kind for name in run for kind in there[name].needs} <= given
    assert "wifi-network" not in run


def test_when_nothing_waits_any_more_what_was_not_measured_is_open() -> None:
    job = later.taken_up(later.put_off(JOB, PROFILE))
    assert later.waiting(job) == ()
    assert jobs.judged(job, PROFILE).verdict is Verdict.INCOMPLETE


@pytest.mark.parametrize("connection", [None, Connection.LTE_M])
def test_where_the_stations_do_not_use_this_network_nothing_waits(connection: Connection | None) -> None:
    assert later.waiting(later.put_off(replace(JOB, connection=connection), PROFILE)) == ()
