"""Scrolling in the wizard's look: a slim bar, and a ground that shows through."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QStyle, QStyleOptionSlider, QWidget

from .. import theme

WIDTH = 14


class ScrollBar(QScrollBar):
    """A rounded handle that is seen against every ground; without anything to scroll there is nothing to see."""

    def __init__(self, orientation: Qt.Orientation = Qt.Orientation.Vertical) -> None:
        super().__init__(orientation)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 80) if self.orientation() is Qt.Orientation.Vertical else QSize(80, WIDTH)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.minimum() == self.maximum():
            return
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = self.style().subControlRect(
            QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarSlider, self
        )
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.colour("accent" if self.isSliderDown() else "border")))
        upright = self.orientation() is Qt.Orientation.Vertical
        across = (self.width() if upright else self.height()) - 10
        shape = (across, handle.top(), 8, handle.height()) if upright else (handle.left(), across, handle.width(), 8)
        painter.drawRoundedRect(QRectF(*shape), 4, 4)
        painter.end()


class Page(QScrollArea):
    """Scrolls up and down, and has room for texts that wrap into more lines while they are shown.

    Qt asks a widget that scrolls for its least height, and not for the least height at its width.
    """

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self._make_room()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._make_room()
        super().resizeEvent(event)

    def _make_room(self) -> None:
        inside = self.widget()
        if inside is not None and (layout := inside.layout()) is not None and layout.hasHeightForWidth():
            inside.setMinimumHeight(layout.totalMinimumHeightForWidth(self.viewport().width()))


class Column(Page):
    """A page that is never narrower than what is in it."""

    def minimumSizeHint(self) -> QSize:
        inside = self.widget()
        width = inside.minimumSizeHint().width() if inside is not None else 0
        return QSize(width + WIDTH, theme.STATION_ROW)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self.updateGeometry()
        return super().eventFilter(watched, event)


def scrolling(inside: QWidget, area: QScrollArea | None = None) -> QScrollArea:
    """A frameless area around a widget that is as wide as the area and scrolls when it is higher."""
    area = area or QScrollArea()
    area.setVerticalScrollBar(ScrollBar())
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    for ground in (area.viewport(), inside):  # setWidget() has just switched it on
        ground.setAutoFillBackground(False)
    return area
