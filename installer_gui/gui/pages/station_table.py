"""The stations as a table that is typed into: name, place, serial number, and what looks wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ...domain.job import Station
from ...i18n import Catalogue, visible
from ...session.stations import Problem, printable
from .. import theme
from ..widgets.table import dress

NAME, PLACE, SERIAL, REMARK = range(4)
_KEYS = ("name", "place", "serial", "remark")
_EDITABLE = (NAME, PLACE, SERIAL)
_Index = QModelIndex | QPersistentModelIndex
_ROLES = Qt.ItemDataRole


class StationModel(QAbstractTableModel):
    """Shows stations and sends what was typed; the job decides what becomes of it."""

    typed = Signal(int, int, str)

    def __init__(self) -> None:
        super().__init__()
        self._stations: tuple[Station, ...] = ()
        self._problems: Mapping[str, Problem] = {}
        self._words: Catalogue | None = None

    def show_stations(self, stations: Sequence[Station], problems: Mapping[str, Problem], words: Catalogue) -> None:
        grown = len(stations) != len(self._stations)
        if grown:
            self.beginResetModel()
        self._stations, self._problems, self._words = tuple(stations), problems, words
        if grown:
            self.endResetModel()
        elif stations:
            self.dataChanged.emit(self.index(0, 0), self.index(len(stations) - 1, REMARK))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, REMARK)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._stations)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_KEYS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLES.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or role != _ROLES.DisplayRole or self._words is None:
            return None
        return self._words.of("gui", "stations.column", _KEYS[section])

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() in _EDITABLE else flags

    def data(self, index: _Index, role: int = _ROLES.DisplayRole) -> object:
        station = self._stations[index.row()]
        problem = self._problems.get(station.id)
        if role in (_ROLES.DisplayRole, _ROLES.EditRole):
            remark = self._words.of("gui", "stations.problem", problem) if problem and self._words else ""
            text = (station.id, station.place, station.serial, remark)[index.column()]
            return visible(text) if role == _ROLES.DisplayRole else text
        if role == _ROLES.ForegroundRole and index.column() == REMARK:
            return QColor(theme.colour("warn"))
        if role == _ROLES.FontRole and index.column() == NAME:
            return theme.font(bold=True)
        return None

    def setData(self, index: _Index, value: object, role: int = _ROLES.EditRole) -> bool:
        text = printable(str(value))
        if role != _ROLES.EditRole or text == self.data(index, role):
            return False
        self.typed.emit(index.row(), index.column(), text)
        return True


class StationTable(QTableView):
    """Typed into at once, walked through with the arrows; Tab leaves it."""

    def __init__(self, model: StationModel) -> None:
        super().__init__()
        self.setModel(model)
        dress(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        header, modes = self.horizontalHeader(), QHeaderView.ResizeMode
        for column in range(len(_KEYS)):
            header.setSectionResizeMode(column, modes.Stretch if column in (PLACE, REMARK) else modes.Interactive)
        self.setColumnWidth(NAME, 120)
        self.setColumnWidth(SERIAL, 170)
