"""One thing in huge type over the whole window: how the job stands, for the phone, or a value read at arm's length."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ..certificate.qr import QUIET, Modules
from . import theme
from .looks import Look
from .widgets import glyph
from .widgets.text import name

VALUE_PX, WORD_PX = 200, 44
Line = tuple[str, str]  # a text and its tone


class Overlay(QWidget):
    """Covers its window until a key or a press."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._covered = parent
        self._look, self._value, self._hint = Look.UNTESTED, "", ""
        self._lines: tuple[Line, ...] = ()
        self._qr: Modules = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    def show_value(self, look: Look, value: str, lines: Sequence[Line], hint: str, qr: Modules = ()) -> None:
        """Show a value, under the shape of its look and over its lines; `hint` tells how to leave."""
        self._look, self._value, self._lines, self._hint, self._qr = look, value, tuple(lines), hint, qr
        name(self, " ".join(filter(None, (value, *(text for text, _ in lines)))), hint)
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
        hint = area
        if self._qr:
            side = min(area.width() / 3, area.height() / 2)
            _paint_qr(painter, self._qr, QRectF(area.right() - side, area.center().y() - side / 2, side, side))
            area = area.adjusted(0, 0, -side - 24, 0)
        size = min(120.0, area.height() / 5)
        glyph.paint(painter, self._look, QRectF(area.center().x() - size / 2, area.top(), size, size))
        rest = area.adjusted(0, size + 12, 0, 0)
        part = rest.height() / 9
        below = part * (len(self._lines) + 1)
        _fit(painter, self._value, rest.adjusted(0, 0, 0, -below), VALUE_PX, t.text)
        for at, (text, tone) in enumerate(self._lines):
            line = QRectF(rest.left(), rest.bottom() - below + part * at, rest.width(), part)
            _fit(painter, text, line, WORD_PX, theme.colour(tone))
        painter.setFont(theme.font())
        painter.setPen(QColor(t.muted))
        painter.drawText(hint, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, self._hint)
        painter.end()


def _paint_qr(painter: QPainter, qr: Modules, area: QRectF) -> None:
    """Dark on white whatever the theme: a camera wants it so, with its quiet zone."""
    step = area.width() / (len(qr) + 2 * QUIET)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.fillRect(area, QColor(Qt.GlobalColor.white))
    for down, row in enumerate(qr, QUIET):
        for right, dark in enumerate(row, QUIET):
            if dark:
                x, y = area.left() + right * step, area.top() + down * step
                ends = round(x + step) - round(x), round(y + step) - round(y)
                painter.fillRect(round(x), round(y), *ends, QColor(Qt.GlobalColor.black))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


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
