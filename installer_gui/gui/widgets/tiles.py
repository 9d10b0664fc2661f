"""Large radio buttons: one of a few answers, each with room for a line of explanation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from .. import theme
from . import paint
from .text import Text, name, wrapping

_DOT = 22


@dataclass(frozen=True, slots=True)
class Option:
    """An answer: its key, its words, a line under them, and a remark that stands out."""

    key: str
    title: str
    line: str = ""
    remark: str = ""


class Tile(QRadioButton):
    """A radio button as a card."""

    def __init__(self) -> None:
        super().__init__()
        self._title, self._line, self._remark = Text(bold=True), Text(tone="muted"), Text(tone="warn")
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addStretch()
        for text in (self._title, self._line, self._remark):
            text.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            texts.addWidget(text)
        texts.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(_DOT + 28, 10, 16, 10)
        row.addLayout(texts, 1)
        self.setMinimumHeight(theme.STATION_ROW - 8)
        self.setSizePolicy(wrapping())
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_option(self, option: Option) -> None:
        self._title.setText(option.title)
        self._line.show_text(option.line)
        self._remark.show_text(option.remark)
        name(self, option.title, " ".join(filter(None, (option.line, option.remark))))

    def hitButton(self, pos: object) -> bool:
        return True

    def sizeHint(self) -> QSize:
        layout = self.layout()
        assert layout is not None
        return layout.sizeHint()

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        assert layout is not None
        return layout.minimumSize().expandedTo(QSize(0, self.minimumHeight()))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        assert layout is not None
        return max(self.minimumHeight(), layout.heightForWidth(width))

    def paintEvent(self, event: QPaintEvent) -> None:
        t, painter = theme.tokens(), QPainter(self)
        chosen = self.isChecked()
        edge = t.accent if chosen or self.underMouse() else t.border
        paint.frame(painter, self, t.info_bg if chosen else t.bg, edge, 2.0)
        if self.hasFocus():
            paint.focus(painter, self)
        centre = QPointF(16 + _DOT / 2, self.height() / 2)
        painter.setPen(QPen(QColor(t.accent if chosen else t.border), 2.0))
        painter.setBrush(QColor(t.bg))
        painter.drawEllipse(centre, _DOT / 2, _DOT / 2)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.accent))
            painter.drawEllipse(centre, _DOT / 4, _DOT / 4)
        painter.end()


class Tiles(QWidget):
    """Tiles in columns, one of them chosen. `chosen` sends a key when the user picks one."""

    chosen = Signal(str)

    def __init__(self, columns: int) -> None:
        super().__init__()
        self._columns = columns
        self._tiles: dict[str, Tile] = {}
        self._group = QButtonGroup(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.GAP + 2)

    def show_options(self, options: Sequence[Option], value: str) -> None:
        """Show the options; "" chooses none."""
        for at, option in enumerate(options):
            if option.key not in self._tiles:
                self._add(option.key, at)
            self._tiles[option.key].show_option(option)
        self._group.setExclusive(bool(value))
        for key, tile in self._tiles.items():
            tile.setChecked(key == value)
        self._group.setExclusive(True)

    def main(self) -> QWidget:
        """The tile that the keyboard starts at."""
        tiles = list(self._tiles.values())
        return next((tile for tile in tiles if tile.isChecked()), tiles[0])

    def _add(self, key: str, at: int) -> None:
        tile = Tile()
        tile.clicked.connect(lambda: self.chosen.emit(key))
        self._tiles[key] = tile
        self._group.addButton(tile)
        self._grid.addWidget(tile, at // self._columns, at % self._columns)
        self._grid.setColumnStretch(at % self._columns, 1)
