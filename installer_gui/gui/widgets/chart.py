"""Paints display lists of `charts`, and shows the same numbers as a table for those who cannot see a curve."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ...charts.display_list import Anchor, DisplayList, Dot, Hatch, Poly, Primitive, Rect, Text
from ...charts.style import Style
from ...i18n import numbers
from .. import theme
from . import paint

Drawing = Callable[[tuple[float, float], Style], DisplayList]


class Chart(QWidget):
    """A chart as large as its widget; `draw` is called for every paint with the size and style of the moment."""

    def __init__(self, least_height: int) -> None:
        super().__init__()
        self._draw: Drawing | None = None
        self._language = "en"
        self.setMinimumHeight(least_height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_drawing(self, draw: Drawing, language: str) -> None:
        self._draw, self._language = draw, language
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._draw is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        style = style_for(self.font(), self._language)
        for item in self._draw((self.width(), self.height()), style).items:
            paint_item(painter, item, self.font())
        if self.hasFocus():
            paint.focus(painter, self)
        painter.end()


def style_for(font: QFont, language: str) -> Style:
    """The theme's colours, the language's numbers and the screen's own text widths."""
    size = QFontMetricsF(font).height() * 0.8

    def measure(text: str, px: float, bold: bool) -> float:
        return QFontMetricsF(_font(font, px, bold)).horizontalAdvance(text)

    return Style(theme.tokens(), lambda value: numbers.number(value, language), size, measure)


def paint_item(painter: QPainter, item: Primitive, font: QFont) -> None:
    """Paint one primitive."""
    match item:
        case Rect():
            painter.setPen(_pen(item.stroke, item.stroke_width))
            painter.setBrush(_brush(item.fill, item.alpha))
            painter.drawRect(QRectF(item.x, item.y, item.width, item.height))
        case Poly():
            _paint_poly(painter, item)
        case Dot():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(item.fill))
            painter.drawEllipse(QPointF(item.x, item.y), item.radius, item.radius)
        case Hatch():
            painter.setPen(_pen(item.stroke, item.stroke_width))
            painter.drawLines([QLineF(*start, *end) for start, end in item.lines()])
        case Text():
            _paint_text(painter, item, font)


def _paint_poly(painter: QPainter, item: Poly) -> None:
    points = QPolygonF([QPointF(x, y) for x, y in item.points])
    if item.fill:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_brush(item.fill, item.alpha))
        painter.drawPolygon(points)
    if item.stroke:
        pen = _pen(item.stroke, item.stroke_width)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if item.dash:
            pen.setDashPattern([length / item.stroke_width for length in item.dash])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(points)


def _paint_text(painter: QPainter, item: Text, base: QFont) -> None:
    font = _font(base, item.size, item.bold)
    width = QFontMetricsF(font).horizontalAdvance(item.text)
    shift = {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[item.anchor]
    painter.setFont(font)
    painter.setPen(QColor(item.colour))
    painter.drawText(QPointF(item.x - shift, item.y), item.text)


def _font(base: QFont, px: float, bold: bool) -> QFont:
    font = QFont(base)
    font.setPixelSize(max(8, round(px)))
    font.setBold(bold)
    return font


def _pen(colour: str, width: float) -> QPen:
    return QPen(QColor(colour), width) if colour else QPen(Qt.PenStyle.NoPen)


def _brush(colour: str, alpha: float) -> QColor:
    filled = QColor(colour) if colour else QColor(Qt.GlobalColor.transparent)
    if colour:
        filled.setAlphaF(alpha)
    return filled
