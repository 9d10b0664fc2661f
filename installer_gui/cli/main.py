"""Reads the arguments, runs one command, returns its exit code."""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn, TextIO

from .. import __version__, app, files, i18n
from ..errors import BadInput
from ..ports.platform import Platform
from ..ports.unavailable import Unavailable
from ..session import holding
from . import exits, interrupts
from .render import Output
from .system_language import system_language

log = logging.getLogger(__name__)

COMMANDS = {
    "check": ("check", "check the site's network as a charging station would see it"),
    "list": ("listing", "list the checks, profiles, interfaces or findings"),
    "wifi": ("wifi", "scan for WiFi networks, or measure one at a station"),
    "plc": ("plc", "look at the PLC (Powerline) network on a cable, or watch stations join it"),
    "job": ("job", "make, show and change a job file"),
    "certificate": ("certificate", "make and sign the certificate of a job"),
    "verify": ("verify", "verify certificates"),
    "open": ("open_data", "print the results inside a certificate"),
    "identity": ("identity", "make and keep the identity that signs"),
    "letter": ("letter", "write the letter that asks the network's owner for what failed"),
    "code": ("code", "say how a job stands in a code that can be read out over the phone"),
    "decode": ("decode", "say what a result code means"),
    "bundle": ("bundle", "gather what support needs, without names, addresses and keys"),
    "compare": ("compare", "compare a certificate with a later one, or with a job"),
    "ca": ("ca", "issue certificates and trust lists, for a distributor"),
    "simulate": ("simulate", "play a site on this computer and run a command against it"),
}
_STOPS_IN_ORDER = ("check", "wifi", "plc", "simulate")


class _Parser(argparse.ArgumentParser):
    """Wrong use is one line and exit code 2."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        self.exit(exits.USAGE, f"driftklar: {i18n.visible(message)}\n")


class _Command(_Parser):
    """A command's own arguments; its module is loaded when the command is given."""

    module = ""

    def parse_known_args(  # pyright: ignore[reportIncompatibleMethodOverride]  # its overloads tell one story
        self, args: Any = None, namespace: Any = None
    ) -> Any:
        if self.module:
            command = importlib.import_module(f".commands.{self.module}", __package__)
            command.arguments(self, _common(argparse.SUPPRESS))
            self.set_defaults(run=command.run)
            self.module = ""
        return super().parse_known_args(args, namespace)


def main(argv: Sequence[str], platform: Platform | None = None) -> int:
    """Run one command; `platform` replaces the computer's own (a recording or a simulated site)."""
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    args = parser().parse_args(argv)
    app.start_log(args.verbose)
    io = Output(i18n.load(args.language or system_language()), args.format)
    try:
        return _run(args, io, platform)
    except BadInput as error:
        return _refuse("\n".join(_line(io, fault) for fault in (error, *error.others)))
    except Unavailable as error:
        _refuse(f"driftklar: {io.catalogue.of('reason', error.reason.value)}")
        return exits.INCOMPLETE
    except KeyboardInterrupt:
        return exits.INCOMPLETE
    except Exception:
        error_id = secrets.token_hex(4)
        log.exception("command %s broke [%s]", args.command, error_id)
        _refuse(f"driftklar: {io.catalogue.text('error.internal', id=error_id)}")
        return exits.INTERNAL


def _nowhere() -> TextIO:
    """In place of a stream that the caller has closed."""
    return Path(os.devnull).open("w", encoding="utf-8")


def parser() -> argparse.ArgumentParser:
    """The command line."""
    root = _Parser(prog="driftklar", description="Network checks and certificates for charging stations.")
    root.add_argument("--version", action="version", version=f"driftklar {__version__}")
    _add_common(root, None)
    commands = root.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Command)
    common = _common(argparse.SUPPRESS)
    for name, (module, help_line) in COMMANDS.items():
        command = commands.add_parser(name, parents=[common], help=help_line, description=help_line.capitalize())
        command.module = module
    return root


def _run(args: Any, io: Output, platform: Platform | None) -> int:
    _spare_what_is_read(args)
    if args.command not in _STOPS_IN_ORDER:
        interrupts.release()
    anchors = getattr(args, "trust_anchors", None)
    program = app.build(args.profile, Path(anchors) if anchors else None, platform)
    for doubt in program.doubts:
        io.say(_line(io, doubt))
    with holding.writing(getattr(args, "save", None)):
        code: int = args.run(args, io, program)
    return code


def _spare_what_is_read(args: Any) -> None:
    """A result that is written over what it is made of would be the end of a job. Raises BadInput."""
    out = getattr(args, "output", None)
    for source in (getattr(args, name, None) for name in ("job", "request", "file")):
        if out and source and files.are_same(Path(source), out):
            raise BadInput("input.over-itself", file=str(out))


def _common(default: Any) -> _Command:
    common = _Command(add_help=False)
    _add_common(common, default)
    return common


def _add_common(target: argparse.ArgumentParser, default: Any) -> None:
    """The options every command takes; after the command they must not undo what stood before it."""
    suppressed = default == argparse.SUPPRESS
    target.add_argument("--language", choices=i18n.LANGUAGES, default=default, help="language of the texts")
    target.add_argument("--format", choices=("text", "json", "jsonl"), default=default if suppressed else "text")
    target.add_argument("--profile", metavar="ID|FILE", default=default if suppressed else "", help="requirements")
    target.add_argument("-v", "--verbose", action="store_true", default=default if suppressed else False)


def _line(io: Output, error: BadInput) -> str:
    return f"driftklar: {io.catalogue.of('error', error.code, **error.values)}"


def _refuse(line: str) -> int:
    sys.stderr.write(line + "\n")
    return exits.USAGE
