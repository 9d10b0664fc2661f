"""Gather what support needs, without names, addresses and keys."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ... import app as program
from ... import files
from ...app import App
from ...errors import BadInput
from ...session import jobs, powerline_kept, store
from ...support.redaction import Keep
from .. import exits
from ..render import Output

if TYPE_CHECKING:
    from ...support.bundle import Bundle

SECTIONS = ("judgement", "job", "evidence", "log")


def arguments(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    parser.add_argument("job", metavar="JOB", type=Path)
    parser.add_argument("-o", "--output", metavar="FILE.zip", type=Path, help="needed unless --preview is given")
    parser.add_argument("--preview", action="store_true", help="print what would be in it, and write nothing")
    parser.add_argument(
        "--leave-out", type=_names(SECTIONS), metavar="PART,..", default=(), help=f"leave out: {', '.join(SECTIONS)}"
    )
    parser.add_argument(
        "--include", type=_names(Keep), metavar="WHAT,..", default=(), help=f"take along: {', '.join(Keep)}"
    )


def run(args: Any, io: Output, app: App) -> int:
    out: Path | None = None if args.preview else args.output
    if out is None and not args.preview:
        raise BadInput("bundle.where")
    made = _bundle(args, io)
    if out is not None:
        files.write(out, made.zipped())
    if io.machine:
        io.answer("bundle", {**made.manifest(), "file": str(out) if out else None})
        return exits.PASSED
    if out is not None:
        io.line(io.catalogue.text("cli.bundle.written", file=str(out)))
    _list(made, io)
    if args.preview:
        _show(made, io)
    return exits.PASSED


def _bundle(args: Any, io: Output) -> Bundle:
    from ...support.bundle import Choice, Section, make
    from ...support.redaction import this_computer

    job = store.load(args.job)
    sections = tuple(section for section in Section if section.value not in args.leave_out)
    choice = Choice(sections, tuple(map(Keep, args.include)))
    log = program.log_file()
    text = files.read(log) if log.is_file() else b""
    looks = powerline_kept.kept(program.data_folder(), job)
    return make(job, jobs.profile_of(job), text, io.catalogue, this_computer(), choice, looks)


def _list(made: Bundle, io: Output) -> None:
    """Every file and what it is for, and how much was taken out."""
    words = io.catalogue
    io.line()
    rows = [(file.name, f"{len(file.data):,}", words.of("bundle", "file", file.name)) for file in made.files]
    io.table(rows)
    kinds = Counter(word.strip("[]").rpartition("-")[0] for word in made.redactions)
    taken = ", ".join(f"{words.of('bundle', 'kind', kind)}: {count}" for kind, count in kinds.items())
    if taken:
        io.line()
        io.line(words.text("cli.bundle.taken-out", taken=taken))


def _show(made: Bundle, io: Output) -> None:
    """The files themselves, as they would be sent."""
    for file in made.files:
        io.line()
        io.line(f"── {file.name}")
        if file.name.endswith(".pcap"):  # its frames stand in powerline.json
            continue
        for line in file.data.decode("utf-8", "replace").splitlines():
            io.line(io.catalogue.show(line))


def _names(known: Any) -> Any:
    def read(text: str) -> tuple[str, ...]:
        names = tuple(filter(None, (part.strip() for part in text.split(","))))
        for name in names:
            if name not in tuple(known):
                raise argparse.ArgumentTypeError(f"one of {', '.join(known)}")
        return names

    return read
