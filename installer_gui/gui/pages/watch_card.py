"""What to switch on now, and how many have come."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from .. import elimination, plc_view
from ..looks import Look
from ..view import View
from ..widgets.card import Card
from ..widgets.fields import Choice
from ..widgets.glyph import Glyph
from ..widgets.text import VERDICT, Text, name


class WatchCard(Card):
    """Shown while somebody watches. `expected` sends the station that is switched on next instead."""

    expected = Signal(str)

    def __init__(self) -> None:
        super().__init__(Look.INFO)
        self._glyph, self._ask, self._count = Glyph(40, Look.RUNNING), Text(scale=VERDICT, bold=True), Text()
        self._next = Choice()
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._ask)
        texts.addWidget(self._count)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 12)
        row.setSpacing(16)
        row.addWidget(self._glyph)
        row.addLayout(texts, 1)
        row.addWidget(self._next)
        self._next.chosen.connect(self.expected)

    def show_watch(self, view: View) -> None:
        words, mains = view.words, view.mains
        self.setVisible(mains.watching)
        if not mains.watching:
            return
        ask, count = plc_view.watched(view)
        look = Look.WARN if mains.answering == () else Look.RUNNING if mains.awaited else Look.PASS
        self.show_look(Look.WARN if look is Look.WARN else Look.INFO)
        self._glyph.show_look(look)
        self._ask.setText(ask)
        self._count.setText(count)
        options = [(known, known) for known in elimination.nameless(view.job)]
        self._next.setVisible(bool(options))
        self._next.show_choice(words.text("gui.powerline.next"), options, mains.awaited)
        name(self, f"{ask} {count}")
