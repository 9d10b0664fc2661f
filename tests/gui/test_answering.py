"""Questions and deviations at work: what is answered and explained becomes records and notes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from installer_gui.domain.finding import SITE, Severity, station
from installer_gui.domain.job import Connection, Station
from installer_gui.domain.record import latest
from installer_gui.gui.widgets.answer import AnswerLine
from installer_gui.gui.widgets.button import Button
from installer_gui.gui.widgets.keyed_list import AT_ONCE
from installer_gui.session.flow import Page

from . import jobs
from .hands import MakeShell, button, field, texts, write


def test_a_long_list_comes_in_pages_and_the_keyboard_goes_along(make_shell: MakeShell, qtbot: QtBot) -> None:
    shell = make_shell("en", job=jobs.described(stations=50), page=Page.STATION_CHECK)
    qtbot.waitUntil(lambda: len(shell.findChildren(AnswerLine)) == AT_ONCE, timeout=20_000)
    button(shell, "Show 21–40 of 50").click()
    qtbot.waitUntil(lambda: "A40" in texts(shell) and "A1" not in texts(shell), timeout=20_000)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName().startswith("A21")
    button(shell, "Show 41–50 of 50").click()
    qtbot.waitUntil(lambda: "A50" in texts(shell), timeout=20_000)
    assert {"Show 21–40 of 50"} == {
        b.text() for b in shell.findChildren(Button) if b.isVisible() and b.text()[:4] == "Show"
    }


def test_the_walk_goes_over_to_the_next_page_of_stations(make_shell: MakeShell, qtbot: QtBot) -> None:
    job = jobs.described(stations=50)
    measured = [jobs.record("wifi-signal", station(f"A{n}"), Severity.OK) for n in range(1, 31)]
    shell = make_shell("en", job=job.with_records(*measured), page=Page.WIFI)
    qtbot.waitUntil(lambda: "A31" in "".join(texts(shell)), timeout=20_000)


def test_an_answer_needs_the_name_of_whoever_gives_it(make_shell: MakeShell) -> None:
    nobody = replace(jobs.described(), installer=jobs.empty().installer)
    shell = make_shell("en", job=nobody, page=Page.STATION_CHECK)
    shell.findChildren(AnswerLine)[0]._yes.click()
    assert shell.wizard.job.records == ()
    button(shell, "Enter the name").click()
    assert shell.wizard.page is Page.SITE


def test_each_station_is_answered_for_and_an_answer_can_be_changed(make_shell: MakeShell) -> None:
    shell = make_shell("en", job=jobs.described(), page=Page.STATION_CHECK)
    line = shell.findChildren(AnswerLine)[0]
    line._yes.click()
    assert any(text.startswith("Answered by Bo Ek") for text in texts(shell))
    line._no.click()
    assert not line._yes.isChecked()
    assert line._no.isChecked()
    assert "K8-4" in texts(shell)


def test_one_press_answers_for_all_stations_that_are_left(make_shell: MakeShell) -> None:
    shell = make_shell("en", job=jobs.described(), page=Page.STATION_CHECK)
    button(shell, "All are online").click()
    assert "K8-2" in texts(shell)
    assert "4 answers were saved" in texts(shell)


def test_a_worksheet_becomes_a_record_when_its_last_question_is_answered(make_shell: MakeShell) -> None:
    shell = make_shell("en", job=jobs.described(Connection.PLC), page=Page.POWERLINE)
    lines = [line for line in shell.findChildren(AnswerLine) if line._asked and line._asked.key[0] == "plc-wiring"]
    assert len(lines) == 7
    for line in lines:
        assert ("plc-wiring", SITE) not in latest(shell.wizard.job.records)
        if line._asked is not None and line._asked.unit:
            write(line._number, "40")
            line._number.editingFinished.emit()
        else:
            line._yes.click()
    assert ("plc-wiring", SITE) in latest(shell.wizard.job.records)
    assert shell.wizard.asking.drafts == {}


def test_a_level_is_typed_with_either_minus(make_shell: MakeShell) -> None:
    shell = make_shell("sv", job=jobs.described(Connection.LTE_M), page=Page.LTE)
    line = next(a for a in shell.findChildren(AnswerLine) if a._asked and a._asked.unit)
    write(line._number, "-101")
    line._number.editingFinished.emit()
    assert line._number.text() in ("-101", "−101")
    assert ("lte-signal", station("A1")) in latest(shell.wizard.job.records)


def test_a_deviation_is_owned_dated_and_explained(make_shell: MakeShell, qtbot: QtBot) -> None:
    shell = make_shell("nb", job=jobs.measured(Severity.FAILURE), page=Page.DEVIATIONS)
    qtbot.waitUntil(lambda: "Annet tiltak" in texts(shell), timeout=5000)
    write(field(shell, "Annet tiltak"), "Åpner porten")
    due = field(shell, "Frist")
    write(due, "31.02.2026")
    field(shell, "Annet tiltak").setFocus()
    assert "Ikke en dato" in texts(shell)
    write(due, "01.12.2026")
    field(shell, "Annet tiltak").setFocus()
    note = shell.wizard.job.notes[-1]
    assert (note.action, note.due) == ("Åpner porten", date(2026, 12, 1))
    assert note.owner
    assert "Ikke en dato" not in texts(shell)


def test_a_remark_of_one_s_own_can_be_taken_away_and_a_finding_cannot(make_shell: MakeShell, qtbot: QtBot) -> None:
    shell = make_shell("en", job=jobs.measured(Severity.FAILURE), page=Page.DEVIATIONS)
    assert not [b for b in shell.findChildren(Button) if b.isVisible() and b.text() == "Remove"]
    shell.wizard.take(jobs.measured(Severity.OK))
    button(shell, "Add a remark").click()
    qtbot.waitUntil(lambda: "Remark" in texts(shell), timeout=5000)
    write(field(shell, "Remark"), "The router stands in the bicycle room")
    assert shell.wizard.job.notes[0].text == "The router stands in the bicycle room"
    button(shell, "Remove").click()
    assert shell.wizard.job.notes == ()


def test_deviations_stand_under_who_must_put_them_right_with_a_letter_to_each(
    make_shell: MakeShell, qtbot: QtBot
) -> None:
    shell = make_shell("en", job=jobs.measured(Severity.FAILURE, stations=1), page=Page.DEVIATIONS)
    qtbot.waitUntil(lambda: "The installer" in texts(shell), timeout=5000)
    assert {"The network owner", "The installer"} <= set(texts(shell))
    letters = [b for b in shell.findChildren(Button) if b.isVisible() and b.text() == "Letter about actions…"]
    assert "Letter about actions…: The network owner" in [b.accessibleName() for b in letters]
    assert not any(b.accessibleName().endswith("The installer") for b in letters)
    with qtbot.waitSignal(shell.wizard.signing.written, timeout=20_000) as told:
        letters[0].click()
    assert told.args
    assert "Ada Lind" in told.args[0]


def test_what_a_later_measurement_no_longer_shows_is_kept_as_put_right(make_shell: MakeShell, qtbot: QtBot) -> None:
    failed, passed = jobs.measured(Severity.FAILURE), jobs.measured(Severity.OK)
    later = [replace(r, started=r.started + timedelta(hours=1)) for r in passed.records if r.check == "mqtt-hub"]
    shell = make_shell("en", job=failed.with_records(*later), page=Page.DEVIATIONS)
    qtbot.waitUntil(lambda: "1 deviation was put right" in texts(shell), timeout=5000)
    assert any("found 2026-11-25 14:05, gone 2026-11-25 15:05" in t or "gone" in t for t in texts(shell))


def test_direction_characters_in_names_are_shown_and_not_obeyed(make_shell: MakeShell) -> None:
    hostile = replace(jobs.described(), ssid="x\u202egnp.\u0007", stations=(Station("A\u202e1", "<b>wall</b>\n"),))
    shell = make_shell("en", job=hostile, page=Page.WIFI)
    for page in (Page.WIFI, Page.STATION_CHECK, Page.DEVIATIONS, Page.REVIEW):
        shell.wizard.go(page)
        QApplication.processEvents()
        shown = " ".join(texts(shell))
        assert "\u202e" not in shown
        assert "\u0007" not in shown
        if page is Page.STATION_CHECK:
            assert "A\ufffd1 · <b>wall</b>" in shown
