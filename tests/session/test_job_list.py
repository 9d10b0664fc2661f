"""The list of jobs: state, search, archive, and a new job at the same site."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from installer_gui.domain.finding import Finding, station
from installer_gui.domain.job import Connection, Job, Site, Station
from installer_gui.domain.outcome import Measured
from installer_gui.domain.record import Record
from installer_gui.domain.verdict import Verdict
from installer_gui.errors import BadInput
from installer_gui.session import job_list, store

NOW = datetime(2026, 11, 25, tzinfo=UTC)
JOB = Job(
    "AAAA-AAAA-AAAA",
    NOW,
    "zaptec-pro",
    site=Site("Brf Solen", "Storgatan 4", "903 25", "Umeå", customer="Ada"),
    stations=(Station("A1"), Station("A2")),
    connection=Connection.WIFI,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store.save(JOB, tmp_path / f"{JOB.id}.dkjob")
    return tmp_path


def test_a_job_is_listed_with_how_far_it_has_come(folder: Path) -> None:
    (found,) = job_list.listed(folder)
    assert (found.number, found.title) == (JOB.id, "Brf Solen, Storgatan 4, Umeå")
    assert (found.done, found.stations, found.verdict) == (0, 2, Verdict.INCOMPLETE)
    assert found.connections == (Connection.WIFI,)


def test_a_station_is_done_when_all_that_its_connection_asks_is_answered() -> None:
    records = [Record(c, NOW, 0.0, Measured((Finding("x"),)), station("A1")) for c in ("wifi-signal", "station-online")]
    assert job_list.done(JOB.with_records(records[0])) == 0
    assert job_list.done(JOB.with_records(*records)) == 1


def test_a_file_that_cannot_be_read_and_a_profile_that_is_missing_stop_no_list(folder: Path) -> None:
    (folder / "broken.dkjob").write_text("{")
    store.save(replace(JOB, id="B", profile="unknown"), folder / "B.dkjob")
    assert {found.number: found.verdict for found in job_list.listed(folder)} == {
        JOB.id: Verdict.INCOMPLETE,
        "B": None,
    }


@pytest.mark.parametrize(
    ("sought", "hit"), [("solen", True), ("UMEÅ ada", True), ("aaaa-a", True), ("x", False), ("", True)]
)
def test_every_word_that_is_sought_must_be_found(folder: Path, sought: str, hit: bool) -> None:
    (found,) = job_list.listed(folder)
    assert job_list.finds(found, sought) is hit


def test_an_archived_job_lies_aside_with_its_earlier_copy_and_comes_back(folder: Path) -> None:
    path = folder / f"{JOB.id}.dkjob"
    store.save(replace(JOB, order_no="2"), path)
    aside = job_list.archive(path)
    (found,) = job_list.listed(folder)
    assert found.archived
    assert store.earlier_copy(aside).is_file()
    assert job_list.restore(aside) == path
    assert [found.archived for found in job_list.listed(folder)] == [False]


def test_nothing_in_the_archive_is_written_over(folder: Path) -> None:
    path = folder / f"{JOB.id}.dkjob"
    job_list.archive(path)
    store.save(JOB, path)
    with pytest.raises(BadInput, match="exists"):
        job_list.archive(path)
    assert path.is_file()


def test_a_new_job_at_the_same_site_has_the_stations_and_no_results() -> None:
    made = job_list.duplicate(JOB.with_records(Record("x", NOW, 0.0, Measured(()))), NOW)
    assert made.id != JOB.id
    assert (made.site, made.stations, made.connection) == (JOB.site, JOB.stations, JOB.connection)
    assert (made.records, made.notes, made.revision) == ((), (), 1)
