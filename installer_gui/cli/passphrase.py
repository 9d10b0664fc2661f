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
FILE_VARIABLE = "DRIFTKLAR_FILE_PASSWORD"


def add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--passphrase-file", metavar="FILE", type=Path, help=f"its first line; else {VARIABLE}")


def add_password_to(parser: argparse.ArgumentParser) -> None:
    """The same for the password of a PKCS #12 file."""
    parser.add_argument("--password-file", metavar="FILE", type=Path, help=f"its first line; else {FILE_VARIABLE}")


def given(args: Any) -> str | None:
    """What was handed over without asking. Raises BadInput for a file that cannot be read or is empty."""
    return _first_line(args.passphrase_file, VARIABLE)


def given_password(args: Any) -> str | None:
    """The same for the password of a PKCS #12 file."""
    return _first_line(args.password_file, FILE_VARIABLE)


def ask(words: Catalogue) -> str | None:
    """Ask for the passphrase of an identity; None where nobody sits at a terminal."""
    if not sys.stdin.isatty():
        return None
    return getpass.getpass(f"{words.text('cli.identity.passphrase')} ") or None


def ask_password(words: Catalogue, file: str) -> str | None:
    """Ask for the password of a PKCS #12 file; None where nobody sits at a terminal."""
    if not sys.stdin.isatty():
        return None
    return getpass.getpass(f"{words.text('cli.identity.password', file=file)} ") or None


def choose_required(words: Catalogue) -> str | None:
    """Let somebody at a terminal choose one, again until there is one. Raises BadInput when the two differ."""
    if not sys.stdin.isatty():
        return None
    while not (first := getpass.getpass(f"{words.text('cli.identity.choose-required')} ")):
        pass
    if getpass.getpass(f"{words.text('cli.identity.repeat')} ") != first:
        raise BadInput("identity.passphrases-differ")
    return first


def choose(words: Catalogue) -> str | None:
    """Let somebody at a terminal choose one; none is a choice too. Raises BadInput when the two differ."""
    if not sys.stdin.isatty():
        return None
    first = getpass.getpass(f"{words.text('cli.identity.choose')} ")
    if first and getpass.getpass(f"{words.text('cli.identity.repeat')} ") != first:
        raise BadInput("identity.passphrases-differ")
    return first or None


def _first_line(file: Path | None, variable: str) -> str | None:
    if file is None:
        return os.environ.get(variable) or None
    text = files.read(file).decode("utf-8", "replace")
    if not (first := text.partition("\n")[0].rstrip("\r")):
        raise BadInput("identity.passphrase-empty", file=str(file))
    return first
