"""Jobs on disk: saved after every change without holding the window up, listed, and opened again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ..domain.job import Job
from ..errors import BadInput
from ..session import flow, store
from ..session.flow import Page
from .core_thread import Task
from .standing import Digit, Standing, standing

if TYPE_CHECKING:
    from .wizard import Wizard

SAVE_AFTER_MS = 300
LISTED = 20
_DONE = (Digit.PASS, Digit.WARNING, Digit.FAIL, Digit.SKIPPED)


def _is_done(stands: Standing) -> bool:
    """What waits for the internet is left out for now only."""
    return stands.digit in _DONE and not (stands.digit is Digit.SKIPPED and stands.open_points)


class JobFiles(QObject):
    """The files of the wizard's jobs. `saved`: the job in hand is on disk, since `saved_at`."""

    saved = Signal()

    def __init__(self, wizard: Wizard) -> None:
        super().__init__(wizard)
        self._wizard = wizard
        self.saved_at: datetime | None = None
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
        return self.folder / f"{self._wizard.job.id}.dkjob"

    def recent(self) -> Iterator[tuple[Path, Job, datetime]]:
        """The jobs that can be continued, last changed first; files that cannot be read are left out."""
        paths = store.jobs_in(self.folder) if self.folder.is_dir() else iter(())
        for path in list(paths)[:LISTED]:
            try:
                yield path, store.load(path), datetime.fromtimestamp(path.stat().st_mtime).astimezone()
            except (BadInput, OSError):
                continue

    def new(self) -> None:
        """Begin another job; the one in hand stays on disk."""
        self.flush()
        self._take(self._wizard.fresh_job(), None)
        self._wizard.go(Page.SITE)

    def open(self, path: Path) -> None:
        """Go on with a job. A damaged file is left as it is, and the copy from before it is opened in its place."""
        self.flush()
        try:
            job = store.load(path)
        except store.DamagedJob as damaged:
            self._wizard.complain(damaged)
            if damaged.earlier is None:
                return
            job = store.load(damaged.earlier)
        except BadInput as error:
            self._wizard.complain(error)
            return
        self._take(job, datetime.fromtimestamp(path.stat().st_mtime).astimezone())
        self._wizard.go(self._where_to_go_on())

    def save_soon(self) -> None:
        self._dirty = True
        self._timer.start()

    def flush(self) -> None:
        """Have everything on disk before going on."""
        self._timer.stop()
        if not self._dirty:
            return
        self._dirty = False
        try:
            store.save(self._wizard.job, self.path)
        except BadInput as error:
            self._wizard.complain(error)

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
