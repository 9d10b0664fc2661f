"""F11: the certificate that was issued: where it is, how to know it again, and what comes next."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ...session.flow import Page
from .. import theme
from ..looks import Look
from ..paper import Paper
from ..report import summary
from ..state import PageState
from ..view import View
from ..widgets.button import Button
from ..widgets.card import Card
from ..widgets.glyph import Glyph
from ..widgets.text import VERDICT, Text
from ..wizard import Wizard
from .base import Body

FACTS = ("number", "file", "fingerprint", "checksum")


class PageBody(Body):
    """One card with what to press under it."""

    def __init__(self, wizard: Wizard) -> None:
        super().__init__(wizard)
        self._card, self._glyph = Card(Look.PASS), Glyph(44, Look.PASS)
        self._title, self._line = Text(scale=VERDICT, bold=True), Text()
        self._labels = {fact: Text(tone="muted", wrap=False) for fact in FACTS}
        self._values = {fact: Text(fixed=fact in ("fingerprint", "checksum")) for fact in FACTS}
        self._buttons: dict[str, Button] = {}
        self._lay_out()

    def show_state(self, state: PageState, view: View) -> None:
        words, paper = view.words, view.paper
        look = Look.UNTESTED if paper is None else Look.WARN if paper.draft else Look.PASS
        self._card.show_look(look)
        self._glyph.show_look(look)
        key = "none" if paper is None else "draft" if paper.draft else "signed"
        self._title.show_text(words.of("gui", "certificate", key), look.tone if paper else "text")
        open_ones = len(view.deviations)
        told = (
            words.plural("gui.certificate.deviations", open_ones)
            if open_ones
            else words.text("gui.certificate.all-well")
        )
        self._line.setText(told if paper else words.text("gui.certificate.none-line"))
        for fact in FACTS:
            self._labels[fact].show_text(words.of("gui", "certificate", fact) if paper else "")
            self._values[fact].show_text(_fact(fact, paper) if paper else "")
        for key, button in self._buttons.items():
            button.setText(words.of("gui", "certificate.do", key))
            button.setVisible((paper is not None) is (key != "review"))

    def main(self) -> QWidget:
        return self._buttons["open" if self.wizard.signing.paper else "review"]

    def _lay_out(self) -> None:
        facts = QGridLayout()
        facts.setHorizontalSpacing(16)
        facts.setVerticalSpacing(6)
        facts.setColumnStretch(1, 1)
        for at, fact in enumerate(FACTS):
            facts.addWidget(self._labels[fact], at, 0)
            facts.addWidget(self._values[fact], at, 1)
        texts = QVBoxLayout()
        texts.setSpacing(4)
        texts.addWidget(self._title)
        texts.addWidget(self._line)
        texts.addSpacing(6)
        texts.addLayout(facts)
        row = QHBoxLayout(self._card)
        row.setContentsMargins(18, 14, 18, 16)
        row.setSpacing(16)
        row.addWidget(self._glyph)
        row.addLayout(texts, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GAP + 2)
        actions: dict[str, Callable[[], object]] = {
            "review": lambda: self.wizard.go(Page.REVIEW),
            "open": lambda: self._open_url(self._path()),
            "folder": lambda: self._open_url(self._path().parent),
            "copy": self._copy,
            "new": self.wizard.files.new,
        }
        for key, action in actions.items():
            button = Button(primary=key in ("review", "open"))
            button.clicked.connect(lambda _=False, action=action: action())
            self._buttons[key] = button
            buttons.addWidget(button)
        buttons.addStretch()
        self.column.addWidget(self._card)
        self.column.addLayout(buttons)
        self.column.addStretch(1)

    def _path(self) -> Path:
        paper = self.wizard.signing.paper
        return Path(paper.path) if paper else Path()

    def _open_url(self, path: Path) -> None:
        words = self.wizard.words
        if not path.exists() or not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.wizard.tell(Look.WARN, words.text("gui.certificate.not-opened", file=str(path)))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(summary(self.wizard.view()))
        self.wizard.tell(Look.INFO, self.wizard.words.text("gui.certificate.copied"))


def _fact(fact: str, paper: Paper) -> str:
    match fact:
        case "number":
            return paper.certificate_id
        case "file":
            return paper.path
        case "fingerprint":
            return grouped(paper.fingerprint[:32])
        case _:
            return grouped(paper.results_sha256[:32])


def grouped(digits: str) -> str:
    """Hex digits in groups of four, to be compared over the phone."""
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4)) or "–"
