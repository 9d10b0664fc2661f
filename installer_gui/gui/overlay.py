"""One thing in huge type over the whole window: the screen code for the phone, or a value read at arm's length."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from . import theme
from .looks import Look
from .widgets import glyph
from .widgets.text import name

VALUE_PX, WORD_PX = 200, 44


class Overlay(QWidget):
    """Covers its window until a key or a press."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._covered = parent
        self._look, self._value, self._word, self._more, self._hint = Look.UNTESTED, "", "", "", ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    def show_value(self, look: Look, value: str, word: str, more: str, hint: str) -> None:
        """Show a value with its state in words, and a line more; `hint` tells how to leave."""
        self._look, self._value, self._word, self._more, self._hint = look, value, word, more, hint
        name(self, " ".join(filter(None, (value, word, more))), hint)
        self.setGeometry(self._covered.rect())
        self.show()
        self.raise_()
        self.update()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.hide()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        t, painter = theme.tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(t.bg))
        area = QRectF(self.rect()).adjusted(24, 24, -24, -24)
        size = min(120.0, area.height() / 5)
        glyph.paint(painter, self._look, QRectF(area.center().x() - size / 2, area.top(), size, size))
        rest = area.adjusted(0, size + 12, 0, 0)
        _fit(painter, self._value, rest.adjusted(0, 0, 0, -rest.height() / 3), VALUE_PX, t.text)
        part = rest.height() / 9
        for at, (text, colour) in enumerate(((self._word, theme.colour(self._look.tone)), (self._more, t.text))):
            below = QRectF(rest.left(), rest.bottom() - part * (3 - at), rest.width(), part)
            _fit(painter, text, below, WORD_PX, colour)
        painter.setFont(theme.font())
        painter.setPen(QColor(t.muted))
        painter.drawText(area, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, self._hint)
        painter.end()


def _fit(painter: QPainter, text: str, area: QRectF, px: int, colour: str) -> None:
    """One line, as large as wanted and no larger than fits."""
    font = theme.font(bold=True)
    font.setPixelSize(px)
    metrics = QFontMetricsF(font)
    width, height = max(1.0, metrics.horizontalAdvance(text)), metrics.height()
    font.setPixelSize(max(12, round(px * min(1.0, area.width() / width, area.height() / height))))
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
