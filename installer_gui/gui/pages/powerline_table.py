"""The stations on the mains as a table: two lines of text a cell, and a shape beside each verdict."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyleOptionViewItem, QTableView, QWidget

from ...i18n import Catalogue, visible
from .. import theme
from ..looks import Look
from ..plc_view import Line
from ..widgets import glyph
from ..widgets.table import Cells, dress
from ..widgets.text import name

COLUMNS = ("station", "tei", "rate", "replies", "firmware", "verdict")
STATION, FIRMWARE, VERDICT = 0, 4, 5
GLYPH, GAP, PADDING, SPARE = 24, 10, 10, 4  # text is a fraction of a pixel wider than its metrics say
LEAST_FIRMWARE, LEAST_VERDICT = 110, 210
_Index = QModelIndex | QPersistentModelIndex
_ROLES = Qt.ItemDataRole
_WRAP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


class LineModel(QAbstractTableModel):
    """Shows lines."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[Line, ...] = ()
        self.words: Catalogue | None = None

    def show_lines(self, lines: Sequence[Line], words: Catalogue) -> None:
        other = [line.mac or line.station for line in lines] != [line.mac or line.station for line in self.lines]
        if other:
            self.beginResetModel()
        self.lines, self.words = tuple(lines), words
        if other:
            self.endResetModel()
        elif lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, VERDICT))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, VERDICT)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLES.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or role != _ROLES.DisplayRole or self.words is None:
            return None
        return self.words.of("gui.powerline", "column", COLUMNS[section])

    def data(self, index: _Index, role: int = _ROLES.DisplayRole) -> object:
        first, second = self.lines[index.row()].cells[index.column()]
        if role == _ROLES.DisplayRole:
            return "\n".join(visible(part) for part in (first, second) if part)
        if role in (_ROLES.AccessibleTextRole, _ROLES.ToolTipRole):
            told = ", ".join(visible(part) for part in (first, second) if part)
            return told if role == _ROLES.ToolTipRole else f"{self._heading(index)}: {told}"
        return None

    def _heading(self, index: _Index) -> str:
        return str(self.headerData(index.column(), Qt.Orientation.Horizontal) or "")


class TwoLines(Cells):
    """The first line in bold where it names or judges, the second below it; a reason wraps."""

    def __init__(self, model: LineModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        t, area, line = theme.tokens(), QRect(option.rect), self._model.lines[index.row()]
        chosen = option.state & QStyle.StateFlag.State_Selected
        painter.fillRect(area, QColor(t.info_bg if chosen else t.bg))
        painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), QColor(t.line))
        room = area.adjusted(PADDING, PADDING // 2, -PADDING, -PADDING // 2)
        if index.column() == VERDICT:
            glyph.paint(painter, line.look, QRectF(room.left(), room.center().y() - GLYPH / 2, GLYPH, GLYPH))
            room.adjust(GLYPH + GAP, 0, 0, 0)
        self._paint_text(painter, room, index)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(t.accent), theme.FOCUS))
            painter.drawRect(area.adjusted(1, 1, -2, -2))

    def _paint_text(self, painter: QPainter, room: QRect, index: _Index) -> None:
        line = self._model.lines[index.row()]
        first, second = map(visible, line.cells[index.column()])
        tone = _tone(line.look) if index.column() == VERDICT else "text"
        wraps = index.column() == VERDICT
        fonts = theme.font(bold=index.column() in (STATION, VERDICT)), theme.font()
        heights = [
            _height(QFontMetrics(f), text, room.width() if wraps else 9999)
            for f, text in zip(fonts, (first, second), strict=True)
        ]
        top = room.top() + max(0, (room.height() - sum(heights)) // 2)
        for font, text, height, colour in zip(fonts, (first, second), heights, (tone, "muted"), strict=True):
            painter.setFont(font)
            painter.setPen(QColor(theme.colour(colour)))
            shown = text if wraps else _elided(QFontMetrics(font), text, room.width())
            painter.drawText(QRect(room.left(), top, room.width(), height), _WRAP, shown)
            top += height


class PowerlineTable(QTableView):
    """As high as its lines; the page scrolls. `picked` sends the MAC of the line that was chosen, "" for none."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._lines = LineModel()
        self.setModel(self._lines)
        dress(self)
        self.setItemDelegate(TwoLines(self._lines, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.selectionModel().currentRowChanged.connect(self._pick)

    def show_lines(self, lines: Sequence[Line], words: Catalogue, title: str) -> None:
        name(self, title)
        if tuple(lines) != self._lines.lines or words is not self._lines.words:
            self._lines.show_lines(lines, words)
            self._fit()
        self.setVisible(bool(lines))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        """The verdict gets what the numbers leave, the firmware gives way first; a reason wraps."""
        bold, plain = QFontMetrics(theme.font(bold=True)), QFontMetrics(theme.font())
        wanted = [self._needed(column, bold, plain) for column in range(len(COLUMNS))]
        left = self.viewport().width() - sum(wanted[:FIRMWARE])
        least, verdict = max(LEAST_FIRMWARE, self._heading(FIRMWARE, bold)), round(theme.scaled(LEAST_VERDICT))
        wanted[FIRMWARE] = max(least, min(wanted[FIRMWARE], left - verdict))
        wanted[VERDICT] = max(verdict, left - wanted[FIRMWARE])
        for column, width in enumerate(wanted):
            self.setColumnWidth(column, width)
        room, low = wanted[VERDICT] - 2 * PADDING - GLYPH - GAP, bold.height() + plain.height() + PADDING
        verdicts = [line.cells[VERDICT] for line in self._lines.lines]
        high = {(v, why): _height(bold, v, room) + _height(plain, why, room) + PADDING for v, why in {*verdicts}}
        for row, cell in enumerate(verdicts):
            self.setRowHeight(row, max(theme.BUTTON, low, high[cell]))
        self._grow(sum(wanted))

    def _needed(self, column: int, bold: QFontMetrics, plain: QFontMetrics) -> int:
        cells = {line.cells[column] for line in self._lines.lines}
        firsts = max((bold.horizontalAdvance(visible(first)) for first, _ in cells), default=0)
        seconds = max((plain.horizontalAdvance(visible(second)) for _, second in cells), default=0)
        return max(self._heading(column, bold), max(firsts, seconds) + 2 * PADDING + SPARE)

    def _heading(self, column: int, bold: QFontMetrics) -> int:
        text = str(self._lines.headerData(column, Qt.Orientation.Horizontal) or "")
        return bold.horizontalAdvance(text) + 2 * PADDING + SPARE

    def _grow(self, width: int) -> None:
        """As high as all rows: the page scrolls, not the table."""
        rows = sum(self.rowHeight(row) for row in range(len(self._lines.lines)))
        scroll = self.horizontalScrollBar().sizeHint().height() if width > self.viewport().width() else 0
        header = self.horizontalHeader()
        heading = max(header.minimumHeight(), header.sizeHint().height())
        self.setFixedHeight(heading + rows + scroll + 2 * self.frameWidth())

    def _pick(self, current: QModelIndex) -> None:
        lines = self._lines.lines
        self.picked.emit(lines[current.row()].mac if 0 <= current.row() < len(lines) else "")


def _height(metrics: QFontMetrics, text: str, width: int) -> int:
    return metrics.boundingRect(QRect(0, 0, width, 9999), _WRAP, visible(text)).height() if text else 0


def _tone(look: Look) -> str:
    return "muted" if look is Look.UNTESTED else look.tone


def _elided(metrics: QFontMetrics, text: str, width: int) -> str:
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
