"""What a person does at the window, found by the words on it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from installer_gui.gui.shell import Shell
from installer_gui.gui.widgets.button import Button
from installer_gui.gui.widgets.text import Text

MakeShell = Callable[..., Shell]


def button(root: QWidget, text: str) -> Button:
    return next(b for b in root.findChildren(Button) if b.isVisible() and b.text() == text)


def field(root: QWidget, name: str) -> QLineEdit:
    return next(e for e in root.findChildren(QLineEdit) if e.isVisible() and e.accessibleName() == name)


def write(edit: QLineEdit, text: str) -> None:
    edit.setFocus()
    edit.clear()
    QTest.keyClicks(edit, text)


def texts(root: QWidget) -> list[str]:
    return [t.text() for t in root.findChildren(Text) if t.isVisible()]
