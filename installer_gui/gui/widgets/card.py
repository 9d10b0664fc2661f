"""A surface that holds what belongs together, plain or in the tint of a state."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame

from .. import theme
from ..looks import Look
from . import paint


class Card(QFrame):
    """A rounded card. With a look it is tinted; `bar` shows the state as a bar at the left instead."""

    def __init__(self, look: Look | None = None, *, bar: bool = False) -> None:
        super().__init__()
        self._look, self._bar = look, bar

    def show_look(self, look: Look | None) -> None:
        if look is not self._look:
            self._look = look
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        t, painter = theme.tokens(), QPainter(self)
        if self._bar and self._look is not None:
            paint.frame(painter, self, t.bg, t.line)
            paint.bar(painter, self, theme.colour("border" if self._look is Look.UNTESTED else self._look.tone))
        elif self._look is not None:
            paint.frame(painter, self, theme.tint(self._look.tone), theme.colour(self._look.tone), 2.0)
        else:
            paint.frame(painter, self, t.bg, t.line)
        painter.end()
