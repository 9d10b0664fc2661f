"""A box to tick, large enough for a glove, whose sentence wraps."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QCheckBox, QHBoxLayout

from .. import theme
from . import paint
from .text import Text, name, wrapping

BOX = 26


class Check(QCheckBox):
    """A sentence that somebody agrees to."""

    def __init__(self) -> None:
        super().__init__()
        self._sentence = Text()
        self._sentence.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(BOX + 28, 10, 14, 10)
        self._row.addWidget(self._sentence)
        self.setMinimumHeight(theme.BUTTON)
        self.setSizePolicy(wrapping())

    def show_sentence(self, sentence: str) -> None:
        self._sentence.setText(sentence)
        name(self, sentence)

    def hitButton(self, pos: object) -> bool:
        return True

    def sizeHint(self) -> QSize:
        return self._row.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._row.minimumSize()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(self.minimumHeight(), self._row.heightForWidth(width))

    def paintEvent(self, event: QPaintEvent) -> None:
        t, painter = theme.tokens(), QPainter(self)
        ticked = self.isChecked()
        paint.frame(painter, self, t.info_bg if ticked else t.bg, t.accent if ticked else t.border, 2.0)
        if self.hasFocus():
            paint.focus(painter, self)
        box = QRectF(14, (self.height() - BOX) / 2, BOX, BOX)
        painter.setPen(QPen(QColor(t.accent if ticked else t.border), 2.0))
        painter.setBrush(QColor(t.accent if ticked else t.bg))
        painter.drawRoundedRect(box, 5, 5)
        if ticked:
            cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
            painter.setPen(QPen(QColor(t.on_accent), 3.0, Qt.PenStyle.SolidLine, cap, join))
            painter.drawPolyline(
                QPolygonF(
                    [
                        QPointF(box.x() + x * BOX, box.y() + y * BOX)
                        for x, y in ((0.24, 0.53), (0.43, 0.71), (0.77, 0.32))
                    ]
                )
            )
        painter.end()
