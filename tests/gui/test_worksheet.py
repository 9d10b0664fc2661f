"""The wiring worksheet in the wizard."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from installer_gui import i18n
from installer_gui.checks.plc_worksheet import Grid
from installer_gui.domain.finding import SITE, Grade
from installer_gui.domain.job import Connection, Installer, Job
from installer_gui.domain.outcome import Measured
from installer_gui.domain.record import latest
from installer_gui.gui import worksheet
from installer_gui.gui.dialogs.worksheet import WorksheetDialog
from installer_gui.gui.looks import Look
from installer_gui.session import powerline_worksheet
from installer_gui.session.flow import Page

from . import jobs
from .hands import MakeShell, button, texts

GOOD = worksheet.Site(only_l1=True, same_phase_order=True, earth_checked=True, qr_code=True)


def on_circuits() -> Job:
    job = jobs.described(Connection.PLC, 6)
    circuits = ("K1", "K1", "K1", "K1", "K2", "K2")
    return replace(job, stations=tuple(replace(s, circuit=c) for s, c in zip(job.stations, circuits, strict=True)))


def sums(*rows: worksheet.Row) -> tuple[Look, str]:
    found = worksheet.modules(rows, GOOD)
    if found is None:
        return worksheet.sums(None, i18n.load("en"))
    sheet = powerline_worksheet.sheet(on_circuits(), found, same_phase_order=True, earth_checked=True, grid=Grid.TN)
    return worksheet.sums(sheet, i18n.load("en"))


def test_it_begins_with_the_circuits_of_the_list_and_what_is_usual() -> None:
    rows = worksheet.begin(on_circuits(), jobs.PROFILE, i18n.load("sv"))
    assert rows == (("Modul 1", "K1", "4", "", "", "10", "1,5"), ("Modul 2", "K2", "2", "", "", "10", "1,5"))


@pytest.mark.parametrize("spoilt", ["", "many", "-3", "1e999", "nan"])
def test_what_is_missing_or_no_number_keeps_the_worksheet_open(spoilt: str) -> None:
    for column in range(2, len(worksheet.COLUMNS)):
        row = ["M1", "K1", "4", "45", "12", "10", "1,5"]
        row[column] = spoilt
        assert worksheet.modules([tuple(row)], GOOD) is None


def test_half_a_station_is_no_count_and_an_empty_line_is_none() -> None:
    assert worksheet.modules([("M1", "K1", "4,5", "45", "12", "10", "1,5")], GOOD) is None
    whole = ("M1", "K1", "4", "45,5", "12", "10", "1.5")
    (made,) = worksheet.modules([whole, ("", " ", "", "", "", "", "")], GOOD) or ()
    assert (made.paired, made.farthest_m, made.conductor_mm2) == (4, 45.5, 1.5)
    assert worksheet.modules([("",) * 7], GOOD) is None


def test_the_sums_tell_what_does_not_go_together() -> None:
    first, second = ("M1", "K1", "4", "45", "12", "10", "1.5"), ("M2", "K2", "2", "45", "12", "10", "1.5")
    assert sums(first, second) == (Look.PASS, "It adds up. Modules: 2. Paired charging stations: 6.")
    assert sums(first)[0] is Look.FAIL
    assert "K2" in sums(first)[1]
    assert sums(first, ("M1", *second[1:]))[0] is Look.FAIL
    assert sums(first, ("M2", "K2", "1", *second[3:]))[0] is Look.WARN
    assert sums(("M1", *[""] * 6))[0] is Look.UNTESTED


def test_a_confirmed_worksheet_is_a_person_s_word_in_the_job(make_shell: MakeShell, qtbot: QtBot) -> None:
    shell = make_shell("en", job=on_circuits(), page=Page.POWERLINE)
    button(shell, "Fill in the worksheet…").click()
    dialog = shell.findChild(WorksheetDialog)
    assert dialog is not None
    confirm = button(dialog, "Confirm the worksheet")
    assert not confirm.isEnabled()
    for row in range(2):
        for column, text in ((3, "45"), (4, "12")):
            item = dialog._table.item(row, column)
            assert item is not None
            item.setText(text)
    for check in dialog._checks.values():
        check.click()
    assert "It adds up. Modules: 2. Paired charging stations: 6." in texts(dialog)
    confirm.click()
    record = latest(shell.wizard.job.records)["plc-wiring", SITE]
    assert record.grade is Grade.MANUAL
    assert isinstance(record.outcome, Measured)
    assert {"plc.sheet-fits", "plc.terminals-right", "plc.encrypted"} <= {f.code for f in record.outcome.findings}


def test_lines_are_added_and_taken_away(make_shell: MakeShell, qtbot: QtBot) -> None:
    shell = make_shell("en", job=on_circuits(), page=Page.POWERLINE)
    button(shell, "Fill in the worksheet…").click()
    dialog = shell.findChild(WorksheetDialog)
    assert dialog is not None
    button(dialog, "Add a module").click()
    assert dialog._table.rowCount() == 3
    button(dialog, "Remove the line").click()
    assert dialog._table.rowCount() == 2


def test_nobody_s_worksheet_is_not_begun(make_shell: MakeShell, qtbot: QtBot) -> None:
    shell = make_shell("en", job=replace(on_circuits(), installer=Installer()), page=Page.POWERLINE)
    button(shell, "Fill in the worksheet…").click()
    assert shell.findChild(WorksheetDialog) is None
    assert button(shell, "Enter the name").isVisible()
