"""Tables and the keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView

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
