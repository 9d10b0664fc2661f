"""Make and sign the certificate of a job."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ... import app as program
from ... import i18n
from ...app import App
from ...domain.job import Job
from ...errors import BadInput
from ...session import jobs, store
from .. import exits, identity_text, passphrase
from ..render import Output

if TYPE_CHECKING:
    from ...certificate.identity import Identity, Store, Unlocked
    from ...certificate.issue import Issued


def arguments(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    parser.add_argument("job", metavar="JOB", type=Path)
    parser.add_argument("-o", "--output", metavar="FILE.pdf", type=Path, required=True)
    parser.add_argument("--paper-language", choices=i18n.LANGUAGES, help="language of the pages; else the job's")
    parser.add_argument("--replaces", metavar="OLD.pdf", type=Path, help="the certificate whose place this one takes")
    signer = parser.add_mutually_exclusive_group()
    signer.add_argument("--identity", metavar="ID", help="who signs; else the installer of the job")
    signer.add_argument("--unsigned", action="store_true", help="a draft without signature")
    passphrase.add_to(parser)


def run(args: Any, io: Output, app: App) -> int:
    from ...certificate.issue import issue
    from ...certificate.predecessor import revised

    job = store.load(args.job)
    job, replaces = revised(job, args.replaces) if args.replaces else (job, None)
    signer = None if args.unsigned else _signer(args, io, job)
    language = args.paper_language or job.paper_language
    server = program.time_server()
    made = issue(job, jobs.profile_of(job), language, signer, args.output, time_server=server, replaces=replaces)
    if made.unanswered:
        io.say(io.catalogue.text("certificate.no-timestamp"))
    if made.kept:
        io.say(io.catalogue.text("cli.certificate.kept", file=str(made.path), kept=str(made.kept)))
    if io.machine:
        io.document(_document(made))
    else:
        _tell(made, io)
    return exits.PASSED


def _signer(args: Any, io: Output, job: Job) -> Unlocked:
    """The identity that was named, or the installer's own, which is made at its first use."""
    from ...certificate.issue import holder_of
    from ...certificate.vault import Protection, keychain

    identities, secret, holder = program.identities(), passphrase.given(args), holder_of(job)
    known = identities.named(args.identity) if args.identity else identities.of(holder)
    if known is not None and identities.is_demo(known) != holder.demo:
        raise BadInput("identity.practice", name=known.id)
    if not args.identity and not holder.is_named:
        io.say(io.catalogue.text("cli.certificate.unnamed"))
    if known is None:
        if secret is None and keychain() is None:
            secret = passphrase.choose(io.catalogue)
        known = _make(identities, job, secret, io)
    elif known.meta.protection in (Protection.PASSPHRASE, Protection.TOKEN) and secret is None:
        secret = passphrase.ask(io.catalogue)
    still_valid = datetime.now().astimezone() <= known.not_after  # else the refusal says it
    if still_valid and (soon := identity_text.ending(known, io.catalogue)):
        io.say(soon)
    return identities.unlock(known, secret)


def _make(identities: Store, job: Job, secret: str | None, io: Output) -> Identity:
    from ...certificate.issue import holder_of

    made = identities.create(holder_of(job), datetime.now().astimezone(), secret)
    io.say(io.catalogue.text("cli.identity.made", name=made.name, id=made.id))
    io.say(identity_text.protection(made, io.catalogue))
    io.say(io.catalogue.text("cli.identity.remind", id=made.id))
    return made


def _document(made: Issued) -> dict[str, Any]:
    return {
        "file": str(made.path),
        "certificate_id": made.certificate_id,
        "results_sha256": made.results_sha256,
        "verdict": made.verdict.value,
        "draft": [reason.value for reason in made.draft],
        "signed": bool(made.fingerprint),
        "fingerprint": made.fingerprint,
        "timestamp": made.authority or "none",
    }


def _tell(made: Issued, io: Output) -> None:
    words = io.catalogue
    io.line(words.text("cli.certificate.written", file=str(made.path), number=made.certificate_id))
    io.line(words.of("verdict", made.verdict.value))
    for reason in made.draft:
        io.line(words.of("paper", "draft", reason.value))
    if made.fingerprint:
        io.line(words.text("cli.certificate.signed", fingerprint=identity_text.grouped(made.fingerprint)))
    if made.authority:
        io.line(words.text("cli.certificate.stamped", authority=made.authority))
