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
    """A certificate that was issued, as it is remembered beside its job; `revision` is the job's at that time."""

    path: str
    certificate_id: str
    results_sha256: str
    fingerprint: str
    revision: int
    draft: bool


def remember(paper: Paper, beside: Path) -> None:
    """Keep what was issued beside its job. Raises BadInput."""
    files.write(_note(beside), json.dumps(to_plain(paper), ensure_ascii=False, indent=1).encode())


def recall(job: Job, beside: Path) -> Paper | None:
    """The certificate of this revision of a job, if it was issued and its file is still there."""
    try:
        paper = from_plain(Paper, json.loads(_note(beside).read_bytes()))
    except (OSError, ValueError, Mismatch):
        return None
    return paper if paper.revision == job.revision and Path(paper.path).is_file() else None


def _note(beside: Path) -> Path:
    return beside.with_suffix(".paper.json")
