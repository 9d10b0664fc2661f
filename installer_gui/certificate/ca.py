"""A distributor's certificate authority: one root key, and a register of whom it vouches for and whom no longer."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from .. import files
from ..domain.plain import Mismatch, from_plain, to_plain
from ..errors import BadInput
from . import ca_certificates, keys, trust_signature, vault
from .holder import Holder
from .pem import to_der
from .trust import SCHEMA as TRUST_SCHEMA
from .trust import Distributor, Pinned, Revoked

if TYPE_CHECKING:
    from .keys import SoftKey

SCHEMA = "driftklar.ca/1"
ROOT, KEY, REGISTER = "root.pem", "key.enc", "register.json"
T = TypeVar("T")
_NAMES = ("name", "organisation", "org_no", "email")
_HEX = re.compile(r"[0-9a-f]{8,64}")


@dataclass(frozen=True, slots=True)
class Entry:
    """A certificate that was issued; `pem` is itself, for who lost the file. `serial` is hex."""

    serial: str
    cert_sha256: str
    key_id: str
    name: str
    company: str
    issuer: str
    issued: datetime
    not_after: datetime
    pem: str


@dataclass(frozen=True, slots=True)
class Register:
    """All that the authority remembers; `seq` is that of the newest trust list."""

    schema: str
    name: str
    created: datetime
    seq: int = 0
    issued: tuple[Entry, ...] = ()
    pinned: tuple[Pinned, ...] = ()
    distributors: tuple[Distributor, ...] = ()
    tsa_roots: tuple[str, ...] = ()
    revoked: tuple[Revoked, ...] = ()


@dataclass(frozen=True, slots=True)
class Ca:
    """An authority in its folder. Every change is on disk before it is told."""

    folder: Path
    root: bytes
    register: Register

    def issue(
        self, request: bytes, holder: Holder, passphrase: str | None, now: datetime, days: int
    ) -> tuple[Ca, Entry]:
        """A certificate for the key of a request; `holder` is who was checked, its empty fields are the request's.

        Raises BadInput: no request, not fit, the key has one already, passphrase.
        """
        public, asked = ca_certificates.read_request(request)
        named = replace(asked, **{name: text for name in _NAMES if (text := getattr(holder, name))})
        if not named.is_named:
            raise BadInput("ca.no-name")
        key_id = keys.identifier(public)
        if known := next((e for e in self.register.issued if e.key_id == key_id), None):
            raise BadInput("ca.same-key", serial=known.serial, name=known.name)
        key = self.unlock(passphrase)
        made = ca_certificates.issue(self.root, key, public, named, now, timedelta(days=days))
        entry = Entry(**made, key_id=key_id, issued=now)
        return self.with_register(replace(self.register, issued=(*self.register.issued, entry))), entry

    def revoke(self, name: str, reason: str, at: datetime, since: datetime | None) -> tuple[Ca, Revoked]:
        """Vouch no longer for a certificate, by serial number, SHA-256 or the beginning of it. Raises BadInput."""
        wanted = _plain(name)
        issued = [e for e in self.register.issued if e.serial == wanted or _begins(e.cert_sha256, wanted)]
        pinned = [p for p in self.register.pinned if _begins(p.cert_sha256, wanted)]
        sha256 = _only([*(e.cert_sha256 for e in issued), *(p.cert_sha256 for p in pinned)], name)
        if any(r.cert_sha256 == sha256 for r in self.register.revoked):
            raise BadInput("ca.already-revoked", name=name)
        where = (issued[0].issuer, issued[0].serial) if issued else ("", "")
        entry = Revoked(sha256, _time(at), reason, *where, _time(since) if since else "")
        kept = tuple(p for p in self.register.pinned if p not in pinned)
        return self.with_register(replace(self.register, pinned=kept, revoked=(*self.register.revoked, entry))), entry

    def pinned(self, name: str) -> Pinned:
        """An enrolled signer by the SHA-256 or its beginning. Raises BadInput."""
        return _only([p for p in self.register.pinned if _begins(p.cert_sha256, _plain(name))], name)

    def trust_list(self, passphrase: str | None, now: datetime, valid: timedelta) -> tuple[Ca, bytes]:
        """The next edition of the list, signed. Raises BadInput: passphrase."""
        register = self.register
        own = Distributor(register.name, self.root.decode("ascii"))
        document: dict[str, Any] = {
            "schema": TRUST_SCHEMA,
            "seq": register.seq + 1,
            "issued": _time(now),
            "next_update": _time(now + valid),
            "distributors": to_plain((own, *register.distributors)),
            "pinned": to_plain(register.pinned),
            "tsa_roots": to_plain(register.tsa_roots),
            "revoked": to_plain(register.revoked),
        }
        signed = trust_signature.sign(document, to_der(self.root), self.unlock(passphrase))
        written = json.dumps(signed, ensure_ascii=False, indent=1).encode() + b"\n"
        return self.with_register(replace(register, seq=register.seq + 1)), written

    def unlock(self, passphrase: str | None) -> SoftKey:
        """The root's key. Raises BadInput."""
        key_id = ca_certificates.key_id(self.root)
        return keys.decode(vault.unseal(files.read(self.folder / KEY), key_id, self.folder, passphrase))

    def with_register(self, register: Register) -> Ca:
        """Keep a changed register. Raises BadInput."""
        files.write(self.folder / REGISTER, _encode(register))
        return replace(self, register=register)


def init(folder: Path, name: str, now: datetime, passphrase: str | None) -> Ca:
    """A new authority in an empty place. Raises BadInput: there is one, no passphrase, not writable."""
    if any(not files.missing(folder / part) for part in (ROOT, KEY, REGISTER)):
        raise BadInput("ca.exists", folder=str(folder))
    if not passphrase:
        raise BadInput("ca.passphrase-needed")
    if not Holder(name).is_named:
        raise BadInput("ca.no-name")
    key, root = ca_certificates.make_root(name, now)
    register = Register(SCHEMA, name, now)
    sealed = vault.seal(keys.encode(key), ca_certificates.key_id(root), folder, passphrase)
    for part, content in ((KEY, sealed), (REGISTER, _encode(register)), (ROOT, root)):
        files.write(folder / part, content)
    return Ca(folder, root, register)


def open_ca(folder: Path) -> Ca:
    """The authority that lies in a folder. Raises BadInput where there is none, or a damaged one."""
    if files.missing(folder / ROOT):
        raise BadInput("ca.none", folder=str(folder))
    try:
        register = from_plain(Register, json.loads(files.read(folder / REGISTER)))
    except (ValueError, Mismatch):
        raise BadInput("ca.damaged", file=str(folder / REGISTER)) from None
    if register.schema != SCHEMA:
        raise BadInput("ca.damaged", file=str(folder / REGISTER))
    return Ca(folder, files.read(folder / ROOT), register)


def _only(found: Sequence[T], name: str) -> T:
    if len(found) != 1:
        raise BadInput("ca.ambiguous" if found else "ca.unknown", name=name)
    return found[0]


def _plain(name: str) -> str:
    """A number however somebody grouped it."""
    return re.sub(r"[\s:]", "", name).lower().removeprefix("0x")


def _begins(sha256: str, wanted: str) -> bool:
    return bool(_HEX.fullmatch(wanted)) and sha256.startswith(wanted)


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _encode(register: Register) -> bytes:
    return json.dumps(to_plain(register), ensure_ascii=False, indent=1).encode()
