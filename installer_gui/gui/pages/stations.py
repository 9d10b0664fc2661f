"""C2: how many stations there are, and what they are called."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ...domain.job import Station
from ...session import changes, stations
from .. import theme
from ..dialogs.paste import PasteDialog
from ..looks import Look
from ..state import PageState
from ..view import View
from ..widgets.button import Button
from ..widgets.card import Card
from ..widgets.fields import Field
from ..widgets.flow import Flow
from ..widgets.stepper import Stepper
from ..widgets.text import Text, name
from ..wizard import Wizard
from .base import Body
from .station_table import NAME, StationModel, StationTable, remark, typed

NAMING = 160


class PageBody(Body):
    """A count, a way of naming, and a table."""

    def __init__(self, wizard: Wizard) -> None:
        super().__init__(wizard)
        self._first = "A1"
        self._count, self._naming = Stepper(0, stations.MOST), Field()
        self._paste, self._needs, self._empty = Button(), Text(tone="muted"), Text(tone="muted")
        self._doubt = Text(tone="warn")
        self._model = StationModel()
        self._table = StationTable(self._model)
        self._table.setMinimumHeight(200)
        self._lay_out()
        self._count.counted.connect(self._resize)
        self._naming.edited.connect(self._name_from)
        self._paste.clicked.connect(self._ask_for_list)
        self._model.typed.connect(self._type)

    def show_state(self, state: PageState, view: View) -> None:
        words, listed = view.words, view.job.stations
        self._count.show_count(
            words.text("gui.stations.count"),
            words.text("gui.stations.fewer"),
            words.text("gui.stations.more"),
            len(listed),
        )
        self._naming.show_field(words.text("gui.stations.naming"), self._first)
        self._paste.setText(words.text("gui.stations.paste"))
        spare = int(view.profile.limits["dhcp-spare"].passes)
        self._needs.show_text(
            words.plural("gui.stations.addresses", len(listed) + spare, spare=spare) if listed else ""
        )
        self._empty.show_text("" if listed else words.text("gui.stations.empty"))
        self._table.setVisible(bool(listed))
        name(self._table, words.text("gui.stations.title"))
        problems = stations.problems(listed, view.profile)
        self._model.show_stations(view.job, problems, words)
        self._table.show_needed(view.job, words, doubtful=bool(problems))
        doubted = [f"{s.id}: {remark(s, problems[s.id], words)}" for s in listed if s.id in problems]
        more = f" (+{len(doubted) - 1})" if len(doubted) > 1 else ""
        self._doubt.show_text(f"{doubted[0]}{more}" if doubted else "")

    def main(self) -> QWidget:
        return self._count.edit

    def fit(self, size: QSize) -> None:
        self._naming.setFixedWidth(round(theme.scaled(NAMING)))

    def _lay_out(self) -> None:
        card = Card()
        whole, row = QVBoxLayout(card), Flow()
        whole.setContentsMargins(16, 12, 16, 14)
        whole.setSpacing(theme.GAP)
        row.setSpacing(16)
        for widget in (self._count, self._naming, self._paste):
            row.addWidget(widget)
            row.setAlignment(widget, Qt.AlignmentFlag.AlignBottom)
        whole.addLayout(row)
        whole.addWidget(self._needs)
        self.column.addWidget(card)
        self.column.addWidget(self._empty)
        self.column.addWidget(self._doubt)
        self.column.addWidget(self._table, 1)
        self.column.addStretch()
        self.column.setSpacing(theme.GAP)

    def _resize(self, count: int) -> None:
        before = self.wizard.job
        changed = changes.with_stations(before, stations.resized(before.stations, count, self._first))
        dropped = len(before.stations) - len(changed.stations)
        undo = self.wizard.words.plural("gui.stations.removed", dropped) if dropped > 0 else ""
        self.wizard.edit(changed, undo)

    def _name_from(self, first: str) -> None:
        """Count on from another first name; stations that something is known of keep theirs."""
        self._first = stations.printable(first)
        if self._first:
            job = self.wizard.job
            self.wizard.edit(replace(job, stations=stations.renumbered(job, self._first)))

    def _type(self, row: int, column: int, text: str) -> None:
        job = self.wizard.job
        station = job.stations[row]
        if column == NAME:
            self._rename(station.id, text)
            return
        made = typed(station, column, text)
        listed = (*job.stations[:row], made, *job.stations[row + 1 :])
        self.wizard.edit(changes.with_stations(job, listed))

    def _rename(self, old: str, new: str) -> None:
        changed = changes.renamed(self.wizard.job, old, new)
        if changed is self.wizard.job:
            self.wizard.tell(Look.WARN, self.wizard.words.text("gui.stations.taken", name=new))
        self.wizard.edit(changed)

    def _ask_for_list(self) -> None:
        PasteDialog(self, self.wizard.words, self._first, self.wizard.job.stations, self._take).open()

    def _take(self, listed: tuple[Station, ...]) -> None:
        changed = changes.with_stations(self.wizard.job, listed)
        self.wizard.edit(changed, self.wizard.words.plural("gui.stations.pasted", len(listed)))
