from dataclasses import replace
from datetime import UTC, datetime

import pytest

from installer_gui.domain.check import Area, CheckInfo, Rules
from installer_gui.domain.finding import SITE, Finding, Subject, station
from installer_gui.domain.job import Connection, Job, Note, Station
from installer_gui.domain.outcome import Measured
from installer_gui.domain.record import Record
from installer_gui.session import changes

NOW = datetime(2026, 11, 25, tzinfo=UTC)
RULES = Rules(
    tuple(
        CheckInfo(name, area)
        for name, area in (
            ("dhcp-capacity", Area.DHCP),
            ("dns-lan", Area.DNS),
            ("wifi-signal", Area.WIFI),
            ("wifi-channel", Area.WIFI),
        )
    )
)


def record(check: str, subject: Subject = SITE, interface: str = "wlan0") -> Record:
    return Record(check, NOW, 1.0, Measured((Finding("x", subject),)), subject, interface=interface)


@pytest.fixture
def job() -> Job:
    return Job(
        "X",
        NOW,
        "zaptec-pro",
        stations=(Station("A1"), Station("A2")),
        connection=Connection.WIFI,
        ssid="LADD",
        interface="wlan0",
        records=(
            record("dhcp-capacity"),
            record("dns-lan"),
            record("wifi-channel"),
            record("wifi-signal", station("A1")),
            record("wifi-signal", station("A2")),
        ),
        notes=(Note(station("A2"), "wifi.too-weak", "behind the pillar"),),
    )


def outdated(job: Job) -> set[tuple[str, str]]:
    return {(r.check, r.subject.name) for r in job.records if r.outdated}


def test_a_further_station_outdates_only_what_counted_them(job: Job) -> None:
    changed = changes.with_stations(job, (*job.stations, Station("A3")))
    assert outdated(changed) == {("dhcp-capacity", "")}


def test_a_removed_station_takes_its_results_out_of_the_judgement_but_not_out_of_the_job(job: Job) -> None:
    changed = changes.with_stations(job, job.stations[:1])
    assert outdated(changed) == {("dhcp-capacity", ""), ("wifi-signal", "A2")}
    assert len(changed.records) == len(job.records)


def test_a_station_described_anew_outdates_nothing(job: Job) -> None:
    changed = changes.with_stations(job, (replace(job.stations[0], place="left wall"), job.stations[1]))
    assert outdated(changed) == set()


def test_a_renamed_station_keeps_its_results_and_notes(job: Job) -> None:
    changed = changes.renamed(job, "A2", "B7")
    assert [s.id for s in changed.stations] == ["A1", "B7"]
    assert changed.records[-1].subject == station("B7")
    assert isinstance(changed.records[-1].outcome, Measured)
    assert changed.records[-1].outcome.findings[0].subject == station("B7")
    assert changed.notes[0].subject == station("B7")
    assert outdated(changed) == set()


@pytest.mark.parametrize("name", ["", "A1"])
def test_an_empty_or_taken_name_is_refused(job: Job, name: str) -> None:
    assert changes.renamed(job, "A2", name) is job


def test_another_connection_outdates_everything(job: Job) -> None:
    changed = changes.with_connection(job, Connection.PLC)
    assert all(r.outdated for r in changed.records)


def test_the_first_choice_of_a_connection_outdates_nothing(job: Job) -> None:
    assert not outdated(changes.with_connection(replace(job, connection=None), Connection.WIFI))


def test_another_wireless_network_outdates_what_was_heard_of_the_old_one(job: Job) -> None:
    changed = changes.with_ssid(job, "GUEST", RULES)
    assert outdated(changed) == {("wifi-channel", ""), ("wifi-signal", "A1"), ("wifi-signal", "A2")}


def test_another_interface_outdates_the_network_checks_but_not_the_radio_s(job: Job) -> None:
    changed = changes.with_interface(job, "eth0", RULES)
    assert outdated(changed) == {("dhcp-capacity", ""), ("dns-lan", "")}


def test_the_same_answers_again_change_nothing(job: Job) -> None:
    assert changes.with_connection(job, Connection.WIFI) is job
    assert changes.with_ssid(job, "LADD", RULES) is job
    assert changes.with_interface(job, "wlan0", RULES) is job
