"""Another connection for some of the stations: from which to which, and how they reach the internet."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ...domain.job import Connection, Job
from ...i18n import Catalogue
from ...session import groups
from .. import theme
from ..widgets.fields import Choice
from ..widgets.text import Text
from ..widgets.tiles import Option, Tiles
from .base import Dialog

Answer = Callable[[Sequence[str], Connection], object]


class ConnectionDialog(Dialog):
    """`answer` gets the names of the stations and their connection."""

    def __init__(self, parent: QWidget, words: Catalogue, job: Job, answer: Answer) -> None:
        super().__init__(parent, words.text("gui.connection.some"), 640)
        self._job, self._words, self._answer = job, words, answer
        names = [s.id for s in job.stations]
        self._first, self._last = names[len(names) // 2], names[-1]
        self._connection = next(c for c in Connection if c is not job.connection)
        self.column.addWidget(Text(words.text("gui.connection.some-lead"), "muted"))
        self._from, self._to, self._count, self._tiles = Choice(), Choice(), Text(bold=True), Tiles(2)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP + 2)
        for choice in (self._from, self._to):
            row.addWidget(choice, 1)
        self.column.addLayout(row)
        self.column.addWidget(self._count)
        self.column.addWidget(self._tiles)
        self._from.chosen.connect(self._start)
        self._to.chosen.connect(self._end)
        self._tiles.chosen.connect(self._choose)
        self.buttons(words.text("gui.cancel"), words.text("gui.connection.some-act"), self._finish)
        self._show()
        self._from.box.setFocus()

    def _show(self) -> None:
        words = self._words
        options = [(s.id, " · ".join(filter(None, (s.id, s.place)))) for s in self._job.stations]
        self._from.show_choice(words.text("gui.connection.first"), options, self._first)
        self._to.show_choice(words.text("gui.connection.last"), options, self._last)
        self._count.setText(words.plural("gui.connection.stations", len(self._names())))
        kinds = [Option(kind.value, words.of("connection", kind)) for kind in Connection]
        self._tiles.show_options(kinds, self._connection)

    def _names(self) -> tuple[str, ...]:
        return groups.between(self._job, self._first, self._last)

    def _start(self, name: str) -> None:
        self._first = name
        self._show()

    def _end(self, name: str) -> None:
        self._last = name
        self._show()

    def _choose(self, key: str) -> None:
        self._connection = Connection(key)

    def _finish(self) -> None:
        self._answer(self._names(), self._connection)
