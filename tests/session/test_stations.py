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


def test_a_serial_number_of_another_model_is_a_warning() -> None:
    found = stations.problems((Station("A1", serial="ZAP000001"), Station("A2", serial="zpr000001")), PROFILE)
    assert found == {"A1": Problem.KNOWN_MODEL}
    assert stations.model("ZAP000001") == "Zaptec Go"
    assert stations.problems((Station("A1", serial="XYZ000001"),), PROFILE) == {"A1": Problem.OTHER_MODEL}


def test_two_stations_with_one_serial_number_are_a_warning() -> None:
    found = stations.problems((Station("A1", serial="ZPR000001"), Station("A2", serial="zpr000001")), PROFILE)
    assert found == {"A1": Problem.SAME_SERIAL, "A2": Problem.SAME_SERIAL}


def test_two_stations_with_one_address_are_a_warning() -> None:
    found = stations.problems((Station("A1", mac="60:15:92:40:00:01"), Station("A2", mac="60:15:92:40:00:01")), PROFILE)
    assert found == {"A1": Problem.SAME_MAC, "A2": Problem.SAME_MAC}
