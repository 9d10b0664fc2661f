"""What was put off until there is internet: how much, and the one thing to do when there is some."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ...i18n import Catalogue
from .. import theme
from ..looks import Look
from ..widgets.button import Button
from ..widgets.card import Card
from ..widgets.glyph import Glyph
from ..widgets.text import Text


class WaitingCard(Card):
    """Hidden while nothing waits. `run` runs what waits, `give_up` lets nothing wait any more."""

    def __init__(self) -> None:
        super().__init__(Look.SKIPPED)
        self._title, self._line = Text(bold=True), Text()
        self.run, self.give_up = Button(primary=True), Button()
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._title)
        texts.addWidget(self._line)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 10, 8)
        row.setSpacing(theme.GAP + 2)
        row.addWidget(Glyph(28, Look.SKIPPED))
        row.addLayout(texts, 1)
        row.addWidget(self.give_up)
        row.addWidget(self.run)
        self.hide()

    def show_waiting(self, count: int, words: Catalogue) -> None:
        self.setVisible(bool(count))
        self._title.setText(words.plural("gui.later.count", count))
        self._line.setText(words.text("gui.later.line"))
        self.run.setText(words.text("gui.later.run"))
        self.give_up.setText(words.text("gui.later.give-up"))
