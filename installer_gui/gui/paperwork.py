"""The papers of a job: certificate, letter, bundle, and verifying other certificates. Runs in the core. Qt-free."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from .. import app, files, i18n
from ..certificate import content, issue, layout, trust, trust_seen, verify
from ..certificate.content import Replaced
from ..certificate.identity import Store, Unlocked
from ..certificate.verify import Report
from ..domain.finding import Responsible
from ..domain.job import Job
from ..session import jobs, powerline_kept
from ..support.bundle import Bundle, Choice, make
from ..support.letter import Letter, compose
from ..support.letter_text import as_text
from ..support.redaction import this_computer
from .paper import Paper

PREVIEW_PPI = 110


def preview(job: Job, before: Paper | None = None, ppi: float = PREVIEW_PPI) -> tuple[bytes, ...]:
    """The pages as PNG, unsigned, of a certificate that takes the place of the one before. Raises BadInput."""
    now = datetime.now().astimezone()
    sheet = issue.Sheet(job, jobs.profile_of(job), job.paper_language, now, replaces=_replaced(before))
    made = issue.compose(sheet, None)
    return layout.pictures(made, content.encode(made), ppi)


def sign(job: Job, store: Store, folder: Path, passphrase: str | None = None, before: Paper | None = None) -> Paper:
    """Issue the certificate into `folder` under its own number, in the place of the one before. Raises BadInput."""
    signer, renewed = _identity(job, store, passphrase)
    out, server, replaced = folder / f".{job.id}.pdf", app.time_server(), _replaced(before)
    profile, language = jobs.profile_of(job), job.paper_language
    made = issue.issue(job, profile, language, signer, out, time_server=server, replaces=replaced)
    final = folder / issue.file_name(made.certificate_id, language)
    made.path.replace(final)
    known = (made.certificate_id, made.results_sha256, made.fingerprint, job.revision, bool(made.draft))
    replaces = (before.certificate_id, before.revision) if before else ("", 0)
    return Paper(str(final), *known, made.authority, made.unanswered, *replaces, renewed)


def check(path: Path, trust_list: Path | None = None, memory: Path | None = None) -> Report:
    """What a verification of any certificate finds, by a list of whom to trust. Raises BadInput for what is no list.

    `memory` remembers the newest edition of a list that was used here.
    """
    if trust_list is None:
        return verify.examine(path)
    trusted = trust.load(trust_list)
    if memory is not None:
        trust_seen.accept(trusted, trust_list.name, memory)
    return verify.examine(path, trusted)


def letter(job: Job, to: Responsible | None = None) -> str:
    """The request to whoever must fix what failed, or to one party. Raises BadInput where nothing is theirs to fix."""
    return as_text(_letter(job, to))


def save_letter(job: Job, path: Path, to: Responsible | None = None) -> None:
    """The same on paper, as PDF. Raises BadInput."""
    from ..support.letter_paper import as_pdf

    files.write(path, as_pdf(_letter(job, to)))


def bundle(job: Job, language: str, choice: Choice) -> Bundle:
    """What support needs, to be read before it is sent. Raises BadInput."""
    log = app.log_file()
    text = files.read(log) if log.is_file() else b""
    looks = powerline_kept.kept(app.data_folder(), job)
    return make(job, jobs.profile_of(job), text, i18n.load(language), this_computer(), choice, looks)


def _replaced(before: Paper | None) -> Replaced | None:
    return Replaced(before.certificate_id, before.results_sha256, before.revision) if before else None


def _letter(job: Job, to: Responsible | None) -> Letter:
    return compose(job, jobs.profile_of(job), job.paper_language, datetime.now().astimezone(), to)


def _identity(job: Job, store: Store, passphrase: str | None) -> tuple[Unlocked, bool]:
    """The installer's identity, and whether it is one of their own in place of one that has ended. Raises BadInput.

    It is made at the first signature, and again when none is left.
    """
    holder, now = issue.holder_of(job), datetime.now().astimezone()
    usual, known = store.of(holder), store.of(holder, now) or store.create(holder, now)
    return store.unlock(known, passphrase), usual is not None and usual.not_after < now
