"""Tables and lists that somebody works in."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView

from installer_gui.gui.deviation_view import items
from installer_gui.session.flow import Page

from . import jobs
from .hands import MakeShell, write


def test_tab_leaves_the_list_of_stations_and_keeps_what_was_typed(make_shell: MakeShell) -> None:
    shell = make_shell("en", job=jobs.described(stations=3), page=Page.STATIONS)
    table = shell.current().findChild(QTableView)
    assert table is not None
    table.setFocus()
    table.setCurrentIndex(table.model().index(2, 1))
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    write(editor, "by the gate")
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert shell.wizard.job.stations[2].place == "by the gate"
    here = QApplication.focusWidget()
    assert here is not None
    assert not table.isAncestorOf(here)


def test_a_remark_that_changed_meanwhile_is_found_again(make_shell: MakeShell) -> None:
    shell = make_shell("en", job=jobs.described(), page=Page.DEVIATIONS)
    page = shell.current()
    page._add_remark()  # type: ignore[attr-defined]
    (old,) = [item for item in items(shell.wizard.view()) if item.remark]
    page._note((old, replace(old.note, text="a")))  # type: ignore[attr-defined]
    page._note((old, replace(old.note, text="ab")))  # type: ignore[attr-defined]
    assert [note.text for note in shell.wizard.job.notes] == ["ab"]
    page._remove(old)  # type: ignore[attr-defined]
    page._remove(old)  # type: ignore[attr-defined]
    assert not shell.wizard.job.notes
