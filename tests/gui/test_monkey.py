"""Random keys and presses: nothing a person can do may raise, hang or close the window."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QFileDialog, QLineEdit, QMenu, QWidget

from installer_gui.domain.finding import Severity
from installer_gui.gui.shell import Shell

from . import jobs, matrix

MakeShell = Callable[..., Shell]
KEYS = (
    *(Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Escape),
    *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_A, Qt.Key.Key_Delete),
    *(Qt.Key.Key_F1, Qt.Key.Key_F5, Qt.Key.Key_F6, Qt.Key.Key_F7, Qt.Key.Key_F8, Qt.Key.Key_F9),
)
HOSTILE = ("åäö ØÆ", "😀🔌", "\u202eevil", "a\u0000b", "x" * 300, "#panic(1) $y$ {z}", "<b>bold</b>")
SEEDS, STEPS = (10, 1000) if matrix.FOLDER else (4, 150)


@pytest.fixture(autouse=True)
def _nothing_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", staticmethod(lambda *_: ("", "")))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_: ("", "")))
    monkeypatch.setattr(QDesktopServices, "openUrl", staticmethod(lambda _: True))


@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", range(SEEDS))
def test_random_presses_and_keys_break_nothing(make_shell: MakeShell, seed: int) -> None:
    job = jobs.described() if seed % 2 else jobs.measured(Severity.FAILURE)
    shell = make_shell(("sv", "nb", "en")[seed % 3], size=(1024, 600), job=job)
    chance = random.Random(seed)
    for _ in range(STEPS):
        _act(shell, chance)
        QApplication.processEvents()
    assert shell.isVisible()
    assert shell.wizard.page.code


def _act(shell: Shell, chance: random.Random) -> None:
    window = _front(shell)
    if isinstance(window, QMenu):
        _in_menu(window, chance)
        return
    dice = chance.random()
    if dice < 0.45:
        QTest.keyClick(_focused(window), chance.choice(KEYS))
    elif dice < 0.55:
        _type(window, chance)
    elif buttons := [b for b in window.findChildren(QAbstractButton) if b.isVisible() and b.isEnabled()]:
        QTest.mouseClick(chance.choice(buttons), Qt.MouseButton.LeftButton)
    else:  # the open list of a choice has none
        QTest.keyClick(window, Qt.Key.Key_Escape)


def _front(shell: Shell) -> QWidget:
    if popup := QApplication.activePopupWidget():
        return popup
    dialogs = [d for d in shell.findChildren(QDialog) if d.isVisible()]
    return dialogs[-1] if dialogs else shell


def _focused(window: QWidget) -> QWidget:
    here = QApplication.focusWidget()
    return here if here is not None and (here is window or window.isAncestorOf(here)) else window


def _in_menu(menu: QMenu, chance: random.Random) -> None:
    QTest.keyClick(menu, chance.choice((Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Right)))


def _type(window: QWidget, chance: random.Random) -> None:
    fields = [w for w in window.findChildren(QLineEdit) if w.isVisible() and w.isEnabled()]
    boxes = [w for w in window.findChildren(QComboBox) if w.isVisible() and w.count()]
    if fields:
        field = chance.choice(fields)
        field.setFocus()
        field.setText(chance.choice(HOSTILE))
        field.textEdited.emit(field.text())
        field.editingFinished.emit()
    if boxes:
        box = chance.choice(boxes)
        box.activated.emit(chance.randrange(box.count()))
