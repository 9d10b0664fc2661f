"""What was there before a certificate: the one whose place it takes, and whatever lies where it is to be written."""

from __future__ import annotations

from pathlib import Path

from .. import files
from ..domain.job import Job
from ..errors import BadInput
from . import verify
from .content import Replaced
from .reasons import Reason


def revised(job: Job, old: Path) -> tuple[Job, Replaced]:
    """The job as the revision that takes the place of a certificate, and what the certificate is named by.

    One of another job leaves the revision as it is. Raises BadInput where the certificate is not intact.
    """
    report = verify.examine(old)
    if not report.intact or report.content is None:
        raise BadInput("certificate.no-predecessor", file=old.name)
    content = report.content
    revision = job.after(content.revision) if content.job == job.id else job
    return revision, Replaced(content.certificate_id, report.sha256, content.revision)


def place_for(out: Path) -> Path | None:
    """Where the certificate that lies in `out` is kept when another is written there; None where none lies there."""
    if files.missing(out):
        return None
    report = verify.examine(out)
    if not report.intact or report.content is None:
        return None
    return out.with_name(f"{out.stem}-{report.content.certificate_id}{out.suffix}")


def gives_way(out: Path) -> bool:
    """Whether an unsigned draft may be written there: over nothing but another one, or a file without content."""
    try:
        if files.missing(out) or (out.is_file() and out.stat().st_size == 0):
            return True
    except OSError:
        return True  # writing there will tell what is wrong
    return verify.examine(out).reasons == (Reason.UNSIGNED,)
