"""Buttons: large enough for gloves, and with a focus ring that is seen in the sun."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from .. import theme
from . import paint

PADDING, ARROW = 16, 10


class Button(QPushButton):
    """A verb to press. `primary` is the page's main action; `arrow` is "left" or "right".

    `widest` holds the texts that the button may come to show: it is as wide as the widest of them, so that it does
    not move under a finger when its text changes.
    """

    def __init__(self, text: str = "", *, primary: bool = False, arrow: str = "", low: bool = False) -> None:
        super().__init__(text)
        self._primary, self._arrow = primary, arrow
        self._height = theme.TARGET if low else theme.BUTTON
        self._widest: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._restyle()

    def reserve(self, texts: tuple[str, ...]) -> None:
        """Keep room for any of these texts."""
        if texts != self._widest:
            self._widest = texts
            self.updateGeometry()

    def show_primary(self, primary: bool) -> None:
        if primary is not self._primary:
            self._primary = primary
            self.update()

    def wide(self, texts: Iterable[str]) -> int:
        """How wide it is where it has room for each of these texts."""
        metrics = QFontMetrics(self.font())
        arrow = ARROW + 8 if self._arrow else 0
        return max(self._high(), max(metrics.horizontalAdvance(text) for text in texts) + arrow + 2 * PADDING)

    def sizeHint(self) -> QSize:
        return QSize(self.wide((self.text(), *self._widest)), self._high())

    def _high(self) -> int:
        return max(self._height, QFontMetrics(self.font()).height() + 16)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._restyle()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill, ink, edge = self._colours()
        paint.frame(painter, self, fill, edge, 2.0)
        if self.hasFocus():
            paint.focus(painter, self, theme.tokens().text if self._primary else "")
        painter.setPen(QColor(ink))
        painter.setFont(self.font())
        self._paint_content(painter, ink)
        painter.end()

    def _paint_content(self, painter: QPainter, ink: str) -> None:
        area, room = self.rect(), ARROW + 8
        middle = area.height() / 2
        width = QFontMetrics(self.font()).horizontalAdvance(self.text())
        start = (area.width() - width - (room if self._arrow else 0)) / 2
        left = start + (room if self._arrow == "left" else 0)
        painter.drawText(QRect(round(left), 0, width + 2, area.height()), Qt.AlignmentFlag.AlignVCenter, self.text())
        if self._arrow:
            x = start + ARROW / 2 if self._arrow == "left" else start + width + room - ARROW / 2
            paint.chevron(painter, QPointF(x, middle + 1), ARROW, ink, self._arrow)

    def _colours(self) -> tuple[str, str, str]:
        """Fill, ink and edge."""
        t = theme.tokens()
        if not self.isEnabled():
            return t.surface2, t.muted, t.line
        if self._primary:
            return t.accent, t.on_accent, t.accent
        return (
            (t.surface2 if self.isDown() or self.isChecked() else t.bg),
            t.text,
            (t.accent if self.underMouse() or self.isChecked() else t.border),
        )

    def _restyle(self) -> None:
        self.setFont(theme.font(bold=True))
