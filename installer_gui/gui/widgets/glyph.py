"""The states' shapes, drawn: characters such as ✓ come from fallback fonts and differ from system to system."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from .. import theme
from ..looks import Look

_SOLID = Qt.PenStyle.SolidLine


def paint(painter: QPainter, look: Look, area: QRectF) -> None:
    """Draw a state's shape into a square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = QColor(theme.colour(look.tone))
    match look:
        case Look.PASS:
            _disc(painter, area, colour)
            _stroke(painter, area, (0.27, 0.53), (0.44, 0.69), (0.74, 0.34))
        case Look.WARN:
            _fill(painter, area, colour, (0.5, 0.04), (0.99, 0.93), (0.01, 0.93))
            _stroke(painter, area, (0.5, 0.38), (0.5, 0.62))
            _stroke(painter, area, (0.5, 0.79), (0.5, 0.791))
        case Look.FAIL:
            _fill(painter, area, colour, *_octagon())
            _stroke(painter, area, (0.32, 0.32), (0.68, 0.68))
            _stroke(painter, area, (0.68, 0.32), (0.32, 0.68))
        case Look.RUNNING:
            if QColor(theme.tokens().line) != colour:  # in high contrast they are one, and the ring would be whole
                _ring(painter, area, QColor(theme.tokens().line), 0, 360)
            _ring(painter, area, colour, 90, -220)
        case Look.SKIPPED:
            _disc(painter, area, colour)
            _stroke(painter, area, (0.28, 0.5), (0.72, 0.5))
        case Look.INFO:
            _disc(painter, area, colour)
            _stroke(painter, area, (0.5, 0.46), (0.5, 0.72))
            _stroke(painter, area, (0.5, 0.27), (0.5, 0.271))
        case Look.UNTESTED | Look.OUTDATED:
            _dashes(painter, area, QColor(theme.tokens().border))
            if look is Look.OUTDATED:
                _stroke(painter, area, (0.5, 0.28), (0.5, 0.54), (0.68, 0.62), colour=colour)
    painter.restore()


class Glyph(QWidget):
    """A state's shape in a square of `size` pixels; the word for it stands beside it."""

    def __init__(self, size: int, look: Look = Look.UNTESTED) -> None:
        super().__init__()
        self.setFixedSize(size, size)
        self._look = look

    def show_look(self, look: Look) -> None:
        if look is not self._look:
            self._look = look
            self.update()

    def resize_to(self, size: int) -> None:
        self.setFixedSize(size, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint(painter, self._look, QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()


def _octagon() -> list[tuple[float, float]]:
    corners = (math.pi / 8 + i * math.pi / 4 for i in range(8))
    return [(0.5 + 0.52 * math.cos(a), 0.5 + 0.52 * math.sin(a)) for a in corners]


def _points(area: QRectF, places: tuple[tuple[float, float], ...]) -> QPolygonF:
    return QPolygonF([QPointF(area.x() + x * area.width(), area.y() + y * area.height()) for x, y in places])


def _disc(painter: QPainter, area: QRectF, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(area)


def _fill(painter: QPainter, area: QRectF, colour: QColor, *places: tuple[float, float]) -> None:
    join = Qt.PenJoinStyle.RoundJoin
    painter.setPen(QPen(colour, area.width() * 0.06, _SOLID, Qt.PenCapStyle.RoundCap, join))
    painter.setBrush(colour)
    painter.drawPolygon(_points(area.adjusted(1, 1, -1, -1), places))


def _stroke(painter: QPainter, area: QRectF, *places: tuple[float, float], colour: QColor | None = None) -> None:
    """The mark inside a shape, in the colour of the ground."""
    ink = colour or QColor(theme.tokens().bg)
    cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    painter.setPen(QPen(ink, area.width() * 0.115, _SOLID, cap, join))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(_points(area, places))


def _ring(painter: QPainter, area: QRectF, colour: QColor, start: int, span: int) -> None:
    width = area.width() * 0.14
    painter.setPen(QPen(colour, width, _SOLID, Qt.PenCapStyle.RoundCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = width / 2
    painter.drawArc(area.adjusted(inset, inset, -inset, -inset), start * 16, span * 16)


def _dashes(painter: QPainter, area: QRectF, colour: QColor) -> None:
    pen = QPen(colour, area.width() * 0.09)
    pen.setDashPattern([2.0, 1.6])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = area.width() * 0.06
    painter.drawEllipse(area.adjusted(inset, inset, -inset, -inset))
