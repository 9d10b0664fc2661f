"""Write the letter that asks the network's owner for what failed."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ... import files, i18n
from ...app import App
from ...domain.finding import Responsible
from ...errors import BadInput
from ...session import jobs, store
from .. import exits
from ..render import Output

if TYPE_CHECKING:
    from ...support.letter import Letter

PDF, TEXT = ".pdf", ".txt"


def arguments(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    parser.add_argument("job", metavar="JOB", type=Path)
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=Path, required=True, help="a paper (.pdf) or text (.txt)"
    )
    parties = [party.value for party in Responsible if party is not Responsible.NOBODY]
    parser.add_argument("--to", choices=parties, help="only what this party must fix")
    parser.add_argument("--paper-language", choices=i18n.LANGUAGES, help="language of the letter; else the job's")


def run(args: Any, io: Output, app: App) -> int:
    from ...support import letter

    if args.output.suffix.lower() not in (PDF, TEXT):
        raise BadInput("letter.suffix", file=str(args.output))
    job = store.load(args.job)
    language, now = args.paper_language or job.paper_language, datetime.now().astimezone()
    to = Responsible(args.to) if args.to else None
    made = letter.compose(job, jobs.profile_of(job), language, now, to)
    files.write(args.output, _drawn(made, args.output.suffix.lower()))
    if io.machine:
        io.answer("letter", _document(made, args.output))
    else:
        _tell(made, args.output, io)
    return exits.PASSED


def _drawn(made: Letter, suffix: str) -> bytes:
    if suffix == PDF:
        from ...support.letter_paper import as_pdf

        return as_pdf(made)
    from ...support.letter_text import as_text

    return as_text(made).encode("utf-8", "replace")


def _document(made: Letter, out: Path) -> dict[str, Any]:
    groups = [
        {
            "responsible": group.responsible.value,
            "openings": [
                {
                    "host": opening.host,
                    "port": opening.port,
                    "transport": opening.transport.lower(),
                    "direction": "outgoing",
                    "code": opening.point.code,
                    "number": opening.point.number,
                }
                for opening in group.openings
            ],
            "findings": [
                {"code": point.code, "number": point.number, "stations": [place.station for place in point.places]}
                for point in group.points
            ],
        }
        for group in made.groups
    ]
    demo, language = made.content.demo, made.content.language
    return {
        "schema": "driftklar.letter/1",
        "file": str(out),
        "language": language,
        "demo": bool(demo),
        "groups": groups,
    }


def _tell(made: Letter, out: Path, io: Output) -> None:
    points = sum(len(group.points) for group in made.groups)
    io.line(io.catalogue.text("cli.letter.written", file=str(out)))
    io.line(io.catalogue.text("cli.letter.counts", openings=len(made.openings), points=points))
