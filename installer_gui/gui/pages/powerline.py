"""L5: the PLC modules on the cable and who has joined them; what cannot be measured, a person confirms."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ...checks.confirmation import PLC_STATION, Confirmation
from ...domain.finding import Subject
from ...ports.unavailable import Reason
from .. import answers, cable, elimination, plc_view
from ..dialogs.worksheet import WorksheetDialog
from ..looks import Look
from ..plc_view import Line
from ..state import PageState
from ..view import View
from ..widgets.block_panel import BlockPanel
from ..widgets.button import Button
from ..widgets.fields import Choice
from ..widgets.notice import announce
from ..widgets.row_list import RowList
from ..widgets.text import Text
from ..wizard import Wizard
from . import questions
from .base import heading
from .powerline_table import PowerlineTable
from .watch_card import WatchCard

LOOK_FOR_CABLE_MS = 2000


class PageBody(questions.PageBody):
    """What is measured stands above what is asked."""

    def __init__(self, wizard: Wizard) -> None:
        super().__init__(wizard)
        self._measured, self._troubled = RowList(), RowList()
        self._block, self._watch = BlockPanel(), WatchCard()
        self._look, self._follow, self._copy, self._search = Button(), Button(), Button(), Button()
        self._sheet_button = Button()
        self._table, self._who, self._hint, self._asks = PowerlineTable(), Choice(), Text(tone="muted"), heading()
        self._picked, self._strangers = "", tuple[Line, ...]()
        self._cable = QTimer(self, interval=LOOK_FOR_CABLE_MS)
        self._lay_out()
        self._connect()

    def show_state(self, state: PageState, view: View) -> None:
        super().show_state(state, view)
        words, panel = view.words, plc_view.block(view)
        self._block.show_block(panel, words)
        self._show_buttons(view, blocked=panel is not None)
        self._watch.show_watch(view)
        self._measured.show_rows(plc_view.module_rows(state.rows, view), words)
        shown = plc_view.lines(state.rows, view)
        self._strangers = plc_view.strangers(shown)
        self._table.show_lines(shown, words, words.text("gui.powerline.stations"))
        self._troubled.show_rows(plc_view.troubled(state.rows, view), words)
        self._show_strangers(view)
        self._asks.setText(words.text("gui.powerline.asks"))
        self._sheet_button.setText(words.text("gui.worksheet.fill-in"))

    def enter(self) -> None:
        self.wizard.measuring.look_at_tool()
        self._cable.start()

    def leave(self) -> None:
        self._cable.stop()
        self.wizard.powerline.stop()

    def main(self) -> QWidget:
        return self._block.main() if self._block.isVisibleTo(self) else self._look

    def again(self) -> None:
        self.wizard.powerline.look()

    def big(self, state: PageState, view: View) -> tuple[Look, str, str]:
        """While somebody watches: the station to switch on, readable from where it stands."""
        if not view.mains.watching:
            return super().big(state, view)
        ask, count = plc_view.watched(view)
        return (Look.RUNNING, view.mains.awaited, ask) if view.mains.awaited else (Look.PASS, count, ask)

    def subjects(self, asked: Confirmation, view: View) -> Iterable[Subject]:
        """Nobody is asked about a station that was measured."""
        whom = answers.subjects(asked, view.job)
        return whom if asked is not PLC_STATION else [s for s in whom if plc_view.asked(s, view)]

    def _show_buttons(self, view: View, *, blocked: bool) -> None:
        words, watching = view.words, view.mains.watching
        busy = watching or self.wizard.powerline.looking
        looks = tuple(words.of("gui.powerline", "look", key) for key in ("measure", "again", "stop"))
        seen = any(key == plc_view.GATEWAY for key, _ in view.newest)
        self._look.reserve(looks)
        self._look.setText(looks[2 if busy else int(seen)])
        self._look.show_primary(not watching and (not seen or busy))
        follows = tuple(words.of("gui.powerline", "watch", key) for key in ("start", "end"))
        self._follow.reserve(follows)
        self._follow.setText(follows[int(watching)])
        self._follow.show_primary(watching)
        self._copy.setText(words.text("gui.powerline.copy"))
        self._search.setText(words.text("gui.powerline.search"))
        for button, shown in (
            (self._look, not blocked),
            (self._follow, not blocked),
            (self._copy, bool(plc_view.plcstat_text(view)) and not watching),
            (self._search, blocked and bool(cable.chosen(view))),
        ):
            button.setVisible(shown)

    def _show_strangers(self, view: View) -> None:
        """Members that nobody knows: which station each is can be said here."""
        words, macs = view.words, [line.mac for line in self._strangers]
        mac = self._picked if self._picked in macs else ""
        nameless = elimination.nameless(view.job)
        options = [("", words.text("gui.powerline.which")), *((name, name) for name in nameless)]
        self._who.show_choice(words.text("gui.powerline.is", mac=mac), options, "")
        self._who.setVisible(bool(mac and nameless))
        told = "unknown" if nameless else "others"
        self._hint.show_text(words.of("gui.powerline", "hint", told) if macs and not view.mains.watching else "")

    def _look_or_stop(self) -> None:
        work = self.wizard.powerline
        if work.looking or work.mains.watching:
            work.stop()
        else:
            work.look()

    def _watch_or_look(self) -> None:
        """When all are switched on, the watch ends with a measurement of them."""
        if self.wizard.powerline.mains.watching:
            self.wizard.powerline.look()
        else:
            self.wizard.powerline.watch()

    def _retry(self) -> None:
        self.wizard.measuring.look_at_tool()
        if cable.chosen(self.wizard.view()):
            self.wizard.powerline.look()

    def _ask_for_rights(self) -> None:
        wired = cable.chosen(self.wizard.view())
        self.wizard.measuring.ask_for_rights_on(wired, self.wizard.powerline.look)

    def _find_cable(self) -> None:
        """A cable that is plugged in is seen without a press."""
        if self.isVisible() and cable.reason(self.wizard.view()) is Reason.NO_LINK:
            self.wizard.measuring.look_at_tool()

    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(plc_view.plcstat_text(self.wizard.view()))
        self.wizard.tell(Look.INFO, self.wizard.words.text("gui.powerline.copied"))

    def _fill_in(self) -> None:
        """A worksheet without a name is worth nothing."""
        if self.wizard.asking.has_name():
            WorksheetDialog(self, self.wizard).open()

    def _pick(self, mac: str) -> None:
        self._picked = mac
        self._show_strangers(self.wizard.view())

    def _assign(self, station_id: str) -> None:
        if station_id and self._picked:
            self.wizard.powerline.assign(self._picked, station_id)

    def _connect(self) -> None:
        work = self.wizard.powerline
        self._look.clicked.connect(self._look_or_stop)
        self._follow.clicked.connect(self._watch_or_look)
        self._copy.clicked.connect(self._copy_text)
        self._search.clicked.connect(work.search)
        self._sheet_button.clicked.connect(self._fill_in)
        self._block.retried.connect(self._retry)
        self._block.asked.connect(self._ask_for_rights)
        self._watch.expected.connect(work.expect)
        self._table.picked.connect(self._pick)
        self._who.chosen.connect(self._assign)
        self._cable.timeout.connect(self._find_cable)
        work.told.connect(self._say)

    def _say(self, text: str, urgent: bool) -> None:
        if self.isVisible():
            announce(self, text, urgent=urgent)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        for button in (self._look, self._follow):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self._copy)
        above = (
            self._block,
            self._search,
            self._watch,
            self._measured,
            self._hint,
            self._who,
            self._table,
            self._troubled,
        )
        self.column.insertLayout(0, buttons)
        for at, widget in enumerate(above, 1):
            self.column.insertWidget(at, widget)
        asking = QHBoxLayout()
        asking.addWidget(self._asks, 1)
        asking.addWidget(self._sheet_button)
        self.column.insertLayout(len(above) + 1, asking)
