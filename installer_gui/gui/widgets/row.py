"""A result as a row: shape, title, state in words, value, remedy, what to press, and the details on demand."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout

from ...i18n import Catalogue
from .. import theme
from ..looks import Look
from ..rows import Row
from .button import Button
from .card import Card
from .details import Details
from .glyph import Glyph
from .stage_line import StageLine
from .text import VALUE, Text, name

STACKED_BELOW, TIGHT_BELOW = 760, 520


@dataclass(frozen=True, slots=True)
class Action:
    """What a row's button says now, and all that it may come to say: it is as wide as the widest of these."""

    text: str
    choices: tuple[str, ...]
    primary: bool = False


class StatusRow(Card):
    """One row. `acted` is sent when its button is pressed."""

    acted = Signal()

    def __init__(self) -> None:
        super().__init__(Look.UNTESTED, bar=True)
        self._row: Row | None = None
        self._glyph = Glyph(28)
        self._title, self._word, self._remedy = Text(bold=True), Text(tone="muted"), Text()
        self._value = Text(scale=VALUE, bold=True, wrap=False)
        self._stages = StageLine()
        self._fold, self._details = Button(low=True), Details()
        self._verbs, self._below = QBoxLayout(QBoxLayout.Direction.LeftToRight), QHBoxLayout()
        self.action = Button()
        self._lay_out()
        self._fold.setCheckable(True)
        self._fold.toggled.connect(self._details.setVisible)
        self._fold.toggled.connect(self._name_fold)
        self.action.clicked.connect(self.acted)

    def show_row(self, row: Row, words: Catalogue, action: Action | None = None) -> None:
        """Show a row in the words of a language, with a button if there is something to do."""
        self._row, self._words = row, words
        self.show_look(row.look)
        self._glyph.show_look(row.look)
        self._title.setText(row.title)
        self._word.show_text(row.word, "muted" if row.look is Look.UNTESTED else row.look.tone)
        self._value.show_text(row.value)
        self._stages.show_stages(row.stages)
        self._remedy.show_text(row.remedy)
        self._details.show_details(row.details, words)
        self._fold.setVisible(bool(row.details))
        if not row.details:
            self._fold.setChecked(False)
        self._fold.reserve((words.text("gui.row.more"), words.text("gui.row.less")))
        self._name_fold(self._fold.isChecked())
        name(self, f"{row.title}: {row.word}", row.value)
        self.action.setVisible(action is not None)
        if action is not None:
            self.action.setText(action.text)
            self.action.reserve(action.choices)
            self.action.show_primary(action.primary)
            name(self.action, f"{action.text}: {row.title}")
        self._arrange()

    @property
    def number(self) -> int | None:
        """The number of the heaviest finding behind the row, None where there is nothing to tell."""
        return self._row.details[0].number if self._row is not None and self._row.details else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Where it is narrow, the words get the room: the buttons stand one above the other, or below long words."""
        way = QBoxLayout.Direction
        self._verbs.setDirection(way.TopToBottom if self.width() < theme.scaled(STACKED_BELOW) else way.LeftToRight)
        wordy = self._row is not None and bool(self._row.details)
        place = self._below if wordy and self.width() < theme.scaled(TIGHT_BELOW) else self._verbs
        if place.indexOf(self.action) < 0:
            for button in (self._fold, self.action):
                place.addWidget(button, 0, Qt.AlignmentFlag.AlignRight)

    def _name_fold(self, unfolded: bool) -> None:
        assert self._row is not None
        self._fold.setText(self._words.text("gui.row.less" if unfolded else "gui.row.more"))
        name(self._fold, f"{self._fold.text()}: {self._row.title}")

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addStretch()
        for text in (self._title, self._word, self._stages, self._remedy):
            texts.addWidget(text)
        texts.addStretch()
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self._glyph)
        line.addLayout(texts, 1)
        line.addWidget(self._value)
        line.addLayout(self._verbs)
        for verbs in (self._verbs, self._below):
            verbs.setSpacing(theme.GAP)
        self._below.addStretch()
        self._arrange()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 7, 8, 7)
        whole.addLayout(line)
        whole.addLayout(self._below)
        whole.addWidget(self._details)
        self._details.hide()
        self.setMinimumHeight(theme.STATION_ROW)
