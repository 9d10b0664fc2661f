"""Make and keep the identity that signs."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ...app import App
from .. import identity_actions as actions
from .. import passphrase
from ..render import Output


def arguments(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    names = parser.add_subparsers(dest="action", required=True, metavar="|".join(actions.ALL))

    def action(name: str, help_line: str, *, key: bool = True) -> argparse.ArgumentParser:
        made = names.add_parser(name, parents=[common], help=help_line, description=help_line.capitalize())
        if key:
            passphrase.add_to(made)
        return made

    _who(action("create", "make a self-issued identity"), required=True)
    show = action("show", "show the identities of this computer, and requests that wait", key=False)
    show.add_argument("id", nargs="?", metavar="ID")
    export = action("export", "write the public certificate, to send to whoever keeps a trust list", key=False)
    export.add_argument("id", nargs="?", metavar="ID", help="needed when there is more than one")
    export.add_argument("-o", "--output", metavar="FILE.pem", type=Path, help="else to stdout")
    request = action("request", "make a key and ask a distributor for its certificate")
    _who(request, required=True)
    request.add_argument("-o", "--output", metavar="FILE.csr", type=Path, help="else to stdout")
    request.add_argument("--replaces", metavar="ID", default="", help="this identity ends when the answer is installed")
    install = action("install", "install the distributor's answer to a request", key=False)
    install.add_argument("file", metavar="FILE.pem", type=Path)
    _taking_in(action("import", "take in an identity from a PKCS #12 file, or use one in a card or security module"))
    backup = action("backup", "write the identity with its key to a PKCS #12 file under a password")
    backup.add_argument("id", nargs="?", metavar="ID", help="needed when there is more than one")
    backup.add_argument("-o", "--output", metavar="FILE.p12", type=Path, required=True)
    passphrase.add_password_to(backup)
    rotate = action("rotate", "a new key: self-issued at once, from a distributor by a new request")
    rotate.add_argument("id", nargs="?", metavar="ID", help="needed when there is more than one")
    rotate.add_argument("-o", "--output", metavar="FILE.csr", type=Path, help="the request, else to stdout")
    revoke = action("revoke", "destroy a key that somebody else may have; tell whoever keeps the trust list", key=False)
    revoke.add_argument("id", metavar="ID")


def run(args: Any, io: Output, app: App) -> int:
    return actions.ALL[args.action](args, io)


def _who(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument("--name", required=required, help="the person who signs")
    parser.add_argument("--company", default="")
    parser.add_argument("--org-no", default="", metavar="NUMBER", help="the company's registration number")
    parser.add_argument("--email", default="")


def _taking_in(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE.p12", type=Path, nargs="?")
    passphrase.add_password_to(parser)
    parser.add_argument("--pkcs11", metavar="LIBRARY", help="the vendor's library; the PIN is given as the passphrase")
    parser.add_argument("--token", metavar="LABEL", help="needed when there is more than one")
    parser.add_argument("--certificate", metavar="SHA256", default="", help="needed when the token holds more than one")
    parser.add_argument("--yes", action="store_true", help="do not ask whether it is yours")
