"""W5: the walk from station to station, with the signal before one's eyes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from ...domain.finding import station
from .. import theme, wifi_view
from ..blocks import block
from ..dialogs.wifi import LockDialog, ManualDialog, NameDialog
from ..looks import Look
from ..rows import Row, skippable
from ..standing import blocked
from ..state import PageState
from ..view import Key, View
from ..widgets.block_panel import BlockPanel
from ..widgets.button import Button
from ..widgets.fields import Choice
from ..widgets.notice import announce
from ..widgets.row import Action
from ..widgets.row_list import RowList
from ..widgets.scroll import Column, scrolling
from ..wizard import Wizard
from .base import Body
from .wifi_live import LiveHalf

ONCE_SEEN_MS = 150
ROOMY_FROM = 1366  # below it the list needs as much room as the charts
STACKED_BELOW, ROWS_SEEN = 800, 3  # below it the list stands over the charts, and the page scrolls
NETWORK_CHECKS = frozenset({"wifi-network", "wifi-channel", "wifi-congestion"})


class PageBody(Body):
    """Stations at the left, what is heard at the right."""

    def __init__(self, wizard: Wizard) -> None:
        super().__init__(wizard)
        self._rows: tuple[Row, ...] = ()
        self._next, self._busy, self._unseen, self._blocked = "", False, True, False
        self._network, self._block, self._live = Choice(), BlockPanel(), LiveHalf(wizard)
        self._search = Button()
        self._stations = RowList(dress=self._dress)
        self._site = RowList(dress=self._dress_site)
        self._halves, self._inside = QWidget(), QWidget()
        self._list = scrolling(self._inside, Column())
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._halves)
        self._lay_out()
        self._network.chosen.connect(self._choose)
        self._search.clicked.connect(self.again)
        self._stations.acted.connect(self._act)
        self._site.acted.connect(self._confirm_lock)
        self._block.retried.connect(self._look_again)
        self._block.asked.connect(wizard.measuring.ask_for_rights)
        self._block.worked_around.connect(self._enter_by_hand)
        wizard.survey.measured.connect(self._announce)
        wizard.survey.heard.connect(self._offer_networks)

    def show_state(self, state: PageState, view: View) -> None:
        reason = blocked(state.page, view)
        panel = block(reason, view.tool, view.words) if reason and view.tool else None
        self._blocked = panel is not None
        self._block.show_block(panel, view.words, by_hand=bool(view.job.stations))
        self._live.setVisible(panel is None)
        self._network.setVisible(panel is None)
        self._search.setVisible(panel is None)
        self._search.setText(view.words.text("gui.wifi.look"))
        self._offer_networks()
        self._rows = wifi_view.station_rows(state.rows, view)
        self._next = next((r.subject.name for r in self._rows if r.look in (Look.UNTESTED, Look.OUTDATED)), "")
        self._busy = any(r.look is Look.RUNNING for r in self._rows)
        self._stations.show_rows(self._rows, view.words)
        about_site = wifi_view.site_rows(state.rows)
        self._unseen = all(row.reason == "not-run" for row in about_site)
        self._site.show_rows(about_site, view.words)
        self._live.show_view(view)

    def enter(self) -> None:
        self.wizard.survey.listen()
        self._live.start()
        if self.wizard.job.ssid and self._unseen:
            QTimer.singleShot(ONCE_SEEN_MS, self.again)

    def leave(self) -> None:
        self.wizard.survey.rest()
        self._live.stop()

    def main(self) -> QWidget:
        if self._block.isVisibleTo(self):
            return self._block.retry
        if not self.wizard.job.ssid:
            return self._network.box
        row = self._stations.widget((wifi_view.CHECK, station(self._next or self._last())))
        return row.action if row else self._network.box

    def again(self) -> None:
        self.wizard.measuring.run_site(NETWORK_CHECKS)

    def skippable(self, state: PageState) -> Sequence[tuple[Key, str]]:
        return skippable((*wifi_view.station_rows(state.rows, self.wizard.view()), *wifi_view.site_rows(state.rows)))

    def big(self, state: PageState, view: View) -> tuple[Look, str, str]:
        level = self._live.level(view)
        return level.look, level.value or level.verdict, level.verdict if level.value else level.label

    def fit(self, size: QSize) -> None:
        low, narrow = theme.scaled(theme.ONE_CHART_BELOW), theme.scaled(theme.RAIL_BELOW)
        self._live.fit(low=size.height() < low, narrow=size.width() < narrow)
        roomy = size.width() >= theme.scaled(ROOMY_FROM)
        for at, share in enumerate((5, 7) if roomy else (1, 1)):
            self._sides.setStretch(at, share)
        stacked, way = size.width() < theme.scaled(STACKED_BELOW), QBoxLayout.Direction
        self._sides.setDirection(way.TopToBottom if stacked else way.LeftToRight)
        self._list.setMinimumHeight(ROWS_SEEN * round(theme.scaled(theme.STATION_ROW)) if stacked else 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space on anything that is no button of its own measures the next station."""
        if event.key() == Qt.Key.Key_Space and self._next:
            self._measure(self._next)
        else:
            super().keyPressEvent(event)

    def _offer_networks(self) -> None:
        """What is heard comes and goes; a list that somebody has opened stays as it is."""
        view = self.wizard.view()
        if not self._network.box.view().isVisible():
            self._network.show_choice(view.words.text("gui.wifi.network"), wifi_view.names(view), view.job.ssid)

    def _dress(self, row: Row) -> Action:
        words = self.wizard.words
        if self._blocked:
            by_hand = words.text("gui.block.by-hand")
            return Action(by_hand, (by_hand,))
        choices = tuple(words.of("gui", "wifi", key) for key in ("measure", "again", "stop"))
        runs, measured = row.look is Look.RUNNING, row.look not in (Look.UNTESTED, Look.SKIPPED)
        primary = runs or (row.subject.name == self._next and not self._busy)
        return Action(choices[2 if runs else int(measured)], choices, primary)

    def _dress_site(self, row: Row) -> Action | None:
        """A channel that was not seen to move waits for somebody's word."""
        if row.check != "wifi-channel" or row.look is not Look.UNTESTED:
            return None
        text = self.wizard.words.text("gui.wifi.confirm-lock")
        return Action(text, (text,))

    def _act(self, key: Key) -> None:
        if self._blocked:
            ManualDialog(self, self.wizard, key[1].name).open()
            return
        running = any(row.key == key and row.look is Look.RUNNING for row in self._rows)
        if running:
            self.wizard.survey.stop()
            self.wizard.refresh_now()
        else:
            self._measure(key[1].name)

    def _confirm_lock(self) -> None:
        LockDialog(self, self.wizard).open()

    def _measure(self, station_id: str) -> None:
        if not self.wizard.job.ssid:
            self.wizard.tell(Look.WARN, self.wizard.words.text("gui.wifi.choose"))
            return
        self.wizard.survey.measure(station_id)

    def _choose(self, ssid: str) -> None:
        if ssid == wifi_view.OTHER:
            self._offer_networks()
            NameDialog(self, self.wizard.words, self._choose).open()
        elif ssid:
            self.wizard.survey.choose(ssid)
            self.again()

    def _announce(self, station_id: str) -> None:
        """Say the result, and put the keyboard on the next station's button."""
        row = next((r for r in self._rows if r.subject.name == station_id), None)
        if row is not None and self.isVisible():
            announce(self, f"{row.title}: {row.word} {row.value}", urgent=row.look is Look.FAIL)
            following = self.main()
            following.setFocus(Qt.FocusReason.OtherFocusReason)
            self._list.ensureWidgetVisible(following, 0, theme.STATION_ROW)

    def _look_again(self) -> None:
        self.wizard.measuring.look_at_tool()

    def _enter_by_hand(self) -> None:
        ManualDialog(self, self.wizard, self._next or self._last()).open()

    def _last(self) -> str:
        return self._rows[0].subject.name if self._rows else ""

    def _lay_out(self) -> None:
        list_column = QVBoxLayout(self._inside)
        list_column.setContentsMargins(0, 0, 4, 0)
        list_column.setSpacing(theme.GAP - 2)
        list_column.addWidget(self._stations)
        list_column.addWidget(self._site)
        list_column.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(theme.GAP)
        choice = QHBoxLayout()
        choice.setSpacing(theme.GAP)
        choice.addWidget(self._network, 1)
        choice.addWidget(self._search, 0, Qt.AlignmentFlag.AlignBottom)
        left.addLayout(choice)
        left.addWidget(self._list, 1)
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.setSpacing(14)
        self._sides.addLayout(left)
        self._sides.addWidget(self._live)
        self.column.addWidget(self._block)
        self.column.addWidget(self._halves, 1)
