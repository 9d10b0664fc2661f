"""PySide6 6.12.0 takes one reference too many from None on Python 3.10 and 3.11: run this before the pin is lifted."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel


def test_calls_that_return_nothing_leave_none_as_it_was() -> None:
    font, before = QFont(), sys.getrefcount(None)
    for _ in range(500):
        font.setBold(True)
    assert sys.getrefcount(None) - before > -50


def test_widgets_and_signals_leave_none_and_true_as_they_were(qapp: QApplication) -> None:
    class Sender(QObject):
        sent = Signal(bool)

    label, sender = QLabel(), Sender()
    sender.sent.connect(lambda value: None)
    none, true = sys.getrefcount(None), sys.getrefcount(True)
    for n in range(500):
        label.setText(str(n))
        label.update()
        label.setEnabled(True)
        sender.sent.emit(True)
    assert sys.getrefcount(None) - none > -50
    assert sys.getrefcount(True) - true > -50
