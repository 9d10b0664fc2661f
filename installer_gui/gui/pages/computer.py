"""E4: the measuring tool itself: which interface it measures on, whether its radio may look, what stands in its way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ...domain.finding import Subject
from ...domain.job import Connection
from ...domain.network import Interface
from ...domain.wifi import Band
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
from ..widgets.row import Action
from ..widgets.row_list import RowList
from ..wizard import Wizard
from .base import Body

OWN_CHECKS = frozenset({"computer-path"})


class PageBody(Body):
    """The interface to measure on, then the rows."""

    def __init__(self, wizard: Wizard) -> None:
        super().__init__(wizard)
        self._interface, self._look, self._block = Choice(), Button(), BlockPanel()
        self._rows, self._open = RowList(dress=self._dress), True
        card = Card()
        row = QHBoxLayout(card)
        row.setContentsMargins(16, 12, 16, 14)
        row.setSpacing(16)
        row.addWidget(self._interface, 1)
        row.addWidget(self._look, 0, Qt.AlignmentFlag.AlignBottom)
        for widget in (card, self._block, self._rows):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self._interface.chosen.connect(self._choose)
        self._look.clicked.connect(self.again)
        self._block.retried.connect(self.again)
        self._rows.acted.connect(self.again)
        self._block.asked.connect(wizard.measuring.ask_for_rights)
        wizard.measuring.looked.connect(self._try_radio_first)

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
        self._try_radio()

    def skippable(self, state: PageState) -> Sequence[tuple[Key, str]]:
        return skippable(state.rows)

    def _dress(self, row: Row) -> Action | None:
        """What does not stand well is put right at once, and tried again from its own row."""
        if self.wizard.measuring.site_runs or row.look in (Look.PASS, Look.RUNNING) or row.reason == "not-run":
            return None
        again = self.wizard.words.of("gui", "wifi", "again")
        return Action(again, (again,))

    def _try_radio_first(self) -> None:
        if self.isVisible() and not self.wizard.survey.live.swept:
            self._try_radio()

    def _try_radio(self) -> None:
        if Connection.WIFI in self.wizard.job.connections:
            self.wizard.survey.try_out()

    def _choose(self, chosen: str) -> None:
        self.wizard.edit(changes.with_interface(self.wizard.job, chosen, self.wizard.rules))
        self.again()


def _describe(interface: Interface, view: View) -> str:
    kind = view.words.of("gui", "interface", interface.kind)
    state = ", ".join(interface.addresses) or view.words.text("gui.interface.no-address")
    return f"{interface.name} · {kind} · {state}"


def _radio(view: View) -> Iterator[Row]:
    """The radio, where stations use WiFi: which adapter, whether it may look, and whether it hears their band."""
    tool, words, live = view.tool, view.words, view.live
    if tool is None or tool.no_wifi is not None or not tool.adapters or Connection.WIFI not in view.job.connections:
        return
    adapter = tool.adapters[0]
    subject, name = Subject("adapter", adapter.name), adapter.description or adapter.name
    backend = words.text("gui.computer.played") if tool.demo else adapter.backend
    line = words.text("gui.computer.adapter", name=name, backend=backend)
    yield Row("radio", subject, Look.PASS, words.text("gui.computer.radio"), line)
    permission, band = words.text("gui.computer.permission"), words.text("gui.computer.band")
    if not live.swept:
        waiting = words.text("gui.row.running")
        yield Row("radio-permission", subject, Look.RUNNING, permission, waiting)
        yield Row("radio-band", subject, Look.RUNNING, band, waiting)
        return
    yield Row("radio-permission", subject, Look.PASS, permission, words.text("gui.computer.permitted"))
    heard = sum(n.band is Band.B2_4 for n in live.networks)
    if heard:
        yield Row("radio-band", subject, Look.PASS, band, words.plural("gui.computer.heard", heard))
    else:
        remedy = words.text("gui.computer.deaf-remedy")
        yield Row("radio-band", subject, Look.WARN, band, words.text("gui.computer.deaf"), remedy=remedy)
