"""Verify certificates."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ... import files
from ...app import App
from ...errors import BadInput
from .. import exits, verify_document
from ..render import Output

if TYPE_CHECKING:
    from ...certificate.trust import TrustList
    from ...certificate.verify import Report

TRUSTED, REFUSED, UNTRUSTED = exits.PASSED, exits.FAILED, exits.INCOMPLETE
_WORST_FIRST = (REFUSED, UNTRUSTED, TRUSTED)


def arguments(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    parser.add_argument("files", metavar="FILE.pdf", nargs="+", type=Path, help="certificates, or folders of them")
    parser.add_argument("--trust-list", metavar="FILE", type=Path, help="whom to trust: JSON or certificates in PEM")
    parser.add_argument("--deep", action="store_true", help="draw the pages again and compare them")


def run(args: Any, io: Output, app: App) -> int:
    from ...certificate import trust

    trusted = trust.load(args.trust_list) if args.trust_list else trust.EMPTY
    paths = list(_paths(args.files))
    reports = _reports(paths, trusted, args.deep)
    match io.form:
        case "json":
            return _document(reports, io, single=len(paths) == 1)
        case "jsonl":
            return _worst(_shown(reports, lambda path, report: io.event(verify_document.document(path, report))))
        case _:
            return _worst(_shown(reports, lambda path, report: verify_document.tell(path, report, io)))


def exit_code(report: Report) -> int:
    """0 valid and trusted, 3 intact but untrusted, 1 everything else."""
    from ...certificate.reasons import Outcome

    return {Outcome.VALID: TRUSTED, Outcome.UNTRUSTED: UNTRUSTED}.get(report.outcome, REFUSED)


def _paths(given: Iterable[Path]) -> Iterator[Path]:
    """The files, and what is in the folders. Raises BadInput where there is nothing."""
    for path in given:
        if files.missing(path):
            raise BadInput("input.no-such-file", file=str(path))
        if not path.is_dir():
            yield path
            continue
        inside = sorted(p for p in path.rglob("*") if p.suffix.lower() == ".pdf" and p.is_file())
        if not inside:
            raise BadInput("input.no-certificates", file=str(path))
        yield from inside


def _reports(paths: Iterable[Path], trusted: TrustList, deep: bool) -> Iterator[tuple[Path, Report]]:
    from ...certificate.verify import examine

    for path in paths:
        yield path, examine(path, trusted, datetime.now(UTC), deep)


def _shown(reports: Iterable[tuple[Path, Report]], show: Any) -> Iterator[int]:
    for path, report in reports:
        show(path, report)
        yield exit_code(report)


def _document(reports: Iterable[tuple[Path, Report]], io: Output, single: bool) -> int:
    """One document: of one file its report, of several the list of them."""
    documents: list[dict[str, Any]] = []
    codes = list(_shown(reports, lambda path, report: documents.append(verify_document.document(path, report))))
    io.document(documents[0] if single else documents)
    return _worst(codes)


def _worst(codes: Iterable[int]) -> int:
    return min(codes, key=_WORST_FIRST.index)
