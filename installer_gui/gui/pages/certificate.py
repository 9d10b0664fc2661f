"""F11: the certificate that was issued: where it is, how to know it again, and what comes next."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ... import files, i18n
from ...i18n import Catalogue
from ...session.flow import Page
from .. import theme
from ..deviation_view import Item, items
from ..looks import Look
from ..paper import Paper
from ..report import summary
from ..state import PageState
from ..view import View
from ..widgets.button import Button
from ..widgets.card import Card
from ..widgets.flow import Flow
from ..widgets.glyph import Glyph
from ..widgets.keyed_list import KeyedList
from ..widgets.text import VERDICT, Text
from ..wizard import Wizard
from .base import Body, heading

FACTS = ("number", "file", "time", "fingerprint", "checksum")


class PageBody(Body):
    """One card with what to press under it."""

    def __init__(self, wizard: Wizard) -> None:
        super().__init__(wizard)
        self._card, self._glyph = Card(Look.PASS), Glyph(44, Look.PASS)
        self._title, self._line = Text(scale=VERDICT, bold=True), Text()
        self._labels = {fact: Text(tone="muted", wrap=False) for fact in FACTS}
        self._values = {fact: Text(fixed=fact in ("fingerprint", "checksum")) for fact in FACTS}
        self._heading = heading()
        self._open: KeyedList[object, Item, OpenCard] = KeyedList(lambda _: OpenCard(), OpenCard.show_item)
        self._buttons: dict[str, Button] = {}
        self._lay_out()

    def show_state(self, state: PageState, view: View) -> None:
        words, paper = view.words, view.paper
        look = Look.UNTESTED if paper is None else Look.WARN if paper.draft else Look.PASS
        self._card.show_look(look)
        self._glyph.show_look(look)
        title, line = _signed(paper, view) if paper else _unsigned(view)
        self._title.show_text(title, look.tone if paper else "text")
        self._line.setText(line)
        left = items(view) if paper else ()
        self._heading.show_text(words.text("gui.certificate.to-do") if left else "")
        self._open.show_items([(item.key, item) for item in left], view.words)
        for fact in FACTS:
            self._labels[fact].show_text(words.of("gui", "certificate", fact) if paper else "")
            self._values[fact].show_text(_fact(fact, paper, words) if paper else "")
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
        buttons = Flow()
        actions: dict[str, Callable[[], object]] = {
            "review": lambda: self.wizard.go(Page.REVIEW),
            "open": lambda: self._open_url(self._path()),
            "folder": lambda: self._open_url(self._path().parent),
            "copy": self._copy,
            "revise": self.wizard.signing.revise,
            "new": self.wizard.files.new,
        }
        for key, action in actions.items():
            button = Button(primary=key in ("review", "open"))
            button.clicked.connect(lambda _=False, action=action: action())
            self._buttons[key] = button
            buttons.addWidget(button)
        self.column.addWidget(self._card)
        self.column.addLayout(buttons)
        self.column.addSpacing(theme.GAP)
        self.column.addWidget(self._heading)
        self.column.addWidget(self._open)
        self.column.addStretch(1)

    def _path(self) -> Path:
        paper = self.wizard.signing.paper
        return Path(paper.path) if paper else Path()

    def _open_url(self, path: Path) -> None:
        words = self.wizard.words
        if files.missing(path) or not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.wizard.tell(Look.WARN, words.text("gui.certificate.not-opened", file=str(path)))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(summary(self.wizard.view()))
        self.wizard.tell(Look.INFO, self.wizard.words.text("gui.certificate.copied"))


class OpenCard(Card):
    """A deviation that somebody is to put right."""

    def __init__(self) -> None:
        super().__init__(Look.UNTESTED, bar=True)
        self._number, self._title, self._line = Text(bold=True, wrap=False), Text(bold=True), Text(tone="muted")
        self._number.setMinimumWidth(24)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(self._title)
        texts.addWidget(self._line)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
        row.addWidget(self._number)
        row.addLayout(texts, 1)

    def show_item(self, item: Item) -> None:
        words, note = i18n.load(item.language), item.note
        self.show_look(item.look)
        self._number.setText(str(item.number))
        self._title.setText(note.text if item.remark and note.text else item.title)
        owner = words.of("paper", "owner", note.owner) if words.has("paper", "owner", note.owner) else note.owner
        due = words.show(note.due) if note.due else ""
        self._line.show_text("  ·  ".join(filter(None, (item.line, owner, due, note.action or item.hint))))


def _signed(paper: Paper, view: View) -> tuple[str, str]:
    """What is said of a job that is signed as it is: a title and a line."""
    words, open_ones = view.words, len(view.deviations)
    left = words.plural("gui.certificate.deviations", open_ones)
    title = words.of("gui", "certificate", "draft" if paper.draft else "signed")
    return title, left if open_ones else words.text("gui.certificate.all-well")


def _unsigned(view: View) -> tuple[str, str]:
    """The same of a job of which nothing is signed, or only what it was before."""
    words, before = view.words, view.newest_paper
    if before is None:
        return words.text("gui.certificate.none"), words.text("gui.certificate.none-line")
    told = words.text("gui.certificate.takes-place", revision=view.revision, number=before.certificate_id)
    return words.text("gui.certificate.unsigned", revision=view.revision), told


def _fact(fact: str, paper: Paper, words: Catalogue) -> str:
    match fact:
        case "number":
            known = [paper.certificate_id, words.text("paper.revision", n=paper.revision)]
            if paper.replaces:
                old = paper.replaced_revision
                known.append(words.text("paper.replaces", number=paper.replaces, revision=old))
            return ", ".join(known)
        case "file":
            return paper.path
        case "time":
            by = paper.authority
            return words.text("paper.timestamp.by", authority=by) if by else words.text("paper.timestamp.none")
        case "fingerprint":
            return grouped(paper.fingerprint[:32])
        case _:
            return grouped(paper.results_sha256[:32])


def grouped(digits: str) -> str:
    """Hex digits in groups of four, to be compared over the phone."""
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4)) or "–"
