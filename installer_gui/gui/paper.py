"""Which certificate belongs to a job. Light enough for the first window; the work itself is in `paperwork`. Qt-free."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from .. import files
from ..domain.job import Job
from ..domain.plain import Mismatch, from_plain, to_plain


@dataclass(frozen=True, slots=True)
class Paper:
    """A certificate that was issued, as it is remembered beside its job; `revision` is the job's at that time.

    `authority` is the timestamp server that confirms the time, "" for none; `unanswered` that one was asked in vain;
    `replaces` the number of the certificate whose place it takes, "" for none; `renewed` that the signer's identity had
    ended and another had to do.
    """

    path: str
    certificate_id: str
    results_sha256: str
    fingerprint: str
    revision: int
    draft: bool
    authority: str = ""
    unanswered: bool = False
    replaces: str = ""
    replaced_revision: int = 0
    renewed: bool = False

    def is_of(self, job: Job) -> bool:
        """Whether it says what the job says, and its file is still there."""
        return self.revision == job.revision and not files.missing(Path(self.path))


def remember(paper: Paper, beside: Path) -> None:
    """Keep what was issued beside its job. Raises BadInput."""
    files.write(_note(beside), json.dumps(to_plain(paper), ensure_ascii=False, indent=1).encode())


def newest(beside: Path) -> Paper | None:
    """The newest certificate of a job, of whatever revision and wherever its file is now."""
    try:
        return from_plain(Paper, json.loads(_note(beside).read_bytes()))
    except (OSError, ValueError, Mismatch):
        return None


def _note(beside: Path) -> Path:
    return beside.with_suffix(".paper.json")
