"""Widgets in a line that goes on below where it is too narrow for all of them: nothing is cut off, nothing hidden."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem

from .. import theme

MOST = 1 << 19  # Qt's own QLAYOUTSIZE_MAX
Line = list[tuple[QLayoutItem, QSize]]


class Flow(QLayout):
    """Lines of widgets at the left; with `apart` the first stands at the left and all others at the right.

    In a line a widget stands in the middle, or at the bottom where its alignment says so.
    """

    def __init__(self, *, apart: bool = False) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._apart = apart
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(theme.GAP + 2)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        heights = [_height(line) for line in self._lines(width)]
        return sum(heights) + self.spacing() * (len(heights) - 1) if heights else 0

    def sizeHint(self) -> QSize:
        """All in one line."""
        lines = list(self._lines(MOST))
        return QSize(self._width(lines[0]), _height(lines[0])) if lines else QSize(0, 0)

    def minimumSize(self) -> QSize:
        """Each in a line of its own."""
        sizes = [size for line in self._lines(0) for _, size in line]
        return QSize(max((s.width() for s in sizes), default=0), max((s.height() for s in sizes), default=0))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        top = rect.top()
        for at, line in enumerate(self._lines(rect.width())):
            left, height, free = rect.left(), _height(line), rect.width() - self._width(line)
            for place, (item, size) in enumerate(line):
                if self._apart and place == (0 if at else 1):
                    left += free
                spare = height - size.height()
                above = spare if item.alignment() & Qt.AlignmentFlag.AlignBottom else spare // 2
                item.setGeometry(QRect(QPoint(left, top + above), size))
                left += size.width() + self.spacing()
            top += height + self.spacing()

    def _lines(self, width: int) -> Iterator[Line]:
        line: Line = []
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint().boundedTo(QSize(max(width, item.minimumSize().width()), MOST))
            if line and self._width([*line, (item, size)]) > width:
                yield line
                line = []
            line.append((item, size))
        if line:
            yield line

    def _width(self, line: Line) -> int:
        return sum(size.width() for _, size in line) + self.spacing() * (len(line) - 1)


def _height(line: Line) -> int:
    return max(size.height() for _, size in line)
