"""The evidence of a job's looks at powerline networks, kept on this computer for support; the job file stays small."""

from __future__ import annotations

import json
import re
from pathlib import Path

from .. import files
from ..domain.job import Job
from . import powerline_evidence

MOST_LOOKS = 6
_NUMBER = re.compile(r"[0-9A-Z]{1,12}(-[0-9A-Z]{1,12}){0,5}")


def keep(folder: Path, job: Job, evidence: bytes) -> None:
    """Add a look's evidence (`powerline_evidence.encode`) to the job's latest ones. Raises BadInput."""
    if path := _path(folder, job):
        looks = [*kept(folder, job), json.loads(evidence)][-MOST_LOOKS:]
        files.write(path, json.dumps(looks, ensure_ascii=False).encode("utf-8", "replace"))


def kept(folder: Path, job: Job) -> tuple[dict[str, object], ...]:
    """The job's looks, the latest last; () where there are none, or where they can no longer be read."""
    path = _path(folder, job)
    if path is None or files.missing(path):
        return ()
    try:
        looks = json.loads(files.read(path))
    except (ValueError, RecursionError):
        return ()
    if not isinstance(looks, list):
        return ()
    return tuple(look for look in looks if isinstance(look, dict) and look.get("schema") == powerline_evidence.SCHEMA)


def _path(folder: Path, job: Job) -> Path | None:
    """None for a job whose number is no name for a file."""
    return folder / "powerline" / f"{job.id}.json" if _NUMBER.fullmatch(job.id) else None
