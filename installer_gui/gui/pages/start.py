"""A0: which language, and which job: a new one, one to go on with, or a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QWidget

from ... import i18n
from ...i18n import LANGUAGES, Catalogue
from ...session import job_list
from ...session.holding import is_held
from ...session.job_list import Listed
from .. import theme
from ..language import NAMES
from ..state import PageState
from ..view import View
from ..widgets.button import Button
from ..widgets.fields import Field
from ..widgets.flow import Flow
from ..widgets.keyed_list import KeyedList
from ..widgets.tiles import Option, Tiles
from ..wizard import Wizard
from .base import Body, heading
from .job_card import JobCard

LISTED, SEARCHED = 60, 4  # more than LISTED are found by searching; so few are seen at once


@dataclass(frozen=True, slots=True)
class _Item:
    """A job and whether another window has it."""

    job: Listed
    held: bool
    language: str


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
        self._heading, self._search, self._aside = heading(), Field(), Button(low=True)
        self._found: tuple[Listed, ...] = ()
        self._held: frozenset[Path] = frozenset()
        self._sought, self._archived = "", False
        self._list: KeyedList[Path, _Item, JobCard] = KeyedList(self._make, _show)
        wizard.files.found.connect(self._take_jobs)
        self._search.edited.connect(self._seek)
        self._aside.setCheckable(True)
        self._aside.toggled.connect(self._show_archived)
        self._lay_out()

    def show_state(self, state: PageState, view: View) -> None:
        words = view.words
        self._languages.show_options([Option(code, NAMES[code]) for code in LANGUAGES], words.language)
        self._new.setText(words.text("gui.start.new"))
        self._open.setText(words.text("gui.start.open"))
        self._verify.setText(words.text("gui.start.verify"))
        self._show_jobs(view)

    def main(self) -> QWidget:
        first = self._list.first()
        return first.go_on if first is not None and not self._sought else self._new

    def enter(self) -> None:
        self.wizard.files.look()

    def _lay_out(self) -> None:
        buttons, line = Flow(), QHBoxLayout()
        for button in (self._new, self._open, self._verify):
            buttons.addWidget(button)
        self._search.setMaximumWidth(420)
        line.addWidget(self._heading, 1)
        line.addWidget(self._aside)
        self.column.addSpacing(4)
        self.column.addWidget(self._languages)
        self.column.addSpacing(theme.GAP)
        self.column.addLayout(buttons)
        self.column.addSpacing(theme.GAP)
        self.column.addLayout(line)
        self.column.addWidget(self._search)
        self.column.addWidget(self._list)
        self.column.addStretch(1)

    def _take_jobs(self, found: tuple[Listed, ...]) -> None:
        own = self.wizard.files.path
        self._found, self._held = found, frozenset(j.path for j in found if j.path != own and is_held(j.path))
        fresh = QApplication.focusWidget() is self._new
        self.wizard.refresh_now()
        if fresh and self.isVisible():
            self.main().setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_jobs(self, view: View) -> None:
        words = view.words
        aside = sum(job.archived for job in self._found)
        shown = [job for job in self._found if job.archived is self._archived and job_list.finds(job, self._sought)]
        here = len(self._found) - aside
        self._heading.show_text(words.text("gui.start.recent") if self._found else "")
        self._search.setVisible(here > SEARCHED or bool(self._sought) or self._archived)
        self._search.show_field(words.text("gui.jobs.search"), self._sought)
        self._aside.setText(words.plural("gui.jobs.aside", aside))
        self._aside.setVisible(bool(aside) or self._archived)
        items = [_Item(job, job.path in self._held, words.language) for job in shown[:LISTED]]
        self._list.show_items([(item.job.path, item) for item in items], words)

    def _make(self, path: Path) -> JobCard:
        card = JobCard()
        card.opened.connect(lambda: self._open_job(path))
        card.acted.connect(lambda key: self._act(path, key))
        return card

    def _open_job(self, path: Path) -> None:
        if self._archived:
            self.wizard.files.restore(path)
        else:
            self.wizard.files.open(path)

    def _act(self, path: Path, key: str) -> None:
        files, words = self.wizard.files, self.wizard.words
        match key:
            case "duplicate":
                files.duplicate(path)
            case "archive":
                files.archive(path)
            case _:
                kind = f"{words.text('gui.files.jobs')} (*.dkjob)"
                chosen, _ = QFileDialog.getSaveFileName(self, words.text("gui.jobs.export"), path.name, kind)
                if chosen:
                    files.export(path, Path(chosen))

    def _seek(self, text: str) -> None:
        self._sought = text
        self.wizard.refresh_now()

    def _show_archived(self, archived: bool) -> None:
        self._archived = archived
        self.wizard.refresh_now()

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


def _show(card: JobCard, item: _Item) -> None:
    card.show_job(item.job, i18n.load(item.language), held=item.held)
