"""D3: how the stations reach the internet, all alike or in groups, and which steps follow from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ... import i18n
from ...domain.job import Connection, Job
from ...session import changes, flow, groups
from ...session.groups import Group
from .. import theme
from ..dialogs.connection import ConnectionDialog
from ..state import PageState
from ..view import View
from ..widgets.button import Button
from ..widgets.card import Card
from ..widgets.fields import Choice
from ..widgets.keyed_list import KeyedList
from ..widgets.text import Text, name
from ..widgets.tiles import Option, Tiles
from ..wizard import Wizard
from .base import Body, heading


@dataclass(frozen=True, slots=True)
class _Item:
    group: Group
    language: str


class GroupLine(Card):
    """A group of stations and its connection. `chosen` sends the names and the connection's key."""

    chosen = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._names: tuple[str, ...] = ()
        self._title, self._count, self._choice = Text(bold=True, wrap=False), Text(tone="muted"), Choice()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.setSpacing(16)
        row.addWidget(self._title)
        row.addWidget(self._count, 1)
        row.addWidget(self._choice)
        self._choice.setMinimumWidth(280)
        self._choice.chosen.connect(lambda key: self.chosen.emit(self._names, key))

    def show_group(self, item: _Item) -> None:
        words, group = i18n.load(item.language), item.group
        self._names = group.names
        self._title.setText(group.label)
        self._count.setText(words.plural("gui.connection.stations", len(group.names)))
        options = [(kind.value, words.of("connection", kind)) for kind in Connection]
        self._choice.show_choice("", options, group.connection or "")
        name(self._choice.box, words.text("gui.connection.of", stations=group.label))


class PageBody(Body):
    """Four tiles for all stations, and a line for each group where they differ."""

    def __init__(self, wizard: Wizard) -> None:
        super().__init__(wizard)
        self._tiles, self._heading, self._steps = Tiles(2), heading(), Text(tone="muted")
        self._mixed, self._some = heading(), Button()
        self._groups: KeyedList[int, _Item, GroupLine] = KeyedList(self._make, GroupLine.show_group)
        self._tiles.chosen.connect(self._choose)
        self._some.clicked.connect(self._ask)
        line = QHBoxLayout()
        line.addWidget(self._mixed, 1)
        line.addWidget(self._some)
        line.addStretch()
        self.column.addWidget(self._tiles)
        self.column.addLayout(line)
        self.column.addWidget(self._groups)
        self.column.addSpacing(theme.GAP)
        self.column.addWidget(self._heading)
        self.column.addWidget(self._steps)
        self.column.addStretch(1)

    def show_state(self, state: PageState, view: View) -> None:
        words, job = view.words, view.job
        unlisted = words.text("gui.connection.not-listed", source=view.profile.name)
        options = [
            Option(
                kind.value,
                words.of("connection", kind),
                words.of("gui", "connection", kind.value),
                unlisted if kind is Connection.ETHERNET else "",
            )
            for kind in Connection
        ]
        self._tiles.show_options(options, job.connection or "")
        self._show_groups(job, view)
        ahead = flow.path(job)[flow.step(state.page, job)[0] + 1 :]
        self._heading.show_text(words.text("gui.connection.ahead") if job.connection else "")
        titles = "  ›  ".join(words.of("gui", page, "title") for page in ahead)
        self._steps.show_text(titles if job.connection else "")

    def main(self) -> QWidget:
        return self._tiles.main()

    def _show_groups(self, job: Job, view: View) -> None:
        mixed = len(job.connections) > 1
        self._some.setText(view.words.text("gui.connection.some-ask"))
        self._some.setVisible(job.connection is not None and len(job.stations) > 1)
        self._mixed.show_text(view.words.text("gui.connection.mixed") if mixed else "")
        listed = groups.groups(job) if mixed else ()
        self._groups.show_items(
            [(at, _Item(group, view.words.language)) for at, group in enumerate(listed)], view.words
        )

    def _make(self, _: int) -> GroupLine:
        line = GroupLine()
        line.chosen.connect(self._connect_some)
        return line

    def _choose(self, key: str) -> None:
        self._change(changes.with_connection(self.wizard.job, Connection(key)))

    def _ask(self) -> None:
        ConnectionDialog(self, self.wizard.words, self.wizard.job, self._connect_some).open()

    def _connect_some(self, names: Sequence[str], key: str) -> None:
        self._change(changes.connected(self.wizard.job, names, Connection(key)))

    def _change(self, changed: Job) -> None:
        before = self.wizard.job
        lost = sum(r.outdated for r in changed.records) - sum(r.outdated for r in before.records)
        undo = self.wizard.words.plural("gui.connection.outdated", lost) if lost else ""
        self.wizard.edit(changed, undo)
