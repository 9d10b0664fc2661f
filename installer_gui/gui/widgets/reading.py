"""A text with headings and lists to be read, in a frame of ours."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QTextBrowser

from .. import theme
from . import paint
from .scroll import ScrollBar


class Reading(QTextBrowser):
    """Markdown; arrows scroll it, Tab leaves it, and no link leads out of the program."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewportMargins(12, 8, 4, 8)
        self.setVerticalScrollBar(ScrollBar())
        self.setTabChangesFocus(True)
        self.setOpenLinks(False)

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
