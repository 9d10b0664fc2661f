"""The rows of a pasted list as they were read, with what is wrong in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView

from ...i18n import Catalogue, visible
from ...session.station_list import Row
from .. import theme
from ..widgets.table import FittedTable, TextModel

_LINE, _REMARK, _NAME, _PLACE, _SERIAL, _CIRCUIT, _MAC, _CONNECTION = range(8)
_KEYS = ("line", "remark", "name", "place", "serial", "circuit", "mac", "connection")
_Index = QModelIndex | QPersistentModelIndex
_ROLES = Qt.ItemDataRole


class PastedModel(TextModel):
    """Shows rows; nothing is typed here."""

    def __init__(self, words: Catalogue) -> None:
        super().__init__()
        self._words = words
        self._rows: tuple[Row, ...] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Rows with a fault come first, so that nobody has to look for them."""
        self.beginResetModel()
        self._rows = tuple(sorted(rows, key=lambda row: not row.faults))
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_KEYS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLES.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or role != _ROLES.DisplayRole:
            return None
        return self._words.of("gui", "stations.column", _KEYS[section])

    def data(self, index: _Index, role: int = _ROLES.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role == _ROLES.DisplayRole:
            return visible(self._text(row, index.column()))
        if role == _ROLES.ForegroundRole and index.column() == _REMARK:
            return QColor(theme.colour("warn"))
        if role == _ROLES.FontRole and index.column() == _NAME:
            return theme.font(bold=True)
        return None

    def _text(self, row: Row, column: int) -> str:
        made, words = row.station, self._words
        match _KEYS[column]:
            case "line":
                return str(row.line)
            case "remark":
                return " · ".join(words.of("gui", "paste.fault", fault) for fault in row.faults)
            case "connection":
                return words.of("paper", "short-connection", made.connection) if made.connection else ""
            case _:
                return (made.id, made.place, made.serial, made.circuit, made.mac)[column - _NAME]

    def texts(self, column: int) -> Iterator[str]:
        return (self._text(row, column) for row in self._rows)


class PastedTable(FittedTable):
    """Looked through with the arrows; Tab leaves it."""

    def __init__(self, model: PastedModel) -> None:
        super().__init__(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        model.modelReset.connect(self._show_filled)

    def _show_filled(self) -> None:
        """What the list does not tell takes no room."""
        model = self.model()
        assert isinstance(model, PastedModel)
        for column in range(len(_KEYS)):
            self.setColumnHidden(column, not any(model.texts(column)))
        if not self.isColumnHidden(_NAME):
            self.fit(_NAME if self.isColumnHidden(_PLACE) else _PLACE)
