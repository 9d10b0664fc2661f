"""The stations as a table that is typed into: what is known of each, and what looks wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView

from ...domain.job import Connection, Job, Station
from ...i18n import Catalogue, visible
from ...session.station_list import connection_of
from ...session.stations import Problem, mac, model, printable
from .. import theme
from ..widgets.table import FittedTable, TextModel

NAME, PLACE, SERIAL, CIRCUIT, MAC, CONNECTION, REMARK = range(7)
_KEYS = ("name", "place", "serial", "circuit", "mac", "connection", "remark")
_WIDTHS = {NAME: 90, SERIAL: 120, CIRCUIT: 80, MAC: 150, CONNECTION: 115}
_Index = QModelIndex | QPersistentModelIndex
_ROLES = Qt.ItemDataRole


class StationModel(TextModel):
    """Shows stations and sends what was typed; the job decides what becomes of it."""

    typed = Signal(int, int, str)

    def __init__(self) -> None:
        super().__init__()
        self._stations: tuple[Station, ...] = ()
        self._usual: Connection | None = None
        self._problems: Mapping[str, Problem] = {}
        self._words: Catalogue | None = None

    def show_stations(self, job: Job, problems: Mapping[str, Problem], words: Catalogue) -> None:
        grown = len(job.stations) != len(self._stations)
        if grown:
            self.beginResetModel()
        self._stations, self._usual, self._problems, self._words = job.stations, job.connection, problems, words
        if grown:
            self.endResetModel()
        elif self._stations:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._stations) - 1, REMARK))
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
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() != REMARK else flags

    def data(self, index: _Index, role: int = _ROLES.DisplayRole) -> object:
        station = self._stations[index.row()]
        if role in (_ROLES.DisplayRole, _ROLES.EditRole):
            text = self._text(station, index.column())
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

    def texts(self, column: int) -> Iterator[str]:
        return (self._text(station, column) for station in self._stations)

    def _text(self, station: Station, column: int) -> str:
        words = self._words
        assert words is not None
        if column == CONNECTION:
            connection = station.connection or self._usual
            return words.of("paper", "short-connection", connection) if connection else ""
        if column == REMARK:
            problem = self._problems.get(station.id)
            return remark(station, problem, words) if problem else ""
        return (station.id, station.place, station.serial, station.circuit, station.mac)[column]


def remark(station: Station, problem: Problem, words: Catalogue) -> str:
    """What looks wrong with a station."""
    return words.of("gui", "stations.problem", problem, model=model(station.serial))


def typed(station: Station, column: int, text: str) -> Station:
    """The station with what was typed; an address or a connection that is none changes nothing."""
    match column:
        case 1:
            return replace(station, place=text)
        case 2:
            return replace(station, serial=text.upper())
        case 3:
            return replace(station, circuit=text)
        case 4:
            return replace(station, mac=mac(text) or ("" if not text else station.mac))
        case 5:
            return replace(station, connection=connection_of(text) or (None if not text else station.connection))
        case _:
            return station


class StationTable(FittedTable):
    """Typed into at once, walked through with the arrows; Tab leaves it."""

    def __init__(self, model: StationModel) -> None:
        super().__init__(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self._fitted: tuple[object, ...] = ()

    def show_needed(self, job: Job, words: Catalogue, *, doubtful: bool) -> None:
        """An address matters on the mains only, a connection where stations have different ones, a doubt if any."""
        self.setColumnHidden(MAC, Connection.PLC not in job.connections and not any(s.mac for s in job.stations))
        self.setColumnHidden(CONNECTION, len(job.connections) < 2)
        self.setColumnHidden(REMARK, not doubtful)
        now = (job.stations, job.connections, doubtful, words.language, theme.scaled(1))
        if now != self._fitted:  # until then what somebody has drawn wider stays
            self._fitted = now
            self.fit(PLACE, {column: round(theme.scaled(width)) for column, width in _WIDTHS.items()})
