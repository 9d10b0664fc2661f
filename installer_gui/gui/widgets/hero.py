"""One number, readable from a step away, in the tint of its state."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ..looks import Look
from .card import Card
from .glyph import Glyph
from .text import HERO, VERDICT, Text, name

SMALL, SMALLEST = 2.3, 1.75


class Hero(Card):
    """A value with its verdict and what to do about it, beside it or, where it is narrow, below it."""

    def __init__(self) -> None:
        super().__init__(Look.UNTESTED)
        self._narrow, self._size = False, HERO
        self._glyph, self._value = Glyph(48), Text(scale=HERO, bold=True, wrap=False)
        self._label, self._verdict = Text(tone="muted"), Text(scale=VERDICT, bold=True)
        self._beside, self._below = Text(), Text()
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addStretch()
        for text in (self._label, self._verdict, self._beside):
            texts.addWidget(text)
        texts.addStretch()
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._glyph)
        line.addWidget(self._value)
        line.addLayout(texts, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 6, 10, 6)
        column.setSpacing(2)
        column.addLayout(line)
        column.addWidget(self._below)
        self._below.hide()

    def fit(self, *, narrow: bool, low: bool = False) -> None:
        """Give up some size where the words beside the value need the room, and more where it is low as well."""
        size = HERO if not narrow else SMALLEST if low else SMALL
        if (narrow, size) != (self._narrow, self._size):
            self._narrow, self._size = narrow, size
            self._value.resize_to(size)
            self._glyph.resize_to(36 if narrow else 48)
            self._show_remedy(self._beside.text() or self._below.text())

    def show_value(self, look: Look, value: str, label: str, verdict: str, remedy: str = "") -> None:
        """Show a value; without one only the words are shown."""
        self.show_look(look)
        self._glyph.show_look(look)
        self._value.show_text(value)
        self._label.setText(label)
        self._verdict.show_text(verdict, look.tone)
        self._show_remedy(remedy)
        name(self, f"{label}: {value} {verdict}".strip())

    def _show_remedy(self, remedy: str) -> None:
        self._beside.show_text("" if self._narrow else remedy)
        self._below.show_text(remedy if self._narrow else "")
