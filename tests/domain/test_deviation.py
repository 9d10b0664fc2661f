"""The list of what is not as it should be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from installer_gui.domain.check import Area, CheckInfo, Expected, Rules
from installer_gui.domain.deviation import Deviation, deviations
from installer_gui.domain.finding import SITE, Code, Finding, Severity, Subject, station
from installer_gui.domain.job import Job, Note
from installer_gui.domain.outcome import Measured, NotMeasured, Outcome
from installer_gui.domain.profile import Profile
from installer_gui.domain.record import Record
from installer_gui.domain.verdict import judge

NOW = datetime(2026, 11, 22, tzinfo=UTC)
GOOD, SLOW = Code("names.good", 1, Severity.OK), Code("names.slow", 2, Severity.WARNING)
DEAD, NOTE = Code("names.dead", 3, Severity.FAILURE), Code("names.note", 4, Severity.INFO)
CODES = (GOOD, SLOW, DEAD, NOTE)
RULES = Rules((CheckInfo("dns-lan", Area.DNS, CODES), CheckInfo("station-online", Area.STATION, CODES)))
PROFILE = Profile("p", "P", "1", date(2026, 1, 1), (), (), "", (), {}, {}, {}, ())
JOB = Job("1", NOW, "p")


def listed(job: Job, *outcomes: Outcome, expected: tuple[Expected, ...] = ()) -> tuple[Deviation, ...]:
    records = [Record("dns-lan", NOW, 0.1, outcome) for outcome in outcomes]
    return deviations(job, judge(records, expected, RULES, PROFILE))


def test_warnings_and_failures_are_listed_and_nothing_harmless() -> None:
    outcome = Measured(tuple(Finding(c.name) for c in CODES))
    assert [(d.number, d.code) for d in listed(JOB, outcome)] == [(1, "names.slow"), (2, "names.dead")]


def test_a_required_check_that_was_not_measured_is_a_deviation_of_its_own() -> None:
    rows = listed(JOB, NotMeasured("no-link"), expected=(Expected("dns-lan"),))
    assert [(d.code, d.judged, d.subject) for d in rows] == [("not-measured:dns-lan", None, SITE)]


def test_a_check_that_nobody_required_is_no_deviation_when_it_was_not_measured() -> None:
    assert listed(JOB, NotMeasured("no-link")) == ()


def test_a_finding_that_this_version_cannot_weigh_is_a_deviation() -> None:
    assert [d.code for d in listed(JOB, Measured((Finding("later"),)))] == ["not-measured:dns-lan"]


def test_a_note_stays_with_its_finding_and_its_station() -> None:
    about_a2 = Note(station("A2"), "names.slow", owner="IT", action="byt router", due=date(2026, 12, 1))
    job = JOB.with_note(Note(station("A1"), "names.slow", owner="first")).with_note(about_a2)
    seen = Measured((Finding("names.slow", station("A2")),))
    (only,) = listed(job, seen)
    assert only.note == about_a2


def test_a_finding_without_a_name_of_its_own_stands_under_the_checks_subject() -> None:
    record = Record("station-online", NOW, 0.1, Measured((Finding("names.dead"),)), station("A3"))
    (only,) = deviations(JOB, judge([record], (), RULES, PROFILE))
    assert only.subject == Subject("station", "A3")


def test_the_installers_own_remarks_come_last_and_are_all_kept() -> None:
    job = JOB.with_note(Note(SITE, text="lås")).with_note(Note(SITE, text="nyckel"))
    rows = listed(job, Measured((Finding("names.slow"),)))
    assert [(d.number, d.code, d.note.text if d.note else "") for d in rows] == [
        (1, "names.slow", ""),
        (2, "", "lås"),
        (3, "", "nyckel"),
    ]


def test_a_second_note_on_the_same_finding_replaces_the_first() -> None:
    job = JOB.with_note(Note(SITE, "names.slow", text="1")).with_note(Note(SITE, "names.slow", text="2"))
    assert [n.text for n in job.notes] == ["2"]


def test_an_outdated_fault_is_listed_as_not_measured_not_as_a_fault() -> None:
    record = replace(Record("dns-lan", NOW, 0.1, Measured((Finding("names.dead"),))), outdated=True)
    rows = deviations(JOB, judge([record], (Expected("dns-lan"),), RULES, PROFILE))
    assert [d.code for d in rows] == ["not-measured:dns-lan"]
