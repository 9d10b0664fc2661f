"""Signing identities: folders with a certificate, an encrypted key and what is known of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from .. import files
from ..domain.plain import Mismatch, from_plain, to_plain
from ..errors import BadInput
from . import keys, selfissued, vault
from .holder import Holder, attribute, named_in
from .keys import SoftKey
from .pem import to_pem
from .vault import Protection

if TYPE_CHECKING:
    from .keys import Key, Private

SCHEMA = "driftklar.identity/1"
CERTIFICATE, CHAIN, KEY, TOKEN, META = "cert.pem", "chain.pem", "key.enc", "token.json", "meta.json"


class Level(StrEnum):
    """Who vouches for the name in a certificate."""

    SELF_ISSUED = "self-issued"
    DISTRIBUTOR_ISSUED = "distributor-issued"
    IMPORTED = "imported"


class Status(StrEnum):
    """Whether an identity may still sign. What it has signed stays as it is."""

    ACTIVE = "active"
    RETIRED = "retired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Meta:
    """What stands in meta.json beside the certificate. `key_id` is the SHA-256 of the public key."""

    schema: str
    level: Level
    protection: Protection
    created: datetime
    fingerprint: str
    key_id: str
    status: Status = Status.ACTIVE
    ended: datetime | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """A signing identity without its key. `fingerprint` is the certificate's SHA-256 in hex, `id` its beginning.

    `certificates` are in DER: the own one, its issuer's and so on.
    """

    id: str
    folder: Path
    holder: Holder
    issuer: str
    not_before: datetime
    not_after: datetime
    meta: Meta
    certificates: tuple[bytes, ...] = field(repr=False)

    @property
    def name(self) -> str:
        return self.holder.name

    @property
    def organisation(self) -> str:
        return self.holder.organisation

    @property
    def der(self) -> bytes:
        return self.certificates[0]

    @property
    def fingerprint(self) -> str:
        return self.meta.fingerprint

    @property
    def is_active(self) -> bool:
        return self.meta.status is Status.ACTIVE

    @property
    def pem(self) -> bytes:
        """The public certificate, to send to whoever keeps a trust list."""
        return to_pem(self.der)

    def days_left(self, now: datetime) -> int:
        """Until the certificate ends; negative after that."""
        return (self.not_after - now).days


@dataclass(frozen=True, slots=True)
class Unlocked:
    """An identity and its key, for the moment of signing."""

    identity: Identity
    key: Key = field(repr=False)


@dataclass(frozen=True, slots=True)
class Store:
    """Where identities lie (`folder`), and where their wrapping keys do if only file permissions protect them (`keys`).

    Those of simulated sites have a folder of their own beside it.
    """

    folder: Path
    keys: Path

    @property
    def demo_folder(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}-demo")

    def create(self, holder: Holder, now: datetime, passphrase: str | None = None) -> Identity:
        """Make a self-issued identity. Raises BadInput when it cannot be kept."""
        from cryptography.hazmat.primitives.serialization import Encoding

        key, certificate = selfissued.make(holder, now)
        own = (certificate.public_bytes(Encoding.DER),)
        return self.keep(self.seal(key, passphrase), own, Level.SELF_ISSUED, now, holder.demo)

    def seal(self, private: Private, passphrase: str | None) -> bytes:
        """The key as it is kept. Raises BadInput when it cannot be."""
        return vault.seal(keys.encode(private), keys.identifier(private.public_key()), self.keys, passphrase)

    def keep(
        self, sealed: bytes, certificates: Sequence[bytes], level: Level, now: datetime, demo: bool = False
    ) -> Identity:
        """Put a sealed key and its certificates on disk; an identity is there once its last file is."""
        return self.add({KEY: sealed}, vault.read(sealed).protection, certificates, level, now, demo)

    def add(
        self, secrets: dict[str, bytes], protection: Protection, certificates: Sequence[bytes],
        level: Level, now: datetime, demo: bool = False,
    ) -> Identity:  # fmt: skip
        """The same for any kind of secret, by file name."""
        meta = _meta(certificates[0], level, protection, now)
        folder = (self.demo_folder if demo else self.folder) / meta.fingerprint[:8]
        own, *upper = map(to_pem, certificates)
        for name, content in secrets.items():
            files.write(folder / name, content)
        files.write(folder / CHAIN, b"".join(upper))
        files.write(folder / META, _encode(meta))
        files.write(folder / CERTIFICATE, own)
        return _load(folder)

    def all(self) -> tuple[Identity, ...]:
        """Every identity that can be read, the newest first."""
        readable = (*_readable(self.folder), *_readable(self.demo_folder))
        return tuple(sorted(readable, key=lambda identity: identity.meta.created, reverse=True))

    def named(self, identity_id: str) -> Identity:
        """One by its id. Raises BadInput when there is none."""
        for identity in self.all():
            if identity.id == identity_id:
                return identity
        raise BadInput("identity.unknown", name=identity_id)

    def only(self) -> Identity:
        """The one that may sign. Raises BadInput when there is none or more than one."""
        known = [identity for identity in self.all() if identity.is_active]
        if len(known) != 1:
            raise BadInput("identity.choose" if known else "identity.none", known=", ".join(i.id for i in known))
        return known[0]

    def of(self, holder: Holder, at: datetime | None = None) -> Identity | None:
        """This person's identity that may sign: one that somebody else vouches for, else the newest.

        With a time only one that has not ended by then.
        """
        wanted = (holder.common_name, holder.organisation_name, holder.demo)
        own = [i for i in self.all() if i.is_active and (i.name, i.organisation, self.is_demo(i)) == wanted]
        own = [i for i in own if at is None or at <= i.not_after]
        return next((i for i in own if i.meta.level is not Level.SELF_ISSUED), own[0] if own else None)

    def is_demo(self, identity: Identity) -> bool:
        return identity.folder.parent == self.demo_folder

    def unlock(self, identity: Identity, passphrase: str | None = None) -> Unlocked:
        """Fetch the key; a token's PIN stands for the passphrase.

        Raises BadInput: ended, passphrase needed or wrong, keychain refused, no token, damaged.
        """
        if not identity.is_active:
            raise BadInput("identity.ended", name=identity.id)
        if identity.meta.protection is Protection.TOKEN:
            from . import token

            return Unlocked(identity, token.open_key(files.read(identity.folder / TOKEN), passphrase))
        return Unlocked(identity, self.open(files.read(identity.folder / KEY), identity.meta.key_id, passphrase))

    def open(self, sealed: bytes, key_id: str, passphrase: str | None) -> SoftKey:
        """A sealed key in clear. Raises BadInput."""
        return keys.decode(vault.unseal(sealed, key_id, self.keys, passphrase))

    def end(self, identity: Identity, status: Status, now: datetime) -> Identity:
        """Sign never again: say so, then destroy the key. Certificates that were signed stay valid. Raises BadInput."""
        meta = replace(identity.meta, status=status, ended=now)
        files.write(identity.folder / META, _encode(meta))
        files.remove(identity.folder / KEY)
        files.remove(identity.folder / TOKEN)
        if not any(i.is_active and i.meta.key_id == meta.key_id for i in self.all()):
            vault.forget(meta.key_id, self.keys)
        return replace(identity, meta=meta)


def _meta(der: bytes, level: Level, protection: Protection, now: datetime) -> Meta:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes

    certificate = x509.load_der_x509_certificate(der)
    fingerprint = certificate.fingerprint(hashes.SHA256()).hex()
    return Meta(SCHEMA, level, protection, now, fingerprint, keys.identifier(certificate.public_key()))


def _encode(meta: Meta) -> bytes:
    return json.dumps(to_plain(meta), indent=1).encode()


def _readable(folder: Path) -> Iterator[Identity]:
    for inside in sorted(folder.glob("*/")):
        try:
            yield _load(inside)
        except (BadInput, Mismatch, ValueError):
            continue  # a folder that is half written or damaged is no identity


def _load(folder: Path) -> Identity:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.serialization import Encoding

    own = x509.load_pem_x509_certificate(files.read(folder / CERTIFICATE))
    upper = files.read(folder / CHAIN)
    chain = (own, *(x509.load_pem_x509_certificates(upper) if upper else ()))
    meta = from_plain(Meta, json.loads(files.read(folder / META)))
    if meta.schema != SCHEMA or meta.fingerprint != own.fingerprint(hashes.SHA256()).hex():
        raise BadInput("identity.damaged")
    return Identity(
        id=meta.fingerprint[:8],
        folder=folder,
        holder=named_in(own),
        issuer=attribute(own.issuer, "CN"),
        not_before=own.not_valid_before_utc,
        not_after=own.not_valid_after_utc,
        meta=meta,
        certificates=tuple(certificate.public_bytes(Encoding.DER) for certificate in chain),
    )
