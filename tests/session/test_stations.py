from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice

import pytest

from installer_gui import profiles
from installer_gui.domain.finding import station
from installer_gui.domain.job import Job, Station
from installer_gui.domain.outcome import NotMeasured
from installer_gui.domain.record import Record
from installer_gui.session import stations
from installer_gui.session.stations import Problem

NOW = datetime(2026, 11, 25, tzinfo=UTC)
PROFILE = profiles.load("zaptec-pro")


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("A1", ["A1", "A2", "A3"]),
        ("101", ["101", "102", "103"]),
        ("P08", ["P08", "P09", "P10"]),
        ("Garage", ["Garage 1", "Garage 2", "Garage 3"]),
        ("B2-9", ["B2-9", "B2-10", "B2-11"]),
    ],
)
def test_names_count_up_from_the_first(first: str, expected: list[str]) -> None:
    assert list(islice(stations.names(first), 3)) == expected


def test_new_stations_get_free_names() -> None:
    grown = stations.resized((Station("A2", "left"),), 3)
    assert [s.id for s in grown] == ["A2", "A1", "A3"]
    assert grown[0].place == "left"


def test_a_smaller_count_drops_from_the_end_and_none_is_a_count() -> None:
    three = stations.resized((), 3)
    assert [s.id for s in stations.resized(three, 2)] == ["A1", "A2"]
    assert stations.resized(three, 0) == ()


def test_no_more_stations_than_the_program_can_carry() -> None:
    assert len(stations.resized((), 5000)) == stations.MOST


def test_untouched_stations_can_be_named_anew() -> None:
    job = Job("X", NOW, "zaptec-pro", stations=stations.resized((), 2))
    assert [s.id for s in stations.renumbered(job, "P10")] == ["P10", "P11"]


def test_stations_with_results_keep_their_names() -> None:
    job = Job("X", NOW, "zaptec-pro", stations=stations.resized((), 2))
    measured = job.with_records(Record("wifi-signal", NOW, 1.0, NotMeasured("skipped"), station("A1")))
    assert stations.renumbered(measured, "P10") == job.stations
    described = replace(job, stations=(replace(job.stations[0], place="left"), job.stations[1]))
    assert stations.renumbered(described, "P10") == described.stations


def test_a_list_from_a_spreadsheet_is_read_line_by_line() -> None:
    pasted = stations.parse("A1\tgarage, left wall\tZPR012345\n\nA2;;zpr012346\nA3, by the gate\n")
    assert pasted.stations == (
        Station("A1", "garage, left wall", "ZPR012345"),
        Station("A2", "", "ZPR012346"),
        Station("A3", "by the gate"),
    )
    assert pasted.repeated == ()


def test_a_list_of_serial_numbers_alone_gets_names() -> None:
    assert stations.parse("ZPR000001\nZPR000002").stations == (
        Station("A1", "", "ZPR000001"),
        Station("A2", "", "ZPR000002"),
    )


def test_a_name_that_stands_twice_is_reported_and_kept_once() -> None:
    pasted = stations.parse("A1;first\nA2\nA1;second")
    assert [s.id for s in pasted.stations] == ["A1", "A2"]
    assert pasted.stations[0].place == "first"
    assert pasted.repeated == ("A1",)


def test_control_and_direction_characters_do_not_get_into_a_name() -> None:
    assert stations.parse("A\u202e1\x07;pl\u0000ats").stations == (Station("A1", "plats"),)


def test_a_serial_number_of_another_model_is_a_warning() -> None:
    found = stations.problems((Station("A1", serial="ZAP000001"), Station("A2", serial="zpr000001")), PROFILE)
    assert found == {"A1": Problem.OTHER_MODEL}


def test_two_stations_with_one_serial_number_are_a_warning() -> None:
    found = stations.problems((Station("A1", serial="ZPR000001"), Station("A2", serial="zpr000001")), PROFILE)
    assert found == {"A1": Problem.SAME_SERIAL, "A2": Problem.SAME_SERIAL}
