"""Frames, focus rings and arrows, painted the same way by every widget."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from .. import theme


def frame(painter: QPainter, widget: QWidget, fill: str, edge: str, width: float = 1.0) -> None:
    """A rounded rectangle as large as the widget."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(edge), width) if edge else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    inset = width / 2
    area = QRectF(widget.rect()).adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(area, theme.RADIUS, theme.RADIUS)


def focus(painter: QPainter, widget: QWidget, colour: str = "") -> None:
    """The ring around what the keyboard works on."""
    frame(painter, widget, "", colour or theme.tokens().accent, theme.FOCUS)


def bar(painter: QPainter, widget: QWidget, colour: str, width: float = 6.0) -> None:
    """A bar in a state's colour along the left edge, square there and cut to the rounded corners."""
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(widget.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS, theme.RADIUS)
    painter.save()
    painter.setClipPath(shape)
    painter.fillRect(QRectF(0, 0, width, widget.height()), QColor(colour))
    painter.restore()


def house(painter: QPainter, area: QRectF, colour: str) -> None:
    """Where all jobs are: no state of anything."""
    outline = ((0.08, 0.5), (0.5, 0.12), (0.92, 0.5), (0.78, 0.5), (0.78, 0.9), (0.22, 0.9), (0.22, 0.5), (0.08, 0.5))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    points = [QPointF(area.x() + x * area.width(), area.y() + y * area.height()) for x, y in outline]
    painter.drawPolyline(QPolygonF(points))


def chevron(painter: QPainter, centre: QPointF, size: float, colour: str, direction: str) -> None:
    """An arrow head that points "left", "right", "down" or "up"."""
    half, deep = size / 2, size / 4
    sign = -1 if direction in ("left", "up") else 1
    tips = [(-deep * sign, -half), (deep * sign, 0.0), (-deep * sign, half)]
    if direction in ("down", "up"):
        tips = [(y, x) for x, y in tips]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    painter.setPen(QPen(QColor(colour), max(2.0, size / 5), Qt.PenStyle.SolidLine, cap, join))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([QPointF(centre.x() + x, centre.y() + y) for x, y in tips]))
