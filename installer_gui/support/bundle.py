"""What support needs of a job, in one file that can be read before it is sent.

Everything in it is made from the redacted job, so nothing can slip past on another way; only the log is a text of its
own, and is redacted as one. The same job, log and choices give the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .. import __version__
from ..domain.job import Job
from ..domain.profile import Profile
from ..i18n import Catalogue
from ..session import store
from . import bundle_files, powerline_frames
from .job_content import content_of
from .redacted_job import names_in, redacted
from .redaction import PLACEHOLDER, Keep, Known, Redactor

SCHEMA = "driftklar.bundle/1"
MANIFEST = "manifest.json"
LONGEST_LOG = 256 * 1024
_NO_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file can say


class Section(StrEnum):
    """What the sender may leave out. `versions` always goes along: it is what support asks first."""

    VERSIONS = "versions"
    JUDGEMENT = "judgement"
    JOB = "job"
    EVIDENCE = "evidence"
    LOG = "log"


@dataclass(frozen=True, slots=True)
class File:
    """One file of the bundle, as it will be sent."""

    name: str
    section: Section
    data: bytes


@dataclass(frozen=True, slots=True)
class Bundle:
    """What would be sent; nothing has left yet."""

    job: str
    demo: bool
    files: tuple[File, ...]
    left_out: tuple[Section, ...]

    @property
    def redactions(self) -> dict[str, Counter[str]]:
        """How often each word that stands for something taken out is found, by file."""
        found: dict[str, Counter[str]] = {}
        for file in self.files:
            for match in PLACEHOLDER.finditer(file.data.decode("utf-8", "replace")):
                found.setdefault(match[0], Counter())[file.name] += 1
        return found

    def manifest(self) -> dict[str, Any]:
        """What is in the bundle, and every redaction (resources/schemas/bundle.json)."""
        return {
            "schema": SCHEMA,
            "tool": {"name": "driftklar", "version": __version__},
            "job": self.job,
            "demo": self.demo,
            "left_out": [section.value for section in self.left_out],
            "files": [_listed(file) for file in self.files],
            "redactions": [
                {"word": word, "kind": _parts(word)[0], "files": dict(counts)}
                for word, counts in sorted(self.redactions.items(), key=lambda item: _parts(item[0]))
            ],
        }

    def zipped(self) -> bytes:
        """The file that is sent, with the manifest at its end."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in self.files:
                _put(archive, file.name, file.data)
            _put(archive, MANIFEST, as_json(self.manifest()))
        return target.getvalue()


@dataclass(frozen=True, slots=True)
class Choice:
    """What the sender decided."""

    sections: Collection[Section] = tuple(Section)
    keep: Collection[Keep] = ()


def make(
    job: Job,
    profile: Profile,
    log: bytes,
    words: Catalogue,
    computer: Iterable[Known],
    choice: Choice,
    looks: Iterable[Mapping[str, Any]] = (),
) -> Bundle:
    """The bundle of a job; `log` is the program's log file, b"" where there is none.

    `looks` are what is kept of its looks at powerline networks (`session.powerline_kept`).
    """
    redactor = Redactor((*names_in(job), *computer), choice.keep, profile.public_resolvers)
    wanted = [section for section in Section if section is Section.VERSIONS or section in choice.sections]
    safe = redacted(job, redactor)
    frames = powerline_frames.encode(looks, redactor)
    made = (*_files(safe, profile, redactor.text(tail(log)), words), *_powerline(*frames))
    left_out = tuple(section for section in Section if section not in wanted)
    return Bundle(
        job.id, bool(job.demo), tuple(file for file in made if file.section in wanted and file.data), left_out
    )


def tail(log: bytes) -> str:
    """The end of a log, from the beginning of a line."""
    cut = log[-LONGEST_LOG:]
    if len(cut) < len(log):
        cut = cut.partition(b"\n")[2]
    return cut.decode("utf-8", "replace")


def as_json(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode("utf-8", "replace")


def _files(job: Job, profile: Profile, log: str, words: Catalogue) -> Iterator[File]:
    newest = max((record.started for record in job.records), default=job.created)
    content = content_of(job, profile, words.language, newest)
    yield File("versions.json", Section.VERSIONS, as_json(bundle_files.versions(content)))
    yield File("judgement.txt", Section.JUDGEMENT, bundle_files.text(content, words).encode("utf-8", "replace"))
    yield File("judgement.json", Section.JUDGEMENT, as_json(bundle_files.judgement(content)))
    yield File("job.dkjob", Section.JOB, store.encode(job))
    yield File("evidence.csv", Section.EVIDENCE, bundle_files.evidence(job.records).encode("utf-8", "replace"))
    yield File("log.txt", Section.LOG, log.encode("utf-8", "replace"))


def _powerline(told: bytes, frames: bytes) -> Iterator[File]:
    yield File("powerline.json", Section.EVIDENCE, told)
    yield File("powerline.pcap", Section.EVIDENCE, frames)


def _listed(file: File) -> dict[str, Any]:
    digest = hashlib.sha256(file.data).hexdigest()
    return {"name": file.name, "section": file.section.value, "bytes": len(file.data), "sha256": digest}


def _parts(word: str) -> tuple[str, int]:
    """The kind and the number of a word such as "[mac-1]"."""
    kind, _, number = word.strip("[]").rpartition("-")
    return kind, int(number)


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    """Without the time, the system and the rights of the computer that made it."""
    entry = zipfile.ZipInfo(name, _NO_TIME)
    entry.create_system, entry.external_attr, entry.compress_type = 3, 0o644 << 16, zipfile.ZIP_DEFLATED
    archive.writestr(entry, data)
