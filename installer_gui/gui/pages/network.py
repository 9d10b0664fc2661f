"""N6 and P7: the network checks, whose rows fill one by one. One run feeds both pages."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ...ports.unavailable import Reason
from ..blocks import rights_block
from ..deviation_view import others_must_act
from ..looks import Look
from ..rows import Row, skippable
from ..standing import LATER, Digit
from ..state import PageState, page_state
from ..view import Key, View
from ..widgets.block_panel import BlockPanel
from ..widgets.button import Button
from ..widgets.flow import Flow
from ..widgets.notice import announce
from ..widgets.row import Action
from ..widgets.row_list import RowList
from ..widgets.text import Text
from ..wizard import Wizard
from .base import Body
from .waiting import WaitingCard


class PageBody(Body):
    """A list of checks and a button that runs them all again."""

    def __init__(self, wizard: Wizard) -> None:
        super().__init__(wizard)
        self._rows, self._summary = RowList(dress=self._dress), Text(tone="muted", wrap=False)
        self._run, self._letter = Button(), Button()
        self._lacking, self._later, self._waiting = BlockPanel(), Button(), WaitingCard()
        self._empty = True
        self._lacking.retried.connect(self.again)
        self._lacking.asked.connect(wizard.measuring.ask_for_rights)
        self._run.clicked.connect(self._start_or_stop)
        self._letter.clicked.connect(wizard.signing.write_letter)
        self._later.clicked.connect(wizard.measuring.put_off)
        self._waiting.run.clicked.connect(wizard.measuring.run_waiting)
        self._waiting.give_up.clicked.connect(wizard.measuring.take_up)
        self._rows.acted.connect(lambda key: wizard.measuring.run_site(frozenset({key[0]})))
        wizard.measuring.ended.connect(self._announce)
        line = Flow(apart=True)
        for widget in (self._summary, self._letter, self._later, self._run):
            line.addWidget(widget)
        self.column.addWidget(self._waiting)
        self.column.addLayout(line)
        self.column.addWidget(self._lacking)
        self.column.addWidget(self._rows)
        self.column.addStretch()

    def show_state(self, state: PageState, view: View) -> None:
        words, runs = view.words, self.wizard.measuring.site_runs
        self._empty = all(row.reason == "not-run" for row in state.rows)
        done = sum(row.reason not in ("not-run", LATER) for row in state.rows)
        self._summary.setText(words.text("gui.network.summary", done=done, total=len(state.rows)))
        choices = tuple(words.of("gui", "network", key) for key in ("run", "again", "stop"))
        self._run.reserve(choices)
        self._run.setText(choices[2 if runs else 0 if self._empty else 1])
        self._run.show_primary(self._empty and not runs)
        self._run.setVisible(runs or any(row.reason != LATER for row in state.rows))
        self._waiting.show_waiting(0 if runs else len(view.waiting), words)
        self._later.setText(words.text("gui.later.put-off"))
        self._later.setVisible(not runs and not view.waiting and state.digit is not Digit.PASS)
        self._letter.setText(words.text("gui.letter.write"))
        self._letter.setVisible(not runs and state.digit is Digit.FAIL and others_must_act(view))
        lacking = any(row.reason == Reason.NEEDS_PRIVILEGE for row in state.rows)
        self._lacking.show_block(rights_block(view.tool, words) if lacking and view.tool else None, words)
        self._rows.show_rows(state.rows, words)

    def enter(self) -> None:
        """The checks need nobody, so the first run begins by itself."""
        if self._empty:
            self.again()

    def main(self) -> QWidget:
        return self._waiting.run if not self._waiting.isHidden() else self._run

    def again(self) -> None:
        self.wizard.measuring.run_site()

    def skippable(self, state: PageState) -> Sequence[tuple[Key, str]]:
        return skippable(state.rows)

    def _dress(self, row: Row) -> Action | None:
        """What has not passed can be measured again by itself, while nothing else is."""
        if self.wizard.measuring.site_runs or row.look is Look.PASS or row.reason in ("not-run", LATER):
            return None
        again = self.wizard.words.of("gui", "wifi", "again")
        return Action(again, (again,))

    def _announce(self) -> None:
        """Say how the page in front stands when the run is over."""
        if self.isVisible():
            state = page_state(self.wizard.page, self.wizard.view())
            look = state.digit.look
            announce(self, f"{state.title}: {self.wizard.words.of('gui.look', look)}", urgent=look is Look.FAIL)

    def _start_or_stop(self) -> None:
        if self.wizard.measuring.site_runs:
            self.wizard.measuring.stop_site()
        else:
            self.again()
