"""Jobs on disk: versioned JSON, written atomically, with one earlier copy beside each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .. import files
from ..domain.job import Job
from ..domain.plain import Mismatch, from_plain, to_plain
from ..errors import BadInput, NotOurs

SCHEMA, VERSION = "driftklar.job", 1
_NUMBER = re.compile(r"[0-9A-Za-z-]{1,40}")  # names the file in the wizard's folder, so it may lead nowhere else


class DamagedJob(BadInput):
    """A job file that cannot be read. It is left as it is; `earlier` is the copy from before, if that can be."""

    def __init__(self, path: Path, key: str, earlier: Path | None) -> None:
        values = {"file": path.name, "key": key}
        if earlier is None:
            super().__init__("input.job-damaged", **values)
        else:
            saved = datetime.fromtimestamp(earlier.stat().st_mtime, UTC).astimezone()
            super().__init__("input.job-damaged-with-copy", copy=earlier.name, time=f"{saved:%Y-%m-%d %H:%M}", **values)
        self.earlier = earlier


def save(job: Job, path: Path) -> None:
    """Write a job; the file that was there before becomes the earlier copy. Raises BadInput.

    A damaged file is put aside instead: it must not take the place of a copy that can be opened.
    """
    keep = earlier_copy(path) if _readable(path) else _beside(path, "damaged")
    files.write(path, encode(job), keep=keep)


def load(path: Path) -> Job:
    """Read a job. Raises DamagedJob, NotOurs (another kind of file, or from a newer version) or BadInput."""
    raw = files.read(path)
    try:
        return decode(raw, path.name)
    except _DamageError as damage:
        raise DamagedJob(path, damage.key, _readable(earlier_copy(path))) from None


def encode(job: Job) -> bytes:
    document = {"schema": f"{SCHEMA}/{VERSION}", "job": to_plain(job)}
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1).encode("utf-8", "replace")


def decode(raw: bytes, name: str) -> Job:
    document = _document(raw)
    match = re.fullmatch(rf"{re.escape(SCHEMA)}/([1-9][0-9]{{0,5}})", str(document.get("schema", "")))
    if match is None:
        raise NotOurs("input.not-a-job", file=name)
    if int(match[1]) > VERSION:
        raise NotOurs("input.newer-job", file=name, version=match[1])
    for key in document.keys() - {"schema", "job"}:
        raise _DamageError(key)
    try:
        job = from_plain(Job, document.get("job"), "job")
    except Mismatch as mismatch:
        raise _DamageError(mismatch.key) from None
    if not _NUMBER.fullmatch(job.id):
        raise _DamageError("job.id")
    return job


def earlier_copy(path: Path) -> Path:
    return _beside(path, "previous")


def jobs_in(folder: Path) -> Iterator[Path]:
    """The job files of a folder, last changed first, without the earlier copies."""
    found = [p for p in folder.glob("*.dkjob") if not p.stem.endswith((".previous", ".damaged"))]
    yield from sorted(found, key=lambda p: p.stat().st_mtime, reverse=True)


def _beside(path: Path, word: str) -> Path:
    return path.with_name(f"{path.stem}.{word}{path.suffix}")


class _DamageError(Exception):
    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _document(raw: bytes) -> dict[str, Any]:
    try:
        document = json.loads(raw)
    except json.JSONDecodeError as error:
        raise _DamageError(f"{error.lineno}:{error.colno}") from None
    except (ValueError, RecursionError):
        raise _DamageError("JSON") from None
    if not isinstance(document, dict):
        raise _DamageError("JSON")
    return document


def _readable(path: Path) -> Path | None:
    """The file, if it can really be opened as a job."""
    try:
        decode(path.read_bytes(), path.name)
    except (OSError, BadInput, _DamageError):
        return None
    return path
