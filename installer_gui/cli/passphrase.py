"""Where a passphrase comes from: a file, the environment, or the person at the terminal. Never from an argument."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path
from typing import Any

from .. import files
from ..errors import BadInput
from ..i18n import Catalogue

VARIABLE = "DRIFTKLAR_PASSPHRASE"


def add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--passphrase-file", metavar="FILE", type=Path, help=f"its first line; else {VARIABLE}")


def given(args: Any) -> str | None:
    """What was handed over without asking. Raises BadInput for a file that cannot be read or is empty."""
    if args.passphrase_file is None:
        return os.environ.get(VARIABLE) or None
    text = files.read(args.passphrase_file).decode("utf-8", "replace")
    if not (first := text.partition("\n")[0].rstrip("\r")):
        raise BadInput("identity.passphrase-empty", file=str(args.passphrase_file))
    return first


def ask(words: Catalogue) -> str | None:
    """Ask for the passphrase of an identity; None where nobody sits at a terminal."""
    if not sys.stdin.isatty():
        return None
    return getpass.getpass(f"{words.text('cli.identity.passphrase')} ") or None


def choose(words: Catalogue) -> str | None:
    """Let somebody at a terminal choose one; none is a choice too. Raises BadInput when the two differ."""
    if not sys.stdin.isatty():
        return None
    first = getpass.getpass(f"{words.text('cli.identity.choose')} ")
    if first and getpass.getpass(f"{words.text('cli.identity.repeat')} ") != first:
        raise BadInput("identity.passphrases-differ")
    return first or None
