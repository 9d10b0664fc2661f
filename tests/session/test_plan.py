"""What a run makes, and what it must have measured."""

from __future__ import annotations

from dataclasses import replace

import pytest

from installer_gui import profiles
from installer_gui.domain.check import Expected
from installer_gui.domain.finding import station
from installer_gui.domain.job import Connection, Station
from installer_gui.session import jobs, plan

PROFILE = profiles.load("zaptec-pro")


def ids(expected: tuple[Expected, ...]) -> set[str]:
    return {e.check for e in expected}


@pytest.mark.parametrize("connection", Connection)
def test_a_run_makes_every_network_check_that_it_expects(connection: Connection) -> None:
    made = plan.plan_run(PROFILE, connection)
    asked = {"plc-wiring", "lte-subscription"}  # a person's word, given in the job
    assert ids(made.expected) - {c.info.id for c in made.checks} <= asked


def test_a_wifi_site_expects_its_network_and_a_wired_one_does_not() -> None:
    wifi, wired = (plan.plan_run(PROFILE, c).expected for c in (Connection.WIFI, Connection.ETHERNET))
    assert ids(wifi) - ids(wired) == {"wifi-network", "wifi-channel"}


def test_stations_on_lte_do_not_need_this_network() -> None:
    made = plan.plan_run(PROFILE, Connection.LTE_M)
    assert [c.info.id for c in made.checks] == ["traffic-budget"]
    assert ids(made.expected) == {"lte-subscription"}


def test_what_is_skipped_is_not_run_and_stays_expected() -> None:
    made = plan.plan_run(PROFILE, Connection.ETHERNET, skip=("dns-lan",))
    assert "dns-lan" not in {c.info.id for c in made.checks}
    assert "dns-lan" in ids(made.expected)
    assert made.skipped == ("dns-lan",)


def test_what_is_asked_for_by_name_is_run_and_expected_alone() -> None:
    made = plan.plan_run(PROFILE, Connection.ETHERNET, only=("dns-honesty", "wifi-signal"))
    assert [c.info.id for c in made.checks] == ["dns-honesty"]
    assert ids(made.expected) == {"dns-honesty", "wifi-signal"}


def test_every_fact_has_a_name_for_who_gives_it_also_when_that_check_is_left_out() -> None:
    everything = plan.plan_run(PROFILE, Connection.WIFI)
    few = plan.plan_run(PROFILE, Connection.WIFI, only=("wifi-channel",))
    assert few.givers == everything.givers
    assert {kind for c in everything.checks for kind in c.needs} <= set(few.givers)


def test_a_job_expects_the_site_once_and_each_station() -> None:
    job = replace(jobs.new(PROFILE), connection=Connection.WIFI, stations=(Station("A1"), Station("A2")))
    expected = plan.expected_of(job, PROFILE)
    assert {e.subject for e in expected if e.check == "wifi-signal"} == {station("A1"), station("A2")}
    assert [e.subject.name for e in expected if e.check == "dns-lan"] == [""]


@pytest.mark.parametrize("change", [{"connection": None}, {"stations": ()}])
def test_a_job_without_stations_or_a_connection_can_never_be_complete(change: dict[str, object]) -> None:
    job = replace(jobs.new(PROFILE, count=2), connection=Connection.WIFI)
    job = replace(job, **change)  # type: ignore[arg-type]  # one field or the other
    assert Expected("station-online", station("")) in plan.expected_of(job, PROFILE)
