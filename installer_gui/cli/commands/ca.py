"""A distributor's certificate authority; see docs/certificate.md."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ... import app as program
from ... import files
from ...app import App
from ...errors import BadInput
from .. import ca_text, exits, identity_text, passphrase
from ..render import Output
from ..times import moment

REASONS = ("keyCompromise", "affiliationChanged", "superseded", "cessationOfOperation", "unspecified")
ISSUED_DAYS, LIST_DAYS = 2 * 365, 90


def arguments(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="init|issue|revoke|list|trust-list|profile")

    def action(name: str, help_line: str, *, key: bool = True) -> argparse.ArgumentParser:
        made = actions.add_parser(name, parents=[common], help=help_line, description=help_line.capitalize())
        made.add_argument("--folder", metavar="DIR", type=Path, help="where the authority lies, such as a USB stick")
        if key:
            passphrase.add_to(made)
        return made

    init = action("init", "make the authority: a root on P-384 for ten years, its key under a passphrase")
    init.add_argument("--name", required=True, help="the distributor, as it stands in every certificate")
    issue = action("issue", "issue an installer's certificate for a request that was checked by another channel")
    issue.add_argument("request", metavar="FILE.csr", type=Path)
    issue.add_argument("-o", "--output", metavar="FILE.pem", type=Path, help="else to stdout")
    for name in ("name", "company", "org-no", "email"):
        issue.add_argument(f"--{name}", default="", metavar="TEXT", help="in place of what the request says")
    issue.add_argument("--days", type=_days, default=ISSUED_DAYS, metavar="N")
    revoke = action("revoke", "vouch no longer for a certificate; the next trust list says so", key=False)
    revoke.add_argument("certificate", metavar="SERIAL|SHA256", help="or the first 8 digits of its SHA-256")
    revoke.add_argument("--reason", choices=REASONS, default="unspecified")
    revoke.add_argument("--at", type=moment, metavar="TIME", help="from when on; else now")
    revoke.add_argument("--since", type=moment, metavar="TIME", help="when somebody else may have had the key")
    action("list", "show whom the authority vouches for", key=False)
    trust = action("trust-list", "write the next edition of the signed trust list")
    trust.add_argument("-o", "--output", metavar="FILE.json", type=Path, help="else to stdout")
    trust.add_argument("--pin", metavar="FILE.pem", type=Path, action="append", default=[], help="enrol this signer")
    trust.add_argument("--enrolled-by", metavar="NAME", default="", help="who compared the fingerprint")
    trust.add_argument("--unpin", metavar="SHA256", action="append", default=[], help="forget a signer")
    trust.add_argument("--tsa-root", metavar="FILE.pem", type=Path, action="append", default=[])
    trust.add_argument("--distributor", metavar="FILE.pem", type=Path, action="append", default=[])
    trust.add_argument("--days", type=_days, default=LIST_DAYS, metavar="N", help="until the next edition is due")
    profile = action("profile", "sign a profile of your own: name, support, logo, tighter limits")
    profile.add_argument("file", metavar="FILE.toml", type=Path)
    profile.add_argument("-o", "--output", metavar="FILE.dkprofile", type=Path, required=True)


def run(args: Any, io: Output, app: App) -> int:
    folder, now = args.folder or program.data_folder() / "ca", datetime.now(UTC)
    match args.action:
        case "init":
            return _init(args, io, folder, now)
        case "issue":
            return _issue(args, io, folder, now)
        case "revoke":
            return _revoke(args, io, folder, now)
        case "list":
            return _list(io, folder, now)
        case "profile":
            return _profile(args, io, folder)
        case _:
            return _trust_list(args, io, folder, now)


def _init(args: Any, io: Output, folder: Path, now: datetime) -> int:
    from ...certificate import ca

    secret = passphrase.given(args) or passphrase.choose_required(io.catalogue)
    made = ca.init(folder, args.name, now, secret)
    ca_text.tell_root(made, io) if not io.machine else io.document(ca_text.document(made, now))
    return exits.PASSED


def _issue(args: Any, io: Output, folder: Path, now: datetime) -> int:
    from ...certificate import ca
    from ...certificate.holder import Holder

    opened, request = ca.open_ca(folder), files.read(args.request)
    holder = Holder(args.name, args.company, args.org_no, args.email)
    made, entry = opened.issue(request, holder, _secret(args, io), now, args.days)
    chain = entry.pem.encode("ascii") + made.root
    if args.output is None and not io.machine:
        io.raw(chain)
    elif args.output is not None:
        files.write(args.output, chain)
    if io.machine:
        io.document(ca_text.document(made, now, only=entry))
    else:
        io.say(io.catalogue.text("cli.ca.issued", name=entry.name, serial=entry.serial, end=entry.not_after.date()))
        io.say(io.catalogue.text("cli.ca.compare", words=identity_text.spoken(entry.key_id)))
    return exits.PASSED


def _revoke(args: Any, io: Output, folder: Path, now: datetime) -> int:
    from ...certificate import ca

    made, entry = ca.open_ca(folder).revoke(args.certificate, args.reason, args.at or now, args.since)
    if io.machine:
        io.document(ca_text.document(made, now))
    else:
        io.line(io.catalogue.text("cli.ca.revoked", fingerprint=entry.cert_sha256[:16], reason=entry.reason))
    return exits.PASSED


def _list(io: Output, folder: Path, now: datetime) -> int:
    from ...certificate import ca

    opened = ca.open_ca(folder)
    if io.machine:
        io.document(ca_text.document(opened, now))
    else:
        ca_text.tell_root(opened, io)
        ca_text.tell_register(opened, io, now)
    return exits.PASSED


def _trust_list(args: Any, io: Output, folder: Path, now: datetime) -> int:
    from ...certificate import ca, ca_pins

    changed = ca_pins.changed(
        ca.open_ca(folder),
        pins=[files.read(path) for path in args.pin],
        unpins=args.unpin,
        servers=[files.read(path) for path in args.tsa_root],
        distributors=[files.read(path) for path in args.distributor],
        by=args.enrolled_by,
        today=now.date(),
    )
    made, document = changed.trust_list(_secret(args, io), now, timedelta(days=args.days))
    if args.output is None:
        io.raw(document)
    else:
        files.write(args.output, document)
        io.say(io.catalogue.text("cli.ca.list-written", file=str(args.output), seq=made.register.seq))
    return exits.PASSED


def _profile(args: Any, io: Output, folder: Path) -> int:
    """Only what can be used is signed."""
    from ...certificate import ca, signed_profile
    from ...certificate.pem import to_der
    from ...support import distributor

    made, opened = distributor.take_up(args.file, None), ca.open_ca(folder)
    text = files.read(args.file).decode()
    if text.lstrip().startswith("{"):
        raise BadInput("profile.signed-already", file=str(args.file))
    files.write(args.output, signed_profile.sign(text, to_der(opened.root), opened.unlock(_secret(args, io))))
    for limit in made.loosened:
        io.say(io.catalogue.text("cli.ca.profile-loosened", limit=limit, base=made.base))
    io.say(io.catalogue.text("cli.ca.profile-signed", id=made.id, version=made.version, file=str(args.output)))
    return exits.PASSED


def _secret(args: Any, io: Output) -> str | None:
    return passphrase.given(args) or passphrase.ask(io.catalogue)


def _days(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text[:6]) <= 3650:
        raise argparse.ArgumentTypeError("a number of days from 1 to 3650")
    return int(text)
