"""Verify certificates."""

from __future__ import annotations

import argparse
import itertools
import os
import sys
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ... import app as program
from ... import files
from ...app import App
from ...errors import BadInput
from .. import exits, verify_document
from ..render import Output
from ..times import moment

if TYPE_CHECKING:
    from ...certificate.batch import Question
    from ...certificate.summary import Summary

TRUSTED, REFUSED, UNTRUSTED = exits.PASSED, exits.FAILED, exits.INCOMPLETE
_WORST_FIRST = (REFUSED, UNTRUSTED, TRUSTED)
FEW = 16  # files that are done before more processes have started
_STEP = 1000


def arguments(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    parser.add_argument("files", metavar="FILE.pdf", nargs="+", type=Path, help="certificates, or folders of them")
    parser.add_argument("--trust-list", metavar="FILE", type=Path, help="whom to trust: JSON or certificates in PEM")
    parser.add_argument("--trust-root", metavar="FILE.pem", type=Path, help="who must have signed the trust list")
    parser.add_argument("--received", metavar="TIME", type=moment, help="since when you have had the files")
    parser.add_argument("--deep", action="store_true", help="draw the pages again and compare them")
    parser.add_argument("--jobs", metavar="N", type=_count, help="processes for many files; else one a processor")


def run(args: Any, io: Output, app: App) -> int:
    paths = _paths(args.files)
    first = [*itertools.islice(paths, FEW)]
    seen = _Seen()
    with closing(_found(first, paths, _question(args), args.jobs)) as found:
        match io.form:
            case "json" if len(first) == 1:
                io.document(verify_document.document(*next(seen.through(found, io))))
            case "json":
                io.documents(verify_document.document(path, one) for path, one in seen.through(found, io))
            case "jsonl":
                for path, one in seen.through(found, io):
                    io.event(verify_document.document(path, one))
            case _:
                for path, one in seen.through(found, io):
                    verify_document.tell(path, one, io)
    return seen.worst


def exit_code(found: Summary) -> int:
    """0 valid and trusted, 3 intact but untrusted, 1 everything else."""
    from ...certificate.reasons import Outcome

    return {Outcome.VALID: TRUSTED, Outcome.UNTRUSTED: UNTRUSTED}.get(found.outcome, REFUSED)


class _Seen:
    """Counts what goes by and remembers the worst."""

    def __init__(self) -> None:
        self.worst = TRUSTED

    def through(self, found: Iterable[tuple[Path, Summary]], io: Output) -> Iterator[tuple[Path, Summary]]:
        for number, (path, one) in enumerate(found, 1):
            self.worst = min(self.worst, exit_code(one), key=_WORST_FIRST.index)
            _tell_progress(number, io)
            yield path, one
        io.progress("")


def _tell_progress(number: int, io: Output) -> None:
    """Beside results that go to a file: a passing word at a terminal, else a line now and then."""
    if sys.stdout.isatty():
        return
    if io.shows_progress:
        io.progress(io.catalogue.plural("cli.verify.progress", number))
    elif number % _STEP == 0:
        io.say(io.catalogue.plural("cli.verify.progress", number))


def _question(args: Any) -> Question:
    from ...certificate import trust, trust_seen
    from ...certificate.batch import Question

    if args.trust_list is None:
        if args.trust_root is not None:
            raise BadInput("trust.no-list")
        return Question(trust.EMPTY, datetime.now(UTC), args.deep, args.received)
    trusted = trust.load(args.trust_list, args.trust_root)
    trust_seen.accept(trusted, args.trust_list.name, program.data_folder() / "trust-seen.json")
    return Question(trusted, datetime.now(UTC), args.deep, args.received)


def _paths(given: Iterable[Path]) -> Iterator[Path]:
    """The files, and what is in the folders, one folder after the other. Raises BadInput where there is nothing."""
    named = [*given]
    for path in named:
        if files.missing(path):
            raise BadInput("input.no-such-file", file=str(path))
        if files.is_folder(path) and next(_inside(path), None) is None:
            raise BadInput("input.no-certificates", file=str(path))
    for path in named:
        yield from _inside(path) if files.is_folder(path) else (path,)


def _inside(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(place, name)
            if path.suffix.lower() == ".pdf":
                yield path


def _found(
    first: list[Path], more: Iterator[Path], question: Question, jobs: int | None
) -> Generator[tuple[Path, Summary]]:
    """A few files here, many in processes of their own."""
    from ...certificate import batch

    if len(first) < FEW and jobs is None:
        yield from ((path, batch.examine(path, question)) for path in first)
    else:
        yield from batch.examine_all(itertools.chain(first, more), question, jobs or batch.processors())


def _count(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text[:4]) <= 64:
        raise argparse.ArgumentTypeError("a number of processes from 1 to 64")
    return int(text)
