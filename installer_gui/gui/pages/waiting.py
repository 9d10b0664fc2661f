"""What was put off until there is internet: how much, and the one thing to do when there is some."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout

from ...i18n import Catalogue
from .. import theme
from ..looks import Look
from ..widgets.button import Button
from ..widgets.card import Card
from ..widgets.flow import Flow
from ..widgets.glyph import Glyph
from ..widgets.text import Text

STACKED_BELOW = 760


class WaitingCard(Card):
    """Hidden while nothing waits. `run` runs what waits, `give_up` lets nothing wait any more."""

    def __init__(self) -> None:
        super().__init__(Look.SKIPPED)
        self._title, self._line = Text(bold=True), Text()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.run, self.give_up = Button(primary=True), Button()
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._title)
        texts.addWidget(self._line)
        told, verbs, row = QHBoxLayout(), Flow(), self._row
        row.setContentsMargins(14, 8, 10, 8)
        for line in (told, row):
            line.setSpacing(theme.GAP + 2)
        told.addWidget(Glyph(28, Look.SKIPPED))
        told.addLayout(texts, 1)
        row.addLayout(told, 1)
        row.addLayout(verbs)
        for button in (self.give_up, self.run):
            verbs.addWidget(button)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the buttons stand below."""
        super().resizeEvent(event)
        way, narrow = QBoxLayout.Direction, event.size().width() < theme.scaled(STACKED_BELOW)
        self._row.setDirection(way.TopToBottom if narrow else way.LeftToRight)

    def show_waiting(self, count: int, words: Catalogue) -> None:
        self.setVisible(bool(count))
        self._title.setText(words.plural("gui.later.count", count))
        self._line.setText(words.text("gui.later.line"))
        self.run.setText(words.text("gui.later.run"))
        self.give_up.setText(words.text("gui.later.give-up"))
