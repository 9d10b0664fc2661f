"""Say what a result code means; nothing else is needed, no job and no network."""

from __future__ import annotations

import argparse
from typing import Any

from ...app import App
from ...support import result_code
from .. import code_document, exits
from ..render import Output


def arguments(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "code", metavar="CODE", nargs="+", help="as it was heard; groups, case, O and 0, I and 1 do not matter"
    )


def run(args: Any, io: Output, app: App) -> int:
    matrix = result_code.decode(" ".join(args.code))
    if io.machine:
        io.answer("code", code_document.document(matrix, io.catalogue))
    else:
        code_document.tell(matrix, io)
    return exits.PASSED
