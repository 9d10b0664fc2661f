"""The wizard's one mutable thing: the job in hand, the page, and the words. Pages ask it and are told by it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from .. import i18n, profiles
from ..domain.job import Job
from ..domain.profile import Profile
from ..domain.record import Record
from ..errors import BadInput, DriftklarError
from ..i18n import Catalogue
from ..ports.unavailable import Unavailable
from ..session import flow, jobs, plan
from ..session.flow import Page
from . import language, settings
from .asking import Asking
from .core_thread import CoreThread, Task, Work
from .instrument import Instrument
from .job_files import JobFiles
from .looks import Look
from .measuring import Measuring
from .powerline import PowerlineWork
from .settings import Settings
from .signing import Signing
from .survey import SurveyWork
from .view import View

REFRESH_AFTER_MS = 30


class Wizard(QObject):
    """What is shown, and every way to change it.

    `changed`: something that a page shows is different. `moved`: another page. `told`: something to say above the
    page (look, text, words of an action, the action); `overtaken`: what was offered to be taken back no longer can.
    """

    changed = Signal()
    moved = Signal()
    told = Signal(object, str, str, object)
    overtaken = Signal()

    def __init__(self, profile: Profile, tools: Instrument, core: CoreThread, folder: Path, demo: str = "") -> None:
        super().__init__()
        self.usual = self.profile = profile
        self.tools, self.demo = tools, demo
        self.rules = plan.rules(profile)
        self.folder, self.moved_home = folder, "DRIFTKLAR_HOME" in os.environ
        self.settings = settings.load(folder / "settings.json")
        self.words: Catalogue = i18n.load(self.settings.language or language.system_language())
        self.page = Page.START
        self._core = core
        self._view: View | None = None
        self._is_old = False
        self._later = QTimer(self, singleShot=True, interval=REFRESH_AFTER_MS)
        self._later.timeout.connect(self.changed)
        self.job = self.fresh_job()
        self.files = JobFiles(self)
        self.measuring = Measuring(self)
        self.survey = SurveyWork(self)
        self.powerline = PowerlineWork(self)
        self.asking = Asking(self)
        self.signing = Signing(self)

    def view(self) -> View:
        """Everything that pages are drawn from, as it is now."""
        if self._view is None or self._is_old or self._view.live is not self.survey.live:
            made = View(
                self.job,
                self.profile,
                self.rules,
                self.words,
                dict(self.measuring.running),
                self.measuring.tool,
                self.survey.live,
                self.powerline.mains,
                self.signing.paper,
                self.demo or self.job.demo,
                self.signing.newest,
            )
            self._view, self._is_old = made.after(self._view), False
        return self._view

    def refresh(self) -> None:
        """Draw again soon; many changes at once are drawn once."""
        self._is_old = True
        self._later.start()

    def refresh_now(self) -> None:
        self._is_old = True
        self._later.stop()
        self.changed.emit()

    def speak(self, words: Catalogue) -> None:
        """Go on in another language; a job that nothing was signed of gets its paper in it too."""
        self.words = words
        self.remember(replace(self.settings, language=words.language))
        before = self.job
        if self.signing.paper is None:
            self.edit(replace(self.job, paper_language=words.language))
        if self.job is before:
            self.refresh_now()

    def tell(self, look: Look, text: str, action: str = "", answer: Callable[[], object] | None = None) -> None:
        """Say something above the page, with an action if there is something to do about it."""
        self.told.emit(look, text, action, answer)

    def complain(self, error: DriftklarError) -> None:
        """Say what is wrong with what the user gave us, or why it was not possible to look."""
        match error:
            case BadInput():
                self.tell(Look.FAIL, sentence(self.words.of("error", error.code, **error.values), error))
            case Unavailable():
                self.tell(Look.FAIL, self.words.of("reason", error.reason.value))

    def tell_bug(self, error_id: str) -> None:
        """Say that something broke, and the number under which the log has it."""
        text = self.words.text("error.internal", id=error_id)
        self.tell(Look.FAIL, text[:1].upper() + text[1:])

    def go(self, page: Page) -> None:
        """Show a page; while signing the page stays."""
        if page is not self.page and not self.signing.busy:
            self.page, self._is_old = page, True
            self._later.stop()
            self.moved.emit()

    def next(self) -> None:
        self.go(flow.following(self.page, self.job))

    def back(self) -> None:
        self.go(flow.preceding(self.page, self.job))

    def edit(self, job: Job, undo: str = "") -> None:
        """Put a changed job in place of the old one and save it; `undo` offers to take it back, in these words.

        Only the newest change can be taken back: what came after it would be lost.
        """
        if job == self.job:
            return
        before, self.job = self.job, self._revised(job)
        self.overtaken.emit()
        self.files.save_soon()
        self.refresh_now()
        if undo:
            self.tell(Look.INFO, undo, self.words.text("gui.undo"), lambda: self.edit(before))

    def add(self, record: Record) -> None:
        """Add what was measured."""
        self.job = self._revised(self.job.with_records(record))
        self.overtaken.emit()
        self.files.save_soon()
        self.refresh()

    def take(self, job: Job) -> None:
        """Take up another job in place of the one in hand."""
        self.measuring.forget()
        self.survey.forget()
        self.powerline.forget()
        self.asking.forget()
        self.overtaken.emit()
        self.job = job
        self._work_by(job.profile)
        self.signing.recall()
        self.refresh()

    def fresh_job(self) -> Job:
        """An empty job of the installer who used this computer last."""
        made = jobs.new(self.usual, self.demo)
        return replace(made, installer=self.settings.installer, paper_language=self.words.language)

    def task(
        self, work: Work, done: Callable[..., object] | None = None, told: Callable[..., object] | None = None
    ) -> Task:
        """Run a coroutine of the core; what goes wrong with it is told above the page."""
        task = self.quiet_task(work, told)
        if done is not None:
            task.succeeded.connect(done)
        task.failed.connect(self.complain)
        return task

    def quiet_task(self, work: Work, told: Callable[..., object] | None = None) -> Task:
        """Run a coroutine of the core whose failure somebody else answers; only bugs are told."""
        task = Task(self._core, work, self)
        if told is not None:
            task.told.connect(told)
        task.broke.connect(self.tell_bug)
        task.start()
        return task

    def remember(self, changed: Settings) -> None:
        """Keep a choice for the next start."""
        if changed != self.settings:
            self.settings = changed
            settings.save(changed, self.folder / "settings.json")

    def _work_by(self, profile_id: str) -> None:
        """Judge by the requirements that a job was begun with; they may be others than a new job's."""
        if profile_id != self.profile.id:
            self.profile = self.usual if profile_id == self.usual.id else profiles.load(profile_id)
            self.rules = plan.rules(self.profile)

    def _revised(self, job: Job) -> Job:
        """What was signed stays as it is: a change after it begins the next revision of the job."""
        signed, self.signing.paper = self.signing.paper, None
        if signed is None:
            return job
        revised = job.after(signed.revision)
        self.tell(Look.INFO, self.words.text("gui.revised", revision=str(revised.revision)))
        return revised


def sentence(text: str, error: BadInput) -> str:
    """The catalogue's line as a sentence of its own; a file's name in front keeps its letters."""
    named = any(text.startswith(str(value)) for value in error.values.values())
    return text if named else text[:1].upper() + text[1:]
