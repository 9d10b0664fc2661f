"""The certificate of a job: drawing it to be looked at, signing it, verifying others. Runs in the core. Qt-free."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from .. import app
from ..certificate import content, issue, layout, verify
from ..certificate.identity import Store, Unlocked
from ..certificate.verify import Report
from ..domain.job import Job
from ..session import jobs
from ..support.letter import compose
from ..support.letter_text import as_text
from .paper import Paper

PREVIEW_PPI = 110


def preview(job: Job, ppi: float = PREVIEW_PPI) -> tuple[bytes, ...]:
    """The pages as PNG, unsigned. Raises BadInput."""
    made = issue.compose(job, jobs.profile_of(job), job.paper_language, None, datetime.now().astimezone())
    return layout.pictures(made, content.encode(made), ppi)


def sign(job: Job, store: Store, folder: Path, passphrase: str | None = None) -> Paper:
    """Issue the certificate into `folder` under its own number. Raises BadInput."""
    signer = _identity(job, store, passphrase)
    out, server = folder / f".{job.id}.pdf", app.time_server()
    made = issue.issue(job, jobs.profile_of(job), job.paper_language, signer, out, time_server=server)
    final = folder / issue.file_name(made.certificate_id, job.paper_language)
    made.path.replace(final)
    return Paper(str(final), made.certificate_id, made.results_sha256, made.fingerprint, job.revision, bool(made.draft))


def check(path: Path) -> Report:
    """What a verification of any certificate finds. Never raises."""
    return verify.examine(path)


def letter(job: Job) -> str:
    """The request to whoever must fix what failed. Raises BadInput where nothing did that others must fix."""
    made = compose(job, jobs.profile_of(job), job.paper_language, datetime.now().astimezone())
    return as_text(made)


def _identity(job: Job, store: Store, passphrase: str | None) -> Unlocked:
    """The installer's own identity, made at the first signature and again when it has ended. Raises BadInput."""
    holder, now = issue.holder_of(job), datetime.now().astimezone()
    known = store.of(holder)
    if known is None or now > known.not_after:
        known = store.create(holder, now)
    return store.unlock(known, passphrase)
