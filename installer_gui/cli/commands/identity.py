"""Make and keep the identity that signs."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import Any

from ... import app as program
from ... import files
from ...app import App
from .. import exits, identity_text, passphrase
from ..render import Output

NOT_YET = ("request", "install", "import", "backup")


def arguments(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="create|show|export")

    def action(name: str, help_line: str) -> argparse.ArgumentParser:
        return actions.add_parser(name, parents=[common], help=help_line, description=help_line.capitalize())

    create = action("create", "make a self-issued identity")
    create.add_argument("--name", required=True, help="the person who signs")
    create.add_argument("--company", default="")
    create.add_argument("--org-no", default="", metavar="NUMBER", help="the company's registration number")
    create.add_argument("--email", default="")
    passphrase.add_to(create)
    show = action("show", "show the identities of this computer")
    show.add_argument("id", nargs="?", metavar="ID")
    export = action("export", "write the public certificate, to send to whoever keeps a trust list")
    export.add_argument("id", nargs="?", metavar="ID", help="needed when there is more than one")
    export.add_argument("-o", "--output", metavar="FILE.pem", type=Path, help="else to stdout")
    for name in NOT_YET:
        action(name, "not available yet").add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)


def run(args: Any, io: Output, app: App) -> int:
    match args.action:
        case "create":
            return _create(args, io)
        case "show":
            return _show(args, io)
        case "export":
            return _export(args, io)
        case _:
            io.say(f"driftklar: identity {args.action}: not available yet")
            return exits.USAGE


def _create(args: Any, io: Output) -> int:
    from ...certificate.holder import Holder
    from ...certificate.vault import keychain

    secret = passphrase.given(args)
    if secret is None and keychain() is None:
        secret = passphrase.choose(io.catalogue)
    identities = program.identities()
    holder = Holder(args.name, args.company, args.org_no, args.email)
    made = identities.create(holder, datetime.now().astimezone(), secret)
    if io.machine:
        io.document(identity_text.document(identities, (made,)))
    else:
        identity_text.tell(made, io)
    return exits.PASSED


def _show(args: Any, io: Output) -> int:
    identities = program.identities()
    chosen = (identities.named(args.id),) if args.id else identities.all()
    if io.machine:
        io.document(identity_text.document(identities, chosen))
        return exits.PASSED
    for identity in chosen:
        identity_text.tell(identity, io)
    if not chosen:
        io.line(io.catalogue.text("cli.identity.none"))
    return exits.PASSED


def _export(args: Any, io: Output) -> int:
    identities = program.identities()
    chosen = identities.named(args.id) if args.id else identities.only()
    if args.output is None:
        io.raw(chosen.pem)
    else:
        files.write(args.output, chosen.pem)
        io.say(io.catalogue.text("cli.identity.exported", file=str(args.output)))
    return exits.PASSED
