"""One number, readable from a step away, in the tint of its state."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ..looks import Look
from .card import Card
from .glyph import Glyph
from .text import HERO, VERDICT, Text, name


class Hero(Card):
    """A value with its verdict and what to do about it."""

    def __init__(self) -> None:
        super().__init__(Look.UNTESTED)
        self._glyph = Glyph(48)
        self._value = Text(scale=HERO, bold=True, wrap=False)
        self._label, self._verdict, self._remedy = Text(tone="muted"), Text(scale=VERDICT, bold=True), Text()
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addStretch()
        for text in (self._label, self._verdict, self._remedy):
            texts.addWidget(text)
        texts.addStretch()
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 6, 16, 6)
        line.setSpacing(16)
        line.addWidget(self._glyph)
        line.addWidget(self._value)
        line.addLayout(texts, 1)

    def show_value(self, look: Look, value: str, label: str, verdict: str, remedy: str = "") -> None:
        """Show a value; without one only the words are shown."""
        self.show_look(look)
        self._glyph.show_look(look)
        self._value.show_text(value)
        self._label.setText(label)
        self._verdict.show_text(verdict, look.tone)
        self._remedy.show_text(remedy)
        name(self, f"{label}: {value} {verdict}".strip())
