"""Basement mode in the window: internet checks wait in the job, and only they are run upstairs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from installer_gui.domain.finding import SITE, Severity
from installer_gui.gui.deviation_view import items
from installer_gui.gui.report import report
from installer_gui.gui.state import page_state
from installer_gui.session import later
from installer_gui.session.flow import Page

from . import jobs
from .hands import MakeShell, button, texts

PROFILE = jobs.PROFILE


def test_internet_checks_are_put_off_told_on_the_page_and_can_be_taken_back(make_shell: MakeShell) -> None:
    job = jobs.unmeasured("no-answer")
    shell = make_shell("en", job=job, page=Page.INTERNET)
    QTest.mouseClick(button(shell, "Test the internet later"), Qt.MouseButton.LeftButton)
    waits = len(later.waiting(shell.wizard.job))
    assert waits > 5
    assert f"{waits} checks are waiting for the internet" in texts(shell)
    state = page_state(Page.INTERNET, shell.wizard.view())
    assert state.code == "P7-7"
    assert state.open_points == len(state.rows)
    assert {row.word for row in state.rows} == {"Waiting for the internet"}
    lines = [item.line for item in items(shell.wizard.view()) if item.page is Page.INTERNET]
    assert set(lines) == {"Waiting for the internet"}, "where the deviations are listed as well"
    told = report(shell.wizard.view(), jobs.NOW)
    assert all(f"  Waiting for the internet: {row.title}\n" in told for row in state.rows), "in the report as well"
    QTest.mouseClick(button(shell, "Undo"), Qt.MouseButton.LeftButton)
    assert shell.wizard.job == job


def test_only_what_waits_is_run_when_there_is_internet(make_shell: MakeShell, qtbot: QtBot) -> None:
    job = later.put_off(jobs.described(), PROFILE)
    shell = make_shell("en", job=job, page=Page.INTERNET)
    assert not shell.wizard.measuring.site_runs, "what waits is not begun by itself"
    with qtbot.waitSignal(shell.wizard.measuring.ended, timeout=60_000):
        QTest.mouseClick(button(shell, "Test what is waiting"), Qt.MouseButton.LeftButton)
    made = {record.check for record in shell.wizard.job.records if record.subject == SITE}
    assert made == later.run_of(job, PROFILE)
    assert "mqtt-hub" not in later.waiting(shell.wizard.job)


def test_a_run_of_the_rest_leaves_alone_what_waits(make_shell: MakeShell, qtbot: QtBot) -> None:
    shell = make_shell("en", job=later.put_off(jobs.described(), PROFILE), page=Page.BASICS)
    with qtbot.waitSignal(shell.wizard.measuring.ended, timeout=60_000):
        shell.current().again()
    made = {record.check for record in shell.wizard.job.records}
    assert "dhcp-server" in made
    assert not made & set(later.waiting(shell.wizard.job))


def test_a_job_with_something_waiting_is_resumed_there(make_shell: MakeShell) -> None:
    job = later.put_off(jobs.measured(Severity.OK), PROFILE)
    shell = make_shell("en", job=job)
    assert shell.wizard.files._where_to_go_on() is Page.BASICS
