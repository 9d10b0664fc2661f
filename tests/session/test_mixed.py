"""A site whose stations reach the internet in different ways."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from installer_gui import profiles
from installer_gui.checks.confirmation import Answer
from installer_gui.domain.check import Area
from installer_gui.domain.finding import SITE, Finding, station
from installer_gui.domain.job import Connection, Job, Station
from installer_gui.domain.outcome import Measured
from installer_gui.domain.record import Record
from installer_gui.errors import BadInput
from installer_gui.session import changes, confirm, flow, groups, jobs, plan
from installer_gui.session.flow import Page

NOW = datetime(2026, 11, 25, tzinfo=UTC)
PROFILE = profiles.load("zaptec-pro")
MIXED = Job(
    "X",
    NOW,
    PROFILE.id,
    connection=Connection.WIFI,
    stations=(
        Station("A1"),
        Station("A2"),
        Station("B1", connection=Connection.PLC),
        Station("B2", connection=Connection.PLC),
        Station("C1", connection=Connection.LTE_M),
    ),
)


def measured(check: str, name: str = "") -> Record:
    return Record(check, NOW, 1.0, Measured((Finding("wifi.signal"),)), station(name) if name else SITE)


def test_the_pages_of_every_connection_in_use_are_on_the_path() -> None:
    codes = [page.code for page in flow.path(MIXED)]
    assert codes == ["A0", "B1", "C2", "D3", "E4", "W5", "L5", "M5", "N6", "P7", "K8", "V9", "R10", "F11"]


def test_stations_are_asked_for_on_one_page_where_not_all_are_mobile() -> None:
    assert flow.areas(Page.LTE, MIXED) == (Area.LTE,)
    assert flow.page_of(Area.STATION, MIXED) is Page.STATION_CHECK


def test_each_station_needs_what_its_own_connection_asks() -> None:
    wanted = plan.expected_of(MIXED, PROFILE)
    of = {name: {e.check for e in wanted if e.subject == station(name)} for name in ("A1", "B2", "C1")}
    assert of == {
        "A1": {"wifi-signal", "station-online"},
        "B2": {"plc-station", "station-online"},
        "C1": {"lte-signal", "station-online"},
    }
    assert {"wifi-network", "plc-wiring", "lte-subscription", "dns-lan"} <= {e.check for e in wanted}


def test_a_station_without_any_connection_leaves_the_job_incomplete() -> None:
    unknown = replace(MIXED, connection=None)
    assert not unknown.connected
    assert {e.subject for e in plan.expected_of(unknown, PROFILE)} >= {station("")}


def test_a_run_looks_at_all_connections_and_counts_who_shares_the_network() -> None:
    made = {c.info.id for c in plan.plan_run(PROFILE, *MIXED.connections).checks}
    assert {"wifi-network", "plc-gateway", "dns-lan"} <= made
    assert [s.id for s in MIXED.networked] == ["A1", "A2", "B1", "B2"]


def test_stations_with_their_own_modem_are_counted_where_there_are_no_others() -> None:
    assert len(replace(MIXED, connection=Connection.LTE_M, stations=(Station("A1"),)).networked) == 1


def test_groups_are_rows_with_one_connection() -> None:
    made = groups.groups(changes.connected(MIXED, ["A2"], Connection.ETHERNET))
    assert [(g.label, g.connection) for g in made] == [
        ("A1", Connection.WIFI),
        ("A2", Connection.ETHERNET),
        ("B1–B2", Connection.PLC),
        ("C1", Connection.LTE_M),
    ]


def test_from_and_to_may_be_given_in_either_order() -> None:
    assert groups.between(MIXED, "B1", "A2") == groups.between(MIXED, "A2", "B1") == ("A2", "B1")


def test_another_connection_of_some_stations_outdates_what_was_measured_of_them_alone() -> None:
    job = MIXED.with_records(measured("wifi-signal", "A1"), measured("wifi-signal", "A2"), measured("dhcp-capacity"))
    moved = changes.connected(job, ["A2"], Connection.PLC)
    assert [r.outdated for r in moved.records] == [False, True, False]
    assert moved.stations[1].connection is Connection.PLC


def test_a_connection_that_nobody_uses_any_more_no_longer_counts() -> None:
    job = MIXED.with_records(measured("wifi-network"), measured("plc-wiring"), measured("dhcp-capacity"))
    moved = changes.connected(job, ["A1", "A2"], Connection.LTE_M)
    assert [r.outdated for r in moved.records] == [True, False, True]


def test_the_usual_connection_is_not_repeated_at_the_station() -> None:
    back = changes.connected(MIXED, ["B1", "B2"], Connection.WIFI)
    assert [s.connection for s in back.stations[2:4]] == [None, None]


def test_another_usual_connection_leaves_the_others_and_what_is_known_of_them() -> None:
    job = MIXED.with_records(measured("plc-station", "B1"), measured("wifi-signal", "A1"))
    changed = changes.with_connection(job, Connection.ETHERNET)
    assert [r.outdated for r in changed.records] == [False, True]
    assert changed.connections == (Connection.PLC, Connection.LTE_M, Connection.ETHERNET)


def test_a_list_that_names_connections_sets_the_usual_one() -> None:
    listed = (
        *(Station(f"P{n}", connection=Connection.PLC) for n in range(2)),
        Station("W", connection=Connection.WIFI),
    )
    made = changes.with_stations(replace(MIXED, connection=None, stations=()), listed)
    assert made.connection is Connection.PLC


def test_a_person_is_not_asked_about_another_connection() -> None:
    answers: dict[str, Answer] = {"paired": True}
    with pytest.raises(BadInput, match=r"other-connection"):
        confirm.confirm(MIXED, "plc-station", station("A1"), answers, "Bo", NOW)
    assert confirm.confirm(MIXED, "plc-station", station("B1"), answers, "Bo", NOW).records


def test_a_mixed_job_passes_only_with_every_stations_own_check() -> None:
    judgement = jobs.judged(MIXED.with_records(measured("wifi-signal", "B1")), PROFILE)
    states = {(r.info.id, r.subject.name): r.required for r in judgement.results if r.subject.name == "B1"}
    assert states[("plc-station", "B1")]
    assert not states[("wifi-signal", "B1")]


def test_every_check_of_a_connection_is_named_after_it() -> None:
    names = {Area.WIFI: "wifi-", Area.PLC: "plc-", Area.LTE: "lte-"}
    infos = [info for info in plan.rules(PROFILE).infos if info.area in names]
    assert infos
    assert all(info.id.startswith(names[info.area]) for info in infos)
