"""Jobs on disk: saved after every change without holding the window up, listed, and opened again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from .. import files, profiles
from ..domain.job import Job, Site
from ..errors import BadInput
from ..session import flow, holding, job_list, jobs, store
from ..session.flow import Page
from .core_thread import Task
from .looks import Look
from .standing import Digit, Standing, standing

if TYPE_CHECKING:
    from .wizard import Wizard

SAVE_AFTER_MS = 30  # a killed program loses no more than this
_DONE = (Digit.PASS, Digit.WARNING, Digit.FAIL, Digit.SKIPPED)


class JobFiles(QObject):
    """The files of the wizard's jobs. `saved`: the job in hand is on disk, since `saved_at`; `found`: all jobs."""

    saved = Signal()
    found = Signal(object)

    def __init__(self, wizard: Wizard) -> None:
        super().__init__(wizard)
        self._wizard = wizard
        self.saved_at: datetime | None = None
        self._hold = holding.Hold()
        self._dirty = False
        self._saving: Task | None = None
        self._timer = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._timer.timeout.connect(self._save)

    @property
    def folder(self) -> Path:
        return self._wizard.folder / "jobs"

    @property
    def path(self) -> Path:
        """Where the job in hand lies."""
        return self._home(self._wizard.job)

    def look(self) -> None:
        """Look for all jobs; `found` tells them."""
        folder, tools = self.folder, self._wizard.tools
        self._wizard.quiet_task(lambda tell: tools.jobs(folder)).succeeded.connect(self.found)

    def new(self) -> None:
        """Begin another job; the one in hand stays on disk."""
        self.flush()
        self._hold.let_go()
        self._take(self._wizard.fresh_job(), None)
        self._wizard.go(Page.SITE)

    def open(self, path: Path) -> None:
        """Go on with a job. A damaged file is left as it is, and the copy from before it is opened in its place.

        A file from somewhere else is taken into the folder of jobs; it replaces none that is there.
        """
        self.flush()
        before, ours = self._hold.path, path.parent.resolve() == self.folder.resolve()
        if ours and not self._is_ours(self.folder / path.name):  # before it is read, so that nothing is missed
            return
        job = self._read_any(path)
        if job is None or not self._begin(job if ours else self._own(job), _saved_at(path)):
            self._hold_again(before)

    def duplicate(self, path: Path) -> None:
        """Begin a new job at the same site."""
        if (job := self._read(path)) is not None:
            self.flush()
            self._begin(job_list.duplicate(job, datetime.now().astimezone()), None)
            self.save_soon()

    def export(self, path: Path, to: Path) -> None:
        """Put a job into a file of its own, to be taken elsewhere."""
        self.flush()
        job = self._read(path)
        if job is not None and self._try(partial(store.save, job, to)):
            self._wizard.tell(Look.PASS, self._wizard.words.text("gui.jobs.exported", file=str(to)))

    def archive(self, path: Path) -> None:
        """Put a job aside; the one in hand is closed first."""
        words = self._wizard.words
        if path == self.path:
            self.flush()
            self._hold.let_go()
            self._take(self._wizard.fresh_job(), None)
        elif holding.is_held(path):
            self._wizard.tell(Look.WARN, words.text("gui.jobs.held"))
            return
        if not self._try(lambda: job_list.archive(path)):
            return
        aside = path.parent / job_list.ARCHIVE / path.name
        self._wizard.tell(
            Look.INFO, words.text("gui.jobs.archived"), words.text("gui.undo"), lambda: self.restore(aside)
        )
        self.look()

    def restore(self, path: Path) -> None:
        """Take a job out of the archive."""
        self._try(lambda: job_list.restore(path))
        self.look()

    def save_soon(self) -> None:
        """Keep the job in hand, once something is in it: a choice of language alone makes no file."""
        if _is_blank(self._wizard.job) and files.missing(self.path):
            return
        self._dirty = True
        with suppress(OSError):  # saving tells it
            self.folder.mkdir(parents=True, exist_ok=True)
        self._hold.take(self.path)
        self._timer.start()

    def flush(self) -> None:
        """Have everything on disk before going on."""
        self._timer.stop()
        if not self._dirty:
            return
        self._dirty = False
        self._try(lambda: store.save(self._wizard.job, self.path))

    def close(self) -> None:
        """Have everything on disk, and let other windows have the job."""
        self.flush()
        self._hold.let_go()

    def _home(self, job: Job) -> Path:
        return self.folder / f"{job.id}.dkjob"

    def _own(self, job: Job) -> Job:
        """A job from elsewhere under a number that is free here, unless it is the same as the one that is here."""
        here = self._home(job)
        if files.missing(here) or self._read(here) == job:
            return job
        self._wizard.tell(Look.INFO, self._wizard.words.text("gui.jobs.copied", id=job.id))
        return replace(job, id=jobs.number())

    def _begin(self, job: Job, saved_at: datetime | None) -> bool:
        """Take a job in hand; False where somebody else has it or its requirements are not known."""
        if not (self._try(lambda: profiles.load(job.profile)) and self._is_ours(self._home(job))):
            return False
        self._take(job, saved_at)
        self._wizard.go(self._where_to_go_on())
        return True

    def _is_ours(self, path: Path) -> bool:
        """Hold a job in place of the one before; that somebody else has it is told."""
        if self._hold.take(path):
            return True
        self._wizard.tell(Look.WARN, self._wizard.words.text("gui.jobs.held"))
        return False

    def _hold_again(self, before: Path | None) -> None:
        """The job in hand stays the one before."""
        if self._hold.path != before:
            self._hold.let_go()
            if before is not None:
                self._hold.take(before)

    def _read_any(self, path: Path) -> Job | None:
        """The job, or the copy from before of one that is damaged, which is told."""
        try:
            return store.load(path)
        except store.DamagedJob as damaged:
            self._wizard.complain(damaged)
            return store.load(damaged.earlier) if damaged.earlier else None
        except BadInput as error:
            self._wizard.complain(error)
            return None

    def _read(self, path: Path) -> Job | None:
        try:
            return store.load(path)
        except BadInput as error:
            self._wizard.complain(error)
            return None

    def _try(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except BadInput as error:
            self._wizard.complain(error)
            return False
        return True

    def _take(self, job: Job, saved_at: datetime | None) -> None:
        self.saved_at = saved_at
        self._wizard.take(job)
        self.saved.emit()

    def _where_to_go_on(self) -> Page:
        """The first page that something is left to do on."""
        pages = flow.path(self._wizard.job)[1:]
        view = self._wizard.view()
        return next((page for page in pages if not _is_done(standing(page, view))), pages[-1])

    def _save(self) -> None:
        """Write in the core's thread, one file at a time, so that an older state never comes after a newer one."""
        if self._saving is not None:
            self._timer.start()
            return
        self._dirty = False
        job, path, tools = self._wizard.job, self.path, self._wizard.tools
        self._saving = self._wizard.task(lambda tell: tools.save(job, path), self._note_saved)
        self._saving.ended.connect(self._end_save)

    def _note_saved(self, _: object) -> None:
        self.saved_at = datetime.now().astimezone()
        self.saved.emit()

    def _end_save(self) -> None:
        self._saving = None


def _saved_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime).astimezone()


def _is_done(stands: Standing) -> bool:
    """What waits for the internet is left out for now only."""
    return stands.digit in _DONE and not (stands.digit is Digit.SKIPPED and stands.open_points)


def _is_blank(job: Job) -> bool:
    return job.site == Site() and not (job.stations or job.connection or job.records or job.notes or job.order_no)
