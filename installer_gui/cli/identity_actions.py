"""What can be done with the identities of this computer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import app as program
from .. import files
from ..errors import BadInput
from . import exits, identity_text, passphrase
from .render import Output

if TYPE_CHECKING:
    from ..certificate.enrolment import Request
    from ..certificate.holder import Holder
    from ..certificate.identity import Identity


def create(args: Any, io: Output) -> int:
    made = program.identities().create(_holder(args), _now(), _new_secret(args, io))
    _tell(made, io)
    io.say(io.catalogue.text("cli.identity.remind", id=made.id))
    return exits.PASSED


def show(args: Any, io: Output) -> int:
    from ..certificate import enrolment

    identities = program.identities()
    chosen = (identities.named(args.id),) if args.id else identities.all()
    if io.machine:
        io.document(identity_text.document(identities, chosen))
        return exits.PASSED
    for identity in chosen:
        identity_text.tell(identity, io)
    waiting = () if args.id else enrolment.waiting(identities)
    for request in waiting:
        io.line(io.catalogue.text("cli.identity.waiting", id=request.id, made=request.note.made))
    if not chosen and not waiting:
        io.line(io.catalogue.text("cli.identity.none"))
    return exits.PASSED


def export(args: Any, io: Output) -> int:
    identities = program.identities()
    chosen = identities.named(args.id) if args.id else identities.only()
    if args.output is not None:
        files.write(args.output, chosen.pem)
        io.say(io.catalogue.text("cli.identity.exported", file=str(args.output)))
    if io.machine:
        io.document(identity_text.document(identities, (chosen,)))
    elif args.output is None:
        io.raw(chosen.pem)
    return exits.PASSED


def request(args: Any, io: Output) -> int:
    from ..certificate import enrolment

    identities = program.identities()
    replaces = identities.named(args.replaces).id if args.replaces else ""
    made = enrolment.request(identities, _holder(args), _now(), _new_secret(args, io), replaces)
    _tell_request(made, args.output, io)
    return exits.PASSED


def install(args: Any, io: Output) -> int:
    from ..certificate import enrolment

    _tell(enrolment.install(program.identities(), args.file, _now()), io)
    return exits.PASSED


def take_in(args: Any, io: Output) -> int:
    if (args.file is None) == (args.pkcs11 is None):
        raise BadInput("import.which")
    made = _from_token(args, io) if args.pkcs11 else _from_file(args, io)
    if made is None:
        return exits.USAGE
    _tell(made, io)
    return exits.PASSED


def backup(args: Any, io: Output) -> int:
    from ..certificate import pkcs12
    from ..certificate.keys import SoftKey

    identities = program.identities()
    chosen = identities.named(args.id) if args.id else identities.only()
    key = identities.unlock(chosen, _old_secret(chosen, args, io)).key
    if not isinstance(key, SoftKey):
        raise BadInput("backup.token", name=chosen.id)
    password = passphrase.given_password(args) or passphrase.choose_required(io.catalogue) or ""
    files.write(args.output, pkcs12.backup(chosen, key, password))
    io.say(io.catalogue.text("cli.identity.backed-up", file=str(args.output)))
    return exits.PASSED


def rotate(args: Any, io: Output) -> int:
    from ..certificate import enrolment
    from ..certificate.identity import Level, Status

    identities = program.identities()
    old = identities.named(args.id) if args.id else identities.only()
    if not old.is_active:
        raise BadInput("identity.ended", name=old.id)
    if old.meta.level is not Level.SELF_ISSUED:
        made = enrolment.request(identities, old.holder, _now(), _new_secret(args, io), old.id)
        _tell_request(made, args.output, io)
        return exits.PASSED
    new = identities.create(old.holder, _now(), _new_secret(args, io))
    identities.end(old, Status.RETIRED, _now())
    _tell(new, io)
    io.say(io.catalogue.text("cli.identity.retired", id=old.id))
    return exits.PASSED


def revoke(args: Any, io: Output) -> int:
    from ..certificate.identity import Status

    identities = program.identities()
    ended = identities.end(identities.named(args.id), Status.REVOKED, _now())
    _tell(ended, io)
    io.say(io.catalogue.text("cli.identity.revoked", fingerprint=identity_text.grouped(ended.fingerprint)))
    return exits.PASSED


ALL: Mapping[str, Callable[[Any, Output], int]] = {
    "create": create,
    "show": show,
    "export": export,
    "request": request,
    "install": install,
    "import": take_in,
    "backup": backup,
    "rotate": rotate,
    "revoke": revoke,
}


def _from_file(args: Any, io: Output) -> Identity | None:
    from ..certificate import pkcs12

    raw, password = files.read(args.file), passphrase.given_password(args)
    try:
        found = pkcs12.read(raw, password, _now(), args.file.name)
    except BadInput as error:
        if error.code != "import.password-needed":
            raise
        if (password := passphrase.ask_password(io.catalogue, args.file.name)) is None:
            raise
        found = pkcs12.read(raw, password, _now(), args.file.name)
    if not _is_mine(found.holder, found.issuer, args, io):
        return None
    return pkcs12.take_in(program.identities(), found, _now(), _new_secret(args, io))


def _from_token(args: Any, io: Output) -> Identity | None:
    from ..certificate import token, token_identity

    pin = passphrase.given(args) or passphrase.ask(io.catalogue)
    if not pin:
        raise BadInput("token.pin-needed", token=args.token or args.pkcs11)
    found = token_identity.choose(token.certificates(args.pkcs11, args.token, pin), args.certificate, _now())
    if not _is_mine(found.holder, found.issuer, args, io):
        return None
    return token_identity.take_in(program.identities(), found, _now())


def _is_mine(holder: Holder, issuer: str, args: Any, io: Output) -> bool:
    """Whose identity it is stands there before it signs for anybody; at a terminal it is asked."""
    words = io.catalogue
    who = ", ".join(filter(None, (holder.name, holder.organisation)))
    io.say(words.text("cli.identity.found", name=who, issuer=issuer))
    if args.yes or not sys.stdin.isatty():
        return True
    io.say(words.text("cli.identity.is-it-you"))
    return input().strip().lower() in ("j", "ja", "y", "yes")


def _tell(identity: Identity, io: Output) -> None:
    if io.machine:
        io.document(identity_text.document(program.identities(), (identity,)))
    else:
        identity_text.tell(identity, io)


def _tell_request(made: Request, output: Path | None, io: Output) -> None:
    if output is not None:
        files.write(output, made.pem)
        io.say(io.catalogue.text("cli.identity.requested", file=str(output)))
    if io.machine:
        io.document(identity_text.request(made))
    elif output is None:
        io.raw(made.pem)
    io.say(io.catalogue.text("cli.identity.request-words", words=identity_text.spoken(made.note.key_id)))


def _holder(args: Any) -> Holder:
    from ..certificate.holder import Holder

    return Holder(args.name, args.company, args.org_no, args.email)


def _new_secret(args: Any, io: Output) -> str | None:
    """The passphrase under which a key is put away, if it is to be one."""
    from ..certificate.vault import keychain

    secret = passphrase.given(args)
    return passphrase.choose(io.catalogue) if secret is None and keychain() is None else secret


def _old_secret(identity: Identity, args: Any, io: Output) -> str | None:
    from ..certificate.vault import Protection

    secret = passphrase.given(args)
    asked = (Protection.PASSPHRASE, Protection.TOKEN)
    return passphrase.ask(io.catalogue) if secret is None and identity.meta.protection in asked else secret


def _now() -> datetime:
    return datetime.now().astimezone()
