"""Keeps answers until a check's questions have all been answered; then they become a record."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ..checks import confirmation
from ..checks.confirmation import Answer
from ..domain.record import latest
from ..errors import BadInput
from ..session import confirm
from ..session.flow import Page
from . import answers
from .looks import Look
from .view import Key

if TYPE_CHECKING:
    from .wizard import Wizard


class Asking(QObject):
    """Answers in the name of the job's installer."""

    def __init__(self, wizard: Wizard) -> None:
        super().__init__(wizard)
        self._wizard = wizard
        self.drafts: dict[Key, dict[str, Answer]] = {}

    def answer(self, key: Key, question: str, answer: Answer) -> None:
        """Take an answer; the last open one of a check makes its record."""
        if not self.has_name():
            return
        asked, job = confirmation.BY_ID[key[0]], self._wizard.job
        known = {**answers.answered(asked, latest(job.records).get(key)), **self.drafts.get(key, {}), question: answer}
        if {q.id for q in asked.questions} - known.keys():
            self.drafts[key] = known
            self._wizard.refresh_now()
            return
        self.drafts.pop(key, None)
        self._confirm([(key, known)])

    def answer_all(self, check: str, question: str, answer: Answer) -> None:
        """Give the same answer for every station that has none and was not measured."""
        if not self.has_name():
            return
        newest = latest(self._wizard.job.records)
        asked = confirmation.BY_ID[check]
        keys = [(check, subject) for subject in answers.subjects(asked, self._wizard.job)]
        open_ones = [
            key
            for key in keys
            if not answers.answered(asked, newest.get(key)) and not answers.measured(newest.get(key))
        ]
        done = self._wizard.words.plural("gui.questions.answered", len(open_ones))
        self._confirm([(key, {question: answer}) for key in open_ones], done)

    def forget(self) -> None:
        self.drafts.clear()

    def has_name(self) -> bool:
        """An answer without a name is worth nothing; the page that asks for the name is one press away."""
        if self._wizard.job.installer.person.strip():
            return True
        words = self._wizard.words
        go = words.text("gui.questions.give-name")
        self._wizard.tell(Look.WARN, words.text("gui.questions.no-name"), go, lambda: self._wizard.go(Page.SITE))
        return False

    def _confirm(self, given: list[tuple[Key, dict[str, Answer]]], undo: str = "") -> None:
        job, now = self._wizard.job, datetime.now().astimezone()
        try:
            for (check, subject), known in given:
                job = confirm.confirm(job, check, subject, known, job.installer.person, now)
        except BadInput as error:
            self._wizard.complain(error)
            return
        self._wizard.edit(job, undo)
