"""Compare a certificate with a later one, or with a job."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ... import files
from ...app import App
from ...errors import BadInput
from ...i18n import visible
from ...session import jobs, store
from .. import compare_document, exits
from ..compare_document import Side
from ..render import Output

if TYPE_CHECKING:
    from ...certificate.trust import TrustList


def arguments(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    parser.add_argument("old", metavar="OLD.pdf", type=Path, help="the certificate of the earlier visit")
    parser.add_argument("new", metavar="NEW.pdf|JOB", type=Path, help="the later one, or a job as it stands")
    parser.add_argument("--trust-list", metavar="FILE", type=Path, help="whom to trust: JSON or certificates in PEM")


def run(args: Any, io: Output, app: App) -> int:
    from ...certificate import trust
    from ...certificate.reasons import Outcome
    from ...support.compare import compare

    trusted = trust.load(args.trust_list) if args.trust_list else trust.EMPTY
    old = _certificate(args.old, trusted, io)
    new = _certificate(args.new, trusted, io) if _is_pdf(args.new) else _job(args.new, io)
    for side in (old, new):
        if side.signature == Outcome.UNTRUSTED:
            io.say(f"{visible(side.file.name)}: {io.catalogue.of('verify', 'outcome', side.signature)}")
    found = compare(old.content, new.content)
    if io.machine:
        io.answer("compare", compare_document.document(old, new, found, io.catalogue))
    else:
        compare_document.tell(old, new, found, io)
    return exits.FAILED if found.is_worse else exits.PASSED


def _is_pdf(path: Path) -> bool:
    files.must_be_file(path)
    return path.suffix.lower() == ".pdf" or files.read(path).startswith(b"%PDF")


def _certificate(path: Path, trusted: TrustList, io: Output) -> Side:
    """What a certificate says, once it is known to be unaltered. Raises BadInput for any other file."""
    from ...certificate.verify import examine

    files.must_be_file(path)
    report, words = examine(path, trusted), io.catalogue
    if not report.intact or report.content is None:
        why = words.of("verify", "reason", report.reasons[0].value) if report.reasons else ""
        raise BadInput("compare.refused", file=str(path), cause=why)
    return Side(path, report.content, report.outcome.value)


def _job(path: Path, io: Output) -> Side:
    from ...support.job_content import content_of

    job = store.load(path)
    return Side(path, content_of(job, jobs.profile_of(job), io.catalogue.language, datetime.now().astimezone()), "")
