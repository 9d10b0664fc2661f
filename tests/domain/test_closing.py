"""Deviations close themselves when a later measurement no longer shows them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from installer_gui.domain.check import Area, CheckInfo, Expected, Rules
from installer_gui.domain.closing import Closed, closed
from installer_gui.domain.deviation import deviations
from installer_gui.domain.finding import SITE, Code, Finding, Responsible, Severity, station
from installer_gui.domain.job import Job, Note
from installer_gui.domain.outcome import Measured, NotMeasured
from installer_gui.domain.record import Record
from installer_gui.domain.verdict import judge
from installer_gui.profiles import load

START = datetime(2026, 11, 25, 9, tzinfo=UTC)
GOOD = Code("port.open", 901, Severity.OK)
BAD = Code("port.blocked", 902, Severity.FAILURE, Responsible.NETWORK_OWNER)
SLOW = Code("port.slow", 903, Severity.WARNING, Responsible.INSTALLER)
PROFILE = load("zaptec-pro")
RULES = Rules((CheckInfo("mqtt-hub", Area.MQTT, (GOOD, BAD, SLOW)),))


def record(hour: int, *codes: Code, name: str = "") -> Record:
    subject = station(name) if name else SITE
    found = Measured(tuple(Finding(code.name) for code in codes))
    return Record("mqtt-hub", START + timedelta(hours=hour), 1.0, found, subject)


def job(*records: Record) -> Job:
    return Job("X", START, PROFILE.id, records=records)


def closed_of(made: Job) -> tuple[Closed, ...]:
    return closed(made, judge(made.records, [Expected("mqtt-hub")], RULES, PROFILE), RULES, PROFILE)


def test_a_failure_that_a_later_measurement_no_longer_shows_is_closed_with_both_dates() -> None:
    (found,) = closed_of(job(record(0, BAD), record(1, BAD), record(2, GOOD), record(3, GOOD)))
    assert (found.judged.code, found.opened.hour, found.closed.hour) == (BAD, 9, 11)


def test_what_is_still_seen_is_open_and_stands_in_one_list_only() -> None:
    made = job(record(0, BAD, SLOW), record(1, GOOD), record(2, BAD))
    assert [found.judged.code for found in closed_of(made)] == [SLOW]
    judgement = judge(made.records, [Expected("mqtt-hub")], RULES, PROFILE)
    assert [d.code for d in deviations(made, judgement)] == [BAD.name]


def test_silence_closes_nothing() -> None:
    assert closed_of(job(record(0, BAD), Record("mqtt-hub", START, 0.0, NotMeasured("no-link")))) == ()


def test_what_was_measured_under_old_premises_is_not_told_as_put_right() -> None:
    assert closed_of(job(replace(record(0, BAD), outdated=True), record(1, GOOD))) == ()


def test_nothing_is_closed_by_what_is_outdated_itself() -> None:
    assert closed_of(job(record(0, BAD), replace(record(1, GOOD), outdated=True))) == ()


def test_stations_are_kept_apart_and_the_note_stays_with_its_deviation() -> None:
    note = Note(station("A1"), BAD.name, owner="network-owner", action="opened")
    made = replace(job(record(0, BAD, name="A1"), record(0, BAD, name="A2"), record(1, GOOD, name="A1")), notes=(note,))
    (found,) = closed_of(made)
    assert (found.subject, found.note) == (station("A1"), note)
