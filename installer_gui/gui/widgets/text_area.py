"""Several lines of text in a frame of ours."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from .. import theme
from . import paint
from .scroll import ScrollBar


class TextArea(QPlainTextEdit):
    """Tab leaves it, so that the keyboard is never caught in it."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewportMargins(8, 8, 4, 8)
        self.setVerticalScrollBar(ScrollBar())
        self.setTabChangesFocus(True)

    def event(self, event: QEvent) -> bool:
        """The frame lies outside the viewport, which `paintEvent` is for."""
        if event.type() != QEvent.Type.Paint:
            return super().event(event)
        t, painter = theme.tokens(), QPainter(self)
        paint.frame(painter, self, t.bg, t.border, 2.0)
        if self.hasFocus():
            paint.focus(painter, self)
        painter.end()
        return True
