"""A number with a button on either side, for fingers and for typing."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ...i18n import numbers
from .button import Button
from .fields import LineEdit
from .text import Text, name


class Stepper(QWidget):
    """A count from `least` to `most`. `counted` sends the new one."""

    counted = Signal(int)

    def __init__(self, least: int, most: int) -> None:
        super().__init__()
        self._least, self._most, self._value = least, most, least
        self.label, self.edit = Text(bold=True, wrap=False), LineEdit()
        self._fewer, self._more = Button(numbers.MINUS), Button("+")
        self.edit.setValidator(QIntValidator(least, most, self))
        self.edit.setFixedWidth(84)
        self.label.setBuddy(self.edit)
        row = QHBoxLayout()
        row.setSpacing(6)
        for widget in (self._fewer, self.edit, self._more):
            row.addWidget(widget)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.label)
        column.addLayout(row)
        self._fewer.clicked.connect(lambda: self._send(self._value - 1))
        self._more.clicked.connect(lambda: self._send(self._value + 1))
        self.edit.editingFinished.connect(self._type)

    def show_count(self, label: str, fewer: str, more: str, value: int) -> None:
        self._value = value
        self.label.setText(label)
        name(self.edit, label)
        name(self._fewer, fewer)
        name(self._more, more)
        if self.edit.text() != str(value):
            self.edit.setText(str(value))

    def _type(self) -> None:
        """What is no number leaves the count as it is."""
        text = self.edit.text()
        self._send(int(text) if text.isdecimal() else self._value)
        self.edit.setText(str(self._value))

    def _send(self, value: int) -> None:
        value = max(self._least, min(self._most, value))
        if value != self._value:
            self.counted.emit(value)
