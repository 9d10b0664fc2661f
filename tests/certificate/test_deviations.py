"""Deviations on paper: what is alike in one row, and every number and every station named."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from installer_gui import i18n
from installer_gui.certificate import deviations
from installer_gui.certificate.content import Content, decode, encode
from installer_gui.certificate.view import wording_of
from installer_gui.certificate.wording import NONE
from installer_gui.domain.finding import Grade, Quantity, station
from installer_gui.domain.job import Job, Note
from installer_gui.domain.outcome import Measured
from installer_gui.domain.record import Record
from installer_gui.domain.verdict import State

from .samples import content, hostile, job
from .test_layout import drawn, text_of


def partly(stations: int, untried: range) -> Job:
    """A site where nobody asked for some stations."""
    made = job(stations, weak=0)
    left_out = {station(f"A{n}") for n in untried}
    return replace(
        made, records=tuple(r for r in made.records if r.check != "station-online" or r.subject not in left_out)
    )


def rows(made: Content) -> list[list[int]]:
    """The numbers of each row."""
    return [[line.number for line in group] for group in deviations.groups(wording_of(made))]


def test_stations_with_the_same_deviation_share_a_row() -> None:
    made = content(partly(60, range(11, 51)))
    assert rows(made) == [list(range(1, 41)), [41]]
    text = " ".join(text_of(drawn(made), "-f", "2", "-l", "2").split())
    assert "40 laddstationer" in text
    assert "A11–A50" in text
    assert "1–40" in text


def test_the_data_keep_every_one_of_them() -> None:
    made = decode(encode(content(partly(60, range(11, 51)))))
    assert [line.number for line in made.deviations] == list(range(1, 42))
    assert {line.subject.name for line in made.deviations if line.check == "station-online"} == {
        f"A{n}" for n in range(11, 51)
    }


def test_numbers_that_differ_stand_as_a_span() -> None:
    made = job(6, weak=2)
    records = tuple(weaker(r) if r.subject == station("A2") and r.check == "wifi-signal" else r for r in made.records)
    (group, *_) = deviations.groups(wording_of(content(replace(made, records=records))))
    assert [line.subject.name for line in group] == ["A1", "A2"]
    assert "−75 till −73\u00a0dBm, svag" in deviations.worst(wording_of(content(replace(made, records=records))))[0]


def weaker(record: Record) -> Record:
    assert isinstance(record.outcome, Measured)
    (found,) = record.outcome.findings
    evidence = {**found.evidence, "p20": Quantity(-75, "dBm")}
    return replace(record, outcome=Measured((replace(found, evidence=evidence),)))


def test_what_the_installer_wrote_about_one_station_keeps_it_apart() -> None:
    made = job(6, weak=3)
    noted = made.with_note(Note(station("A2"), "sample.signal-weak", action="Sätt upp en accesspunkt till"))
    assert rows(content(noted)) == [[1, 3], [2], [4]]


def test_remarks_are_never_joined() -> None:
    made = replace(job(2, weak=0), notes=(Note(station("A1"), text="Se foto"), Note(station("A1"), text="Se foto")))
    assert rows(content(made)) == [[1], [2]]


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_station_that_is_not_passed_is_named(language: str) -> None:
    scattered = partly(100, range(3, 100, 2))
    made = content(scattered, language)
    text = re.sub(r"\s+", "", text_of(drawn(made)))
    short = [s.id for s in made.stations if s.state is not State.PASS]
    assert len(short) == 49
    assert f",{','.join(short[1:-1])}," in text


def test_page_one_names_what_is_worst_first() -> None:
    made = content(job(6, weak=2, blocked=True, skipped=True))
    told = deviations.worst(wording_of(made))
    assert [line.partition(" –")[0] for line in told] == [
        "Utgående TCP 8883 till example.org är spärrad",
        "Ej provad: Tidsservern svarar och går rätt",
        "−73\u00a0dBm, svag, nära gränsen",
    ]
    first = " ".join(text_of(drawn(made), "-l", "1").split())
    assert "Utgående TCP 8883 till example.org är spärrad" in first
    assert "svag, nära gränsen – A1, A2" in first


def test_a_clean_site_has_nothing_to_name() -> None:
    made = replace(job(6, weak=0), notes=())
    assert deviations.worst(wording_of(content(made))) == []


def test_page_one_stays_one_page_when_everything_is_long() -> None:
    worst = replace(
        hostile("ord och fler ord " * 20), records=job(2, weak=2, blocked=True, skipped=True).records, demo="x"
    )
    pdf = drawn(content(worst))
    assert "Underskrift" in text_of(pdf, "-l", "1")


def test_what_waits_for_the_internet_says_so() -> None:
    made = job(2, skipped=True)
    waiting = content(replace(made, later=("ntp-servers", "mqtt-hub")))
    (line,) = (line for line in waiting.deviations if line.check == "ntp-servers")
    assert line.reason == "later"
    assert [row.reason for row in waiting.rows if row.check == "ntp-servers"] == ["later"]
    assert [row.reason for row in waiting.rows if row.check == "mqtt-hub"] == [""]  # it was measured after all
    text = " ".join(text_of(drawn(waiting)).split())
    assert text.count("Väntar på internet") == 3
    assert {line.reason for line in waiting.deviations if not line.finding and line.state} == {"later"}
    assert "Väntar på internet" not in text_of(drawn(content(made)))


def test_the_customer_signs_where_it_stands_how_to_verify() -> None:
    for stations in (1, 6, 10):
        pages = text_of(drawn(content(job(stations, weak=0)))).split("\f")
        page = next(page for page in pages if "Mottaget av kunden" in page)
        assert "Så kontrolleras intyget" in page


def test_what_waits_rests_on_nothing_that_was_measured_before() -> None:
    wording = wording_of(content(replace(job(1, skipped=True), later=("ntp-servers",))))
    (waiting,) = (row for row in wording.content.rows if row.check == "ntp-servers")
    assert wording.grade(replace(waiting, grade=Grade.MEASURED)) == NONE
    assert wording.grade(replace(waiting, grade=Grade.MEASURED, state=State.PASS)) != NONE
