"""The forms at work: what is typed becomes the job."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from installer_gui.domain.finding import Severity
from installer_gui.domain.job import Connection, Station
from installer_gui.gui.dialogs.connection import ConnectionDialog
from installer_gui.gui.dialogs.paste import PasteDialog
from installer_gui.gui.pages.station_table import REMARK
from installer_gui.gui.shell import Shell
from installer_gui.session.flow import Page

from . import jobs
from .hands import MakeShell, button, field, texts, write


def test_what_is_typed_becomes_the_job_letter_by_letter(make_shell: MakeShell) -> None:
    shell = make_shell("sv", job=jobs.empty(), page=Page.SITE)
    write(field(shell, "Anläggningens namn"), "Brf Solen")
    write(field(shell, "Elektriker"), "Bo Ek")
    assert shell.wizard.job.site.name == "Brf Solen"
    assert shell.wizard.job.installer.person == "Bo Ek"


def test_a_missing_field_is_told_when_it_is_left_and_not_before(make_shell: MakeShell) -> None:
    shell = make_shell("en", job=jobs.empty(), page=Page.SITE)
    assert "Needed before signing" not in texts(shell)
    edit = field(shell, "Name of the site")
    edit.setFocus()
    field(shell, "Street").setFocus()
    assert texts(shell).count("Needed before signing") == 1
    write(edit, "X")
    assert "Needed before signing" not in texts(shell)


def test_the_installer_is_remembered_for_the_next_job(make_shell: MakeShell) -> None:
    shell = make_shell("en", job=jobs.described(), page=Page.SITE)
    shell.wizard.next()
    shell.wizard.files.new()
    assert shell.wizard.job.installer == jobs.described().installer
    assert shell.wizard.job.site.name == ""


def test_stations_are_counted_named_and_described(make_shell: MakeShell) -> None:
    shell = make_shell("en", job=jobs.empty(), page=Page.STATIONS)
    for _ in range(3):
        QTest.mouseClick(button(shell, "+"), Qt.MouseButton.LeftButton)
    write(field(shell, "First name"), "P10")
    assert [s.id for s in shell.wizard.job.stations] == ["P10", "P11", "P12"]
    model = shell.current()._model  # type: ignore[attr-defined]
    model.setData(model.index(1, 1), "by the gate")
    model.setData(model.index(1, 2), "zap000001")
    assert shell.wizard.job.stations[1] == Station("P11", "by the gate", "ZAP000001")
    assert model.data(model.index(1, REMARK)) == "The serial number is a Zaptec Go's, not a ZAPTEC PRO's"
    model.setData(model.index(2, 0), "P10")
    assert [s.id for s in shell.wizard.job.stations] == ["P10", "P11", "P12"]
    assert "The name P10 is already in use" in texts(shell)


def test_fewer_stations_can_be_taken_back(make_shell: MakeShell) -> None:
    shell = make_shell("en", job=jobs.measured(Severity.OK), page=Page.STATIONS)
    before = shell.wizard.job
    QTest.mouseClick(button(shell, "−"), Qt.MouseButton.LeftButton)
    assert len(shell.wizard.job.stations) == 3
    QTest.mouseClick(button(shell, "Undo"), Qt.MouseButton.LeftButton)
    assert shell.wizard.job == before


def test_a_pasted_list_is_read_before_it_is_used(make_shell: MakeShell) -> None:
    shell = make_shell("en", job=jobs.empty(), page=Page.STATIONS)
    dialog = paste(shell, "A1\tgarage\tZPR000001\nA2\nA1\tagain\n")
    assert "3 charging stations" in texts(dialog)
    assert "1 row to look at, at the top of the list" in texts(dialog)
    model = dialog._model
    assert model.data(model.index(0, 1)) == "Name in use already"
    assert [model.data(model.index(row, 0)) for row in range(3)] == ["3", "1", "2"]
    dialog.accept()
    assert shell.wizard.job.stations == (
        Station("A1", "garage", "ZPR000001"),
        Station("A2"),
        Station("A1 (2)", "again"),
    )


def test_a_list_that_took_the_place_of_another_can_be_taken_back(make_shell: MakeShell) -> None:
    shell = make_shell("en", job=jobs.described(), page=Page.STATIONS)
    before = shell.wizard.job
    paste(shell, "B1;plc\nB2;plc\n").accept()
    assert [s.id for s in shell.wizard.job.stations] == ["B1", "B2"]
    QTest.mouseClick(button(shell, "Undo"), Qt.MouseButton.LeftButton)
    assert shell.wizard.job == before


def test_a_list_can_be_added_to_the_stations_that_are_there(make_shell: MakeShell) -> None:
    shell = make_shell("en", job=jobs.described(), page=Page.STATIONS)
    dialog = paste(shell, "A1;other place\nB1;plc\n")
    button(dialog, "Add to the list").click()
    assert [s.id for s in shell.wizard.job.stations] == ["A1", "A2", "A3", "A4", "B1"]
    assert shell.wizard.job.stations[0].serial == "ZPR000001"
    assert shell.wizard.job.connections == (Connection.WIFI, Connection.PLC)


def test_a_list_is_opened_from_a_file_and_a_spreadsheet_is_refused(make_shell: MakeShell, tmp_path: Path) -> None:
    shell = make_shell("en", job=jobs.empty(), page=Page.STATIONS)
    dialog = paste(shell, "")
    (tmp_path / "list.xlsx").write_bytes(b"PK\x03\x04")
    dialog.open_file(tmp_path / "list.xlsx")
    assert any("save it as CSV" in text for text in texts(dialog))
    (tmp_path / "list.csv").write_text("Name;Circuit\nP1;F2\n", "utf-8")
    dialog.open_file(tmp_path / "list.csv")
    dialog.accept()
    assert shell.wizard.job.stations == (Station("P1", circuit="F2"),)


def paste(shell: Shell, text: str) -> PasteDialog:
    QGuiApplication.clipboard().setText(text)
    button(shell, "Paste a list…").click()
    dialog = shell.findChild(PasteDialog)
    assert dialog is not None
    return dialog


def test_some_stations_get_another_connection(make_shell: MakeShell, qtbot: QtBot) -> None:
    shell = make_shell("en", job=jobs.described(), page=Page.CONNECTION)
    button(shell, "Another connection for some…").click()
    dialog = shell.findChild(ConnectionDialog)
    assert dialog is not None
    assert "2 charging stations" in texts(dialog)
    dialog.accept()
    job = shell.wizard.job
    assert [job.connection_of(s) for s in job.stations] == ["wifi", "wifi", "plc", "plc"]
    shown = {"A1–A2", "A3–A4", "The stations use different connections"}
    qtbot.waitUntil(lambda: shown <= set(texts(shell)), timeout=5000)
