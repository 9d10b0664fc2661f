"""Tables in the wizard's look: rows for fingers, a flat header, and a ring around the cell that the keyboard is in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from ...i18n import visible
from .. import theme
from .fields import LineEdit
from .scroll import ScrollBar

PADDING, SPARE, MOST = 10, 8, 420
HEADER = 38
Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Header(QHeaderView):
    """The columns' names."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setMinimumHeight(HEADER)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        t = theme.tokens()
        painter.fillRect(rect, QColor(t.surface2))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(t.border))
        font = theme.font(bold=True)
        painter.setFont(font)
        painter.setPen(QColor(t.text))
        room = rect.adjusted(PADDING, 0, -PADDING, 0)
        text = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        painter.drawText(room, _LEFT, QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width()))


class Cells(QStyledItemDelegate):
    """Cells with air around their text, edited in our own field."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        field = LineEdit()
        field.setParent(parent)
        return field

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Tab keeps what was typed and leaves the table; Qt would go round in it for ever."""
        table = self.parent()
        typed = event if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        key = typed.key() if typed else None
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and isinstance(table, QTableView):
            assert isinstance(editor, QWidget)
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
            _leave(table, forwards=key == Qt.Key.Key_Tab)
            return True
        return super().eventFilter(editor, event)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return super().sizeHint(option, index).expandedTo(QSize(0, theme.BUTTON))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        t, area = theme.tokens(), QRect(option.rect)
        state = option.state
        painter.fillRect(area, QColor(t.bg))
        painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), QColor(t.line))
        font, ink = index.data(Qt.ItemDataRole.FontRole), index.data(Qt.ItemDataRole.ForegroundRole)
        painter.setFont(font or theme.font())
        painter.setPen(ink or QColor(t.text))
        room = area.adjusted(PADDING, 0, -PADDING, 0)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        painter.drawText(room, _LEFT, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width()))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(t.accent), theme.FOCUS))
            painter.drawRect(area.adjusted(1, 1, -2, -2))


def _leave(table: QTableView, *, forwards: bool) -> None:
    """To what Tab reaches after the table, or before it, and is not in it."""
    step = QWidget.nextInFocusChain if forwards else QWidget.previousInFocusChain
    there = step(table)
    while there is not None and there is not table:
        focusable = there.focusPolicy() & Qt.FocusPolicy.TabFocus and there.isEnabled() and there.isVisible()
        if focusable and not table.isAncestorOf(there) and there.window() is table.window():
            there.setFocus(Qt.FocusReason.TabFocusReason if forwards else Qt.FocusReason.BacktabFocusReason)
            return
        there = step(there)


class TextModel(QAbstractTableModel):
    """Cells of text. `texts` tells those of a column, without an index for each."""

    def texts(self, column: int) -> Iterable[str]:
        raise NotImplementedError


class FittedTable(QTableView):
    """Each column is as wide as its heading and its cells need, and one of them also gets what is left.

    Where nothing is left the table scrolls sideways. What is needed is measured by `fit`, not at every resize.
    """

    def __init__(self, model: TextModel) -> None:
        super().__init__()
        self.setModel(model)
        dress(self)
        self._texts = model
        self._needed: dict[int, int] = {}
        self._stretched = 0

    def fit(self, stretched: int, least: Mapping[int, int] | None = None) -> None:
        """Measure the columns that are shown; `least` are widths in pixels below which a column does not go."""
        shown = [c for c in range(self._texts.columnCount()) if not self.isColumnHidden(c)]
        self._needed = {c: max(_needed(self._texts, c), (least or {}).get(c, 0)) for c in shown}
        self._stretched = stretched
        self._spread()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread()

    def _spread(self) -> None:
        left = max(0, self.viewport().width() - sum(self._needed.values()))
        for column, width in self._needed.items():
            self.setColumnWidth(column, width + left if column == self._stretched else width)


def _needed(model: TextModel, column: int) -> int:
    metrics = QFontMetrics(theme.font(bold=True))
    texts = {visible(text) for text in {*model.texts(column)}}
    texts.add(str(model.headerData(column, Qt.Orientation.Horizontal) or ""))
    widest = max(map(metrics.horizontalAdvance, texts)) + 2 * PADDING + SPARE
    return min(widest, round(theme.scaled(MOST)))  # who writes a whole story sees it while it is written


def dress(table: QTableView) -> None:
    """Give a table the wizard's look."""
    table.setVerticalScrollBar(ScrollBar())
    table.setHorizontalScrollBar(ScrollBar(Qt.Orientation.Horizontal))
    table.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    table.setHorizontalHeader(Header(table))
    table.setItemDelegate(Cells(table))
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setCornerButtonEnabled(False)
    rows = table.verticalHeader()
    rows.hide()
    rows.setDefaultSectionSize(theme.BUTTON)
