"""The banner of a simulated site, on every page: what is made there can never be taken for real."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from . import theme
from .widgets.text import Text


class DemoBanner(QFrame):
    """A striped line above everything."""

    def __init__(self) -> None:
        super().__init__()
        self._text = Text(tone="warn", bold=True, wrap=False)
        self._text.setAutoFillBackground(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.EDGE, 3, theme.EDGE, 4)
        row.addWidget(self._text, 0, Qt.AlignmentFlag.AlignCenter)

    def show_site(self, text: str) -> None:
        self._text.setText(text)
        self.setVisible(bool(text))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colour = QPainter(self), QColor(theme.colour("warn"))
        painter.fillRect(self.rect(), QColor(theme.tint("warn")))
        stripe = QBrush(colour, Qt.BrushStyle.BDiagPattern)
        middle = self._text.geometry().adjusted(-12, 0, 12, 0)
        painter.fillRect(0, 0, middle.left(), self.height(), stripe)
        painter.fillRect(middle.right(), 0, self.width() - middle.right(), self.height(), stripe)
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour)
        painter.end()
