"""What stands beside the paper on R10: the verdict, and what is missing before it can be signed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ...domain.verdict import Verdict
from ...session.flow import Page
from .. import theme
from ..looks import Look, of_verdict
from ..standing import done_stations
from ..view import View
from ..widgets.button import Button
from ..widgets.card import Card
from ..widgets.glyph import Glyph
from ..widgets.text import VERDICT, Text, name


class VerdictCard(Card):
    """The verdict of the whole job, and what it counts."""

    def __init__(self) -> None:
        super().__init__(Look.UNTESTED)
        self._glyph, self._title, self._line = Glyph(40), Text(scale=VERDICT, bold=True), Text()
        self._remark = Text(tone="muted")
        texts = QVBoxLayout()
        texts.setSpacing(2)
        for text in (self._title, self._line, self._remark):
            texts.addWidget(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 12)
        row.setSpacing(14)
        row.addWidget(self._glyph)
        row.addLayout(texts, 1)

    def show_view(self, view: View) -> None:
        words, verdict = view.words, view.judgement.verdict
        look = of_verdict(verdict)
        self.show_look(look)
        self._glyph.show_look(look)
        self._title.show_text(words.of("verdict", verdict), look.tone)
        done, total = done_stations(view.job, view)
        parts = (
            words.plural("gui.progress.stations", total, done=done),
            words.plural("gui.review.deviations", len(view.deviations)),
        )
        self._line.setText("  ·  ".join(parts))
        self._remark.show_text(words.text("gui.review.draft") if verdict is Verdict.INCOMPLETE else "")
        name(self, self._title.text(), self._line.text())


class Gaps(Card):
    """What must be filled in before anything can be signed, each with the way there. `gone_to` sends its page."""

    gone_to = Signal(object)

    def __init__(self) -> None:
        super().__init__(Look.WARN)
        self._title = Text(bold=True)
        self._gaps: tuple[tuple[Page, str], ...] = ()
        self._lines: list[tuple[Text, Button]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 12, 12)
        self._column.setSpacing(theme.GAP - 2)
        self._column.addWidget(self._title)

    def show_gaps(self, gaps: tuple[tuple[Page, str], ...], view: View) -> None:
        """Show them, or nothing when nothing is missing."""
        words = view.words
        self._gaps = gaps
        self.setVisible(bool(gaps))
        self._title.setText(words.text("gui.review.missing"))
        while len(self._lines) < len(gaps):
            self._add(len(self._lines))
        for at, (text, button) in enumerate(self._lines):
            shown = at < len(gaps)
            text.setVisible(shown)
            button.setVisible(shown)
            if shown:
                page, gap = gaps[at]
                text.setText(words.of("gui", "gap", gap))
                button.setText(words.text("gui.deviations.go"))
                name(button, f"{button.text()}: {words.of('gui', page, 'title')}")

    def main(self) -> QWidget | None:
        """The first way there is."""
        return self._lines[0][1] if self._gaps else None

    def _add(self, at: int) -> None:
        text, button = Text(), Button(low=True)
        button.clicked.connect(lambda: self.gone_to.emit(self._gaps[at][0]))
        line = QHBoxLayout()
        line.addWidget(text, 1)
        line.addWidget(button)
        self._column.addLayout(line)
        self._lines.append((text, button))
