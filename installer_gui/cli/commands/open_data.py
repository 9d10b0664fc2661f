"""Print the results inside a certificate, only after it has been verified."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ... import files
from ...app import App
from ...errors import BadInput
from .. import exits
from ..render import Output


def arguments(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE.pdf", type=Path)
    parser.add_argument("--data", action="store_true", required=True, help="print results.json as it was signed")


def run(args: Any, io: Output, app: App) -> int:
    from ...certificate.reasons import Outcome
    from ...certificate.verify import examine

    if files.missing(args.file):
        raise BadInput("input.no-such-file", file=str(args.file))
    report, words = examine(args.file), io.catalogue
    for reason in report.reasons:
        io.say(words.of("verify", "reason", reason.value))
    if not report.intact:
        io.say(words.of("verify", "outcome", report.outcome.value))
        return exits.FAILED
    if report.outcome is Outcome.UNTRUSTED:
        io.say(words.of("verify", "outcome", report.outcome.value))
    io.raw(report.raw)
    return exits.PASSED
