"""Print the results inside a certificate, only after it has been verified."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ... import files
from ...app import App
from ...i18n import visible
from .. import exits
from ..render import Output


def arguments(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE.pdf", type=Path)
    parser.add_argument("--data", action="store_true", required=True, help="print results.json as it was signed")


def run(args: Any, io: Output, app: App) -> int:
    from ...certificate.verify import examine

    files.must_be_file(args.file)
    report, words = examine(args.file), io.catalogue
    why = " · ".join(words.of("verify", "reason", reason.value) for reason in report.reasons)
    io.say(f"{visible(args.file.name)}: {words.of('verify', 'outcome', report.outcome.value)} – {why}")
    if not report.intact:
        return exits.FAILED
    io.raw(report.raw)
    return exits.PASSED
