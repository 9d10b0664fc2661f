"""Say how a job stands in a code that can be read out over the phone."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ...app import App
from ...session import jobs, store
from ...support import result_code
from .. import code_document, exits
from ..render import Output


def arguments(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    parser.add_argument("job", metavar="JOB", type=Path)


def run(args: Any, io: Output, app: App) -> int:
    job = store.load(args.job)
    profile = jobs.profile_of(job)
    matrix = result_code.matrix(job, jobs.judged(job, profile), profile)
    if io.machine:
        io.answer("code", code_document.document(matrix, io.catalogue))
    else:
        io.line(result_code.encode(matrix))
    return exits.PASSED
