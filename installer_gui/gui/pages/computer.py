"""E4: the measuring tool itself: which interface it measures on, whether its radio may look, what stands in its way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ...domain.finding import Subject
from ...domain.job import Connection
from ...domain.network import Interface
from ...session import changes
from ..blocks import block
from ..instrument import usual_interface
from ..looks import Look
from ..rows import Row, skippable
from ..standing import blocked
from ..state import PageState
from ..view import Key, View
from ..widgets.block_panel import BlockPanel
from ..widgets.button import Button
from ..widgets.card import Card
from ..widgets.fields import Choice
from ..widgets.row_list import RowList
from ..wizard import Wizard
from .base import Body

OWN_CHECKS = frozenset({"computer-path"})


class PageBody(Body):
    """The interface to measure on, then the rows."""

    def __init__(self, wizard: Wizard) -> None:
        super().__init__(wizard)
        self._interface, self._look, self._block = Choice(), Button(), BlockPanel()
        self._rows, self._open = RowList(), True
        card = Card()
        row = QHBoxLayout(card)
        row.setContentsMargins(16, 12, 16, 14)
        row.setSpacing(16)
        row.addWidget(self._interface, 1)
        row.addWidget(self._look)
        for widget in (card, self._block, self._rows):
            self.column.addWidget(widget)
        self.column.addStretch()
        self._interface.chosen.connect(self._choose)
        self._look.clicked.connect(self.again)
        self._block.retried.connect(self.again)
        self._block.asked.connect(wizard.measuring.ask_for_rights)

    def show_state(self, state: PageState, view: View) -> None:
        words, tool = view.words, view.tool
        interfaces = tool.interfaces if tool else ()
        options = [(i.name, _describe(i, view)) for i in interfaces] or [("", words.text("gui.computer.none"))]
        current = view.job.interface or (usual_interface(view.job, tool) if tool else "")
        self._interface.show_choice(words.text("gui.computer.interface"), options, current)
        self._look.setText(words.text("gui.computer.look"))
        reason = blocked(state.page, view)
        self._block.show_block(block(reason, tool, words) if reason and tool else None, words)
        self._open = any(row.check in OWN_CHECKS and row.reason == "not-run" for row in state.rows)
        self._rows.show_rows((*_radio(view), *state.rows), words)

    def enter(self) -> None:
        """Looking at the computer changes nothing; its checks are run by themselves only the first time."""
        self.wizard.measuring.look_at_tool()
        if self._open:
            self.wizard.measuring.run_site(OWN_CHECKS)

    def main(self) -> QWidget:
        return self._block.retry if self._block.isVisibleTo(self) else self._interface.box

    def again(self) -> None:
        self.wizard.measuring.look_at_tool()
        self.wizard.measuring.run_site(OWN_CHECKS)

    def skippable(self, state: PageState) -> Sequence[tuple[Key, str]]:
        return skippable(state.rows)

    def _choose(self, chosen: str) -> None:
        self.wizard.edit(changes.with_interface(self.wizard.job, chosen, self.wizard.rules))
        self.again()


def _describe(interface: Interface, view: View) -> str:
    kind = view.words.of("gui", "interface", interface.kind)
    state = ", ".join(interface.addresses) or view.words.text("gui.interface.no-address")
    return f"{interface.name} · {kind} · {state}"


def _radio(view: View) -> Iterator[Row]:
    """The radio, where the stations use WiFi."""
    if view.tool is None or view.tool.no_wifi is not None or not view.tool.adapters:
        return
    if Connection.WIFI in view.job.connections:
        adapter = view.tool.adapters[0]
        words = view.words
        title, word = words.text("gui.computer.radio"), words.text("gui.computer.radio-ready")
        line = f"{word}: {adapter.description or adapter.name}"
        yield Row("radio", Subject("adapter", adapter.name), Look.PASS, title, line)
