"""Layers in a line with an arrow between them: how far a connection came."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from .. import theme
from ..stages import Stage
from . import glyph, paint

SHAPE, GAP, ARROW = 16, 5, 26


class StageLine(QWidget):
    """Each layer's name with its shape."""

    def __init__(self) -> None:
        super().__init__()
        self._stages: tuple[Stage, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_stages(self, stages: Sequence[Stage]) -> None:
        if tuple(stages) != self._stages:
            self._stages = tuple(stages)
            self.updateGeometry()
            self.update()
        self.setVisible(bool(stages))

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font())
        wide = sum(SHAPE + GAP + metrics.horizontalAdvance(s.name) + ARROW for s in self._stages)
        return QSize(max(0, wide - ARROW), metrics.height() + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        t, painter = theme.tokens(), QPainter(self)
        painter.setFont(theme.font())
        metrics, x, middle = QFontMetrics(theme.font()), 0, self.height() / 2
        for at, stage in enumerate(self._stages):
            if at:
                paint.chevron(painter, QPointF(x - ARROW / 2, middle), 7, t.muted, "right")
            glyph.paint(painter, stage.look, QRectF(x, middle - SHAPE / 2, SHAPE, SHAPE))
            width = metrics.horizontalAdvance(stage.name)
            painter.setPen(QColor(t.text))
            left = x + SHAPE + GAP
            painter.drawText(QRect(left, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, stage.name)
            x = left + width + ARROW
        painter.end()
