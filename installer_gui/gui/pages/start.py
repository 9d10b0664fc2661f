"""A0: which language, and which job: a new one, one to go on with, or a file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from ...domain.job import Job
from ...i18n import LANGUAGES, Catalogue
from ...session import later
from .. import theme
from ..language import NAMES
from ..looks import Look
from ..standing import done_stations
from ..state import PageState
from ..view import View
from ..widgets.button import Button
from ..widgets.card import Card
from ..widgets.glyph import Glyph
from ..widgets.text import Text, name
from ..widgets.tiles import Option, Tiles
from ..wizard import Wizard
from .base import Body, heading


class JobCard(Card):
    """A job that can be continued."""

    def __init__(self) -> None:
        super().__init__()
        self._glyph, self._title, self._line = Glyph(24), Text(bold=True), Text(tone="muted")
        self.go_on = Button()
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._title)
        texts.addWidget(self._line)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(self._glyph)
        row.addLayout(texts, 1)
        row.addWidget(self.go_on)

    def show_job(self, job: Job, saved: datetime, view: View) -> None:
        words = view.words
        place = ", ".join(filter(None, (job.site.name, job.site.street, job.site.town)))
        title = place or words.text("gui.start.unnamed", id=job.id)
        done, total = done_stations(job, view)
        parts = (
            ", ".join(words.of("connection", connection) for connection in job.connections),
            words.plural("gui.progress.stations", total, done=done) if total else "",
            words.plural("gui.later.count", waits) if (waits := len(later.waiting(job))) else "",
            words.show(saved),
            words.text("gui.start.demo") if job.demo else "",
        )
        self._glyph.show_look(Look.PASS if total and done == total else Look.RUNNING)
        self._title.setText(title)
        self._line.setText("  ·  ".join(filter(None, parts)))
        self.go_on.setText(words.text("gui.start.continue"))
        name(self.go_on, f"{self.go_on.text()}: {title}")


class PageBody(Body):
    """The start page."""

    def __init__(self, wizard: Wizard) -> None:
        super().__init__(wizard)
        self._languages = Tiles(3)
        self._languages.chosen.connect(self._speak)
        self._new, self._open, self._verify = Button(primary=True), Button(), Button()
        self._new.clicked.connect(wizard.files.new)
        self._open.clicked.connect(self._ask_for_job)
        self._verify.clicked.connect(self._ask_for_certificate)
        self._heading = heading()
        self._recent: list[tuple[Path, Job, datetime]] = []
        self._cards: list[JobCard] = []
        self._jobs = QVBoxLayout()
        self._jobs.setSpacing(theme.GAP)
        self._lay_out()

    def show_state(self, state: PageState, view: View) -> None:
        words = view.words
        self._languages.show_options([Option(code, NAMES[code]) for code in LANGUAGES], words.language)
        self._new.setText(words.text("gui.start.new"))
        self._open.setText(words.text("gui.start.open"))
        self._verify.setText(words.text("gui.start.verify"))
        self._show_jobs(view)

    def main(self) -> QWidget:
        return self._cards[0].go_on if self._cards and not self._cards[0].isHidden() else self._new

    def enter(self) -> None:
        self._recent = list(self.wizard.files.recent())
        self.wizard.refresh_now()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GAP + 2)
        for button in (self._new, self._open, self._verify):
            buttons.addWidget(button)
        buttons.addStretch()
        self.column.addSpacing(4)
        self.column.addWidget(self._languages)
        self.column.addSpacing(theme.GAP)
        self.column.addLayout(buttons)
        self.column.addSpacing(theme.GAP)
        self.column.addWidget(self._heading)
        self.column.addLayout(self._jobs)
        self.column.addStretch()

    def _show_jobs(self, view: View) -> None:
        self._heading.show_text(view.words.text("gui.start.recent") if self._recent else "")
        while len(self._cards) < len(self._recent):
            card, at = JobCard(), len(self._cards)
            card.go_on.clicked.connect(lambda _=False, at=at: self.wizard.files.open(self._recent[at][0]))
            self._cards.append(card)
            self._jobs.addWidget(card)
        for card, known in zip(self._cards, [*self._recent, *[None] * len(self._cards)], strict=False):
            card.setVisible(known is not None)
            if known is not None:
                _, job, saved = known
                card.show_job(job, saved, view)

    def _speak(self, code: str) -> None:
        from .. import language

        self.wizard.speak(language.use(language.application(), code))

    def _ask_for_job(self) -> None:
        words = self.wizard.words
        chosen = _file(self, words.text("gui.start.open"), words.text("gui.files.jobs"), "*.dkjob", words)
        if chosen:
            self.wizard.files.open(chosen)

    def _ask_for_certificate(self) -> None:
        words = self.wizard.words
        chosen = _file(self, words.text("gui.start.verify"), words.text("gui.files.certificates"), "*.pdf", words)
        if chosen:
            self.wizard.signing.verify(chosen)


def _file(parent: QWidget, title: str, kind: str, pattern: str, words: Catalogue) -> Path | None:
    everything = words.text("gui.files.all")
    chosen, _ = QFileDialog.getOpenFileName(parent, title, "", f"{kind} ({pattern});;{everything} (*)")
    return Path(chosen) if chosen else None
