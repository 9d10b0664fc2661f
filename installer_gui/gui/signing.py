"""Signing and verifying from the window: the work is done in the core, this remembers what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal

from ..domain.finding import Responsible
from ..domain.job import Job
from ..errors import BadInput, DriftklarError
from ..i18n import Catalogue
from ..session.flow import Page
from . import paper
from .core_thread import Task
from .looks import Look
from .paper import Paper

if TYPE_CHECKING:
    from .wizard import Wizard

NEEDS_PASSPHRASE = "identity.passphrase-needed"


class Signing(QObject):
    """`drawn` sends the pages of a preview, `verified` a file and its report, `written` a letter's text.

    `locked`: the key is protected by a passphrase; sign again with it. `paper` is the certificate of the job as it is,
    `newest` the last one that was issued, whose place the next one takes.
    """

    drawn = Signal(object)
    verified = Signal(object, object)
    written = Signal(str)
    locked = Signal()

    def __init__(self, wizard: Wizard) -> None:
        super().__init__(wizard)
        self._wizard = wizard
        self.paper: Paper | None = None
        self.newest: Paper | None = None
        self._task: Task | None = None
        self._to: Responsible | None = None

    @property
    def busy(self) -> bool:
        """While signing, going back would pull the job from under the signature."""
        return self._task is not None

    @property
    def folder(self) -> Path:
        """Where certificates are put: among the user's documents, or with the jobs when those were moved."""
        if self._wizard.moved_home:
            return self._wizard.folder / "certificates"
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return Path(documents) / "Driftklar"

    def draw(self) -> None:
        """Draw the pages as they would be signed now."""
        job, before, tools = self._next(), self.newest, self._wizard.tools
        self._wizard.task(lambda tell: tools.preview(job, before), self.drawn.emit)

    def sign(self, passphrase: str | None = None) -> None:
        """Sign the job in hand, as its next revision where it was signed before, and show its certificate."""
        if self._task is not None:
            return
        self._begin_revision()
        self._wizard.files.flush()
        job, before, tools, folder = self._wizard.job, self.newest, self._wizard.tools, self.folder
        self._task = self._wizard.quiet_task(lambda tell: tools.sign(job, folder, passphrase, before))
        self._task.succeeded.connect(self._keep)
        self._task.failed.connect(self._refuse)
        self._task.ended.connect(self._end)
        self._wizard.refresh_now()

    def revise(self) -> None:
        """Begin the next revision of a signed job; what was signed stays as it is."""
        self._begin_revision()
        self._wizard.go(Page.REVIEW)

    def verify(self, path: Path) -> None:
        """Verify a file, by the trust list that was chosen last."""
        tools, wizard = self._wizard.tools, self._wizard
        trusted = Path(wizard.settings.trust_list) if wizard.settings.trust_list else None
        memory = wizard.folder / "trust-seen.json"
        wizard.task(lambda tell: tools.verify(path, trusted, memory), lambda report: self.verified.emit(path, report))

    def trust(self, trust_list: str) -> None:
        """Verify by this list from now on; "" by none."""
        self._wizard.remember(replace(self._wizard.settings, trust_list=trust_list))

    def write_letter(self) -> None:
        """Write the request to whoever must fix what failed."""
        self.write_letter_to(None)

    def write_letter_to(self, to: Responsible | None) -> None:
        """Write the request to one party alone."""
        job, tools, self._to = self._wizard.job, self._wizard.tools, to
        self._wizard.task(lambda tell: tools.letter(job, to), self.written.emit)

    def save_letter(self, path: Path) -> None:
        """Put the same on paper."""
        job, tools, words, to = self._wizard.job, self._wizard.tools, self._wizard.words, self._to
        saved = words.text("gui.letter.saved", file=str(path))
        self._wizard.task(lambda tell: tools.save_letter(job, path, to), lambda _: self._wizard.tell(Look.PASS, saved))

    def recall(self) -> None:
        """Whether the job in hand has been signed, as it is or before."""
        self.newest = paper.newest(self._wizard.files.path)
        self.paper = self.newest if self.newest and self.newest.is_of(self._wizard.job) else None

    def _next(self) -> Job:
        """The job as it would be signed now."""
        job, before = self._wizard.job, self.newest
        return job.after(before.revision) if before else job

    def _begin_revision(self) -> None:
        job, self.paper = self._next(), None
        self._wizard.edit(job)

    def _keep(self, made: Paper) -> None:
        self.paper = self.newest = made
        if told := ". ".join(_remarks(made, self._wizard.words)):
            self._wizard.tell(Look.WARN, told)
        try:
            paper.remember(made, self._wizard.files.path)
        except BadInput as error:
            self._wizard.complain(error)
        self._task = None
        self._wizard.go(Page.CERTIFICATE)

    def _refuse(self, error: DriftklarError) -> None:
        if isinstance(error, BadInput) and error.code == NEEDS_PASSPHRASE:
            self.locked.emit()
        else:
            self._wizard.complain(error)

    def _end(self) -> None:
        self._task = None
        self._wizard.refresh_now()


def _remarks(made: Paper, words: Catalogue) -> Iterator[str]:
    """What went another way than expected, though the certificate is signed."""
    if made.unanswered:
        yield words.text("certificate.no-timestamp")
    if made.renewed:
        yield words.text("gui.certificate.renewed")
