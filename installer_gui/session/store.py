"""Jobs on disk: versioned JSON, written atomically, with one earlier copy beside each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .. import files
from ..domain.job import Job
from ..domain.plain import Mismatch, from_plain, to_plain
from ..errors import BadInput, NotOurs

SCHEMA, VERSION = "driftklar.job", 1


class DamagedJob(BadInput):
    """A job file that cannot be read. It is left as it is; `earlier` is the copy from before, if that can be."""

    def __init__(self, path: Path, key: str, earlier: Path | None) -> None:
        values = {"file": path.name, "key": key}
        if earlier is None:
            super().__init__("input.job-damaged", **values)
        else:
            saved = datetime.fromtimestamp(earlier.stat().st_mtime, UTC).astimezone()
            super().__init__("input.job-damaged-with-copy", copy=earlier.name, time=f"{saved:%H:%M}", **values)
        self.earlier = earlier


def save(job: Job, path: Path) -> None:
    """Write a job; the file that was there before becomes the earlier copy. Raises BadInput."""
    files.write(path, encode(job), keep=earlier_copy(path))


def load(path: Path) -> Job:
    """Read a job. Raises DamagedJob, NotOurs (another kind of file, or from a newer version) or BadInput."""
    raw = files.read(path)
    try:
        return decode(raw, path.name)
    except _DamageError as damage:
        raise DamagedJob(path, damage.key, _readable(earlier_copy(path))) from None


def encode(job: Job) -> bytes:
    document = {"schema": f"{SCHEMA}/{VERSION}", "job": to_plain(job)}
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def decode(raw: bytes, name: str) -> Job:
    document = _document(raw)
    kind, _, version = str(document.get("schema", "")).rpartition("/")
    if kind != SCHEMA or not version.isdigit():
        raise NotOurs("input.not-a-job", file=name)
    if int(version) > VERSION:
        raise NotOurs("input.newer-job", file=name, version=version)
    try:
        return from_plain(Job, document.get("job"))
    except Mismatch as mismatch:
        raise _DamageError(mismatch.key) from None


def earlier_copy(path: Path) -> Path:
    return path.with_name(f"{path.stem}.previous{path.suffix}")


def jobs_in(folder: Path) -> Iterator[Path]:
    """The job files of a folder, last changed first, without the earlier copies."""
    found = [p for p in folder.glob("*.dkjob") if not p.stem.endswith(".previous")]
    yield from sorted(found, key=lambda p: p.stat().st_mtime, reverse=True)


class _DamageError(Exception):
    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _document(raw: bytes) -> dict[str, Any]:
    try:
        document = json.loads(raw)
    except (ValueError, RecursionError):
        raise _DamageError("") from None
    if not isinstance(document, dict):
        raise _DamageError("")
    return document


def _readable(path: Path) -> Path | None:
    """The earlier copy, if it can really be opened."""
    try:
        decode(path.read_bytes(), path.name)
    except (OSError, BadInput, _DamageError):
        return None
    return path
