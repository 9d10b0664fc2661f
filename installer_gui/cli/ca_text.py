"""A distributor's authority in words and as JSON (`driftklar.ca/1`). No key is ever part of it."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ..domain.plain import to_plain
from .identity_text import grouped, spoken
from .render import Output

if TYPE_CHECKING:
    from ..certificate.ca import Ca, Entry


def document(ca: Ca, now: datetime, only: Entry | None = None) -> dict[str, Any]:
    """The register; with `only` of all certificates that one."""
    register = ca.register
    issued = (only,) if only else register.issued
    return {
        "schema": "driftklar.ca/1",
        "folder": str(ca.folder),
        "name": register.name,
        "root_sha256": _root(ca),
        "root_pem": ca.root.decode("ascii"),
        "seq": register.seq,
        "issued": [_issued(ca, entry, now) for entry in issued],
        "pinned": to_plain(register.pinned),
        "revoked": to_plain(register.revoked),
    }


def tell_root(ca: Ca, io: Output) -> None:
    words, root = io.catalogue, _root(ca)
    io.line(words.text("cli.ca.root", name=ca.register.name, folder=str(ca.folder)))
    io.line(f"  {words.text('cli.identity.fingerprint', fingerprint=grouped(root))}", 2)
    io.line(f"  {words.text('cli.identity.words', words=spoken(root))}", 2)


def tell_register(ca: Ca, io: Output, now: datetime) -> None:
    words, register = io.catalogue, ca.register
    io.line(words.text("cli.ca.seq", seq=register.seq))
    rows = [
        (
            entry.cert_sha256[:8],
            words.of("cli.ca.status", _status(ca, entry, now)),
            words.show(entry.not_after.date()),
            ", ".join(filter(None, (entry.name, entry.company))),
        )
        for entry in register.issued
    ]
    pinned = words.text("cli.ca.pinned")
    rows += [(p.cert_sha256[:8], pinned, "", ", ".join(filter(None, (p.name, p.company)))) for p in register.pinned]
    if rows:
        io.table(rows)


def _issued(ca: Ca, entry: Entry, now: datetime) -> dict[str, Any]:
    shown = {key: value for key, value in to_plain(entry).items() if key != "key_id"}
    return shown | {"status": _status(ca, entry, now)}


def _status(ca: Ca, entry: Entry, now: datetime) -> str:
    if any(revoked.cert_sha256 == entry.cert_sha256 for revoked in ca.register.revoked):
        return "revoked"
    return "expired" if now > entry.not_after else "valid"


def _root(ca: Ca) -> str:
    from ..certificate.pem import to_der

    return hashlib.sha256(to_der(ca.root)).hexdigest()
