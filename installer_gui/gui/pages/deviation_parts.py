"""What stands between the deviations: whose they are, and those that were put right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from .. import theme
from ..deviation_view import Done, Party
from ..looks import Look
from ..widgets.button import Button
from ..widgets.card import Card
from ..widgets.glyph import Glyph
from ..widgets.text import VALUE, Text, name


class PartyHead(QWidget):
    """Who must act, and a letter to them where something of theirs failed. `asked` sends the party."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._party: Party | None = None
        self._title, self._line, self._letter = Text(scale=VALUE, bold=True), Text(tone="muted"), Button()
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._title)
        texts.addWidget(self._line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.GAP, 0, 0)
        row.addLayout(texts, 1)
        row.addWidget(self._letter)
        self._letter.clicked.connect(self._ask)

    def show_party(self, party: Party) -> None:
        self._party = party
        self._title.setText(party.title)
        self._line.setText(party.line)
        self._letter.setText(party.letter)
        self._letter.setVisible(bool(party.letter))
        name(self._letter, f"{party.letter}: {party.title}")

    def _ask(self) -> None:
        assert self._party is not None
        self.asked.emit(self._party.party)


class DoneCard(Card):
    """A deviation that a later measurement closed."""

    def __init__(self) -> None:
        super().__init__(Look.PASS, bar=True)
        self._title, self._line = Text(bold=True), Text(tone="muted")
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(self._title)
        texts.addWidget(self._line)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(10)
        row.addWidget(Glyph(26, Look.PASS))
        row.addLayout(texts, 1)

    def show_done(self, done: Done) -> None:
        self._title.setText(done.title)
        self._line.setText(done.line)
        name(self, done.title, done.line)
