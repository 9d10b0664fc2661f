"""Signing identities: folders with a certificate, an encrypted key and what is known of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from .. import files
from ..domain.plain import Mismatch, from_plain, to_plain
from ..errors import BadInput
from . import selfissued, vault
from .selfissued import Holder
from .vault import Protection

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.x509 import Certificate

CERTIFICATE, KEY, META = "cert.pem", "key.enc", "meta.json"


class Level(StrEnum):
    """Who vouches for the name in a certificate."""

    SELF_ISSUED = "self-issued"


@dataclass(frozen=True, slots=True)
class Meta:
    """What stands in meta.json beside the certificate."""

    schema: str
    level: Level
    protection: Protection
    created: datetime
    fingerprint: str


SCHEMA = "driftklar.identity/1"


@dataclass(frozen=True, slots=True)
class Identity:
    """A signing identity without its key. `fingerprint` is the certificate's SHA-256 in hex, `id` its beginning."""

    id: str
    folder: Path
    name: str
    organisation: str
    not_before: datetime
    not_after: datetime
    meta: Meta
    der: bytes = field(repr=False)

    @property
    def fingerprint(self) -> str:
        return self.meta.fingerprint

    @property
    def pem(self) -> bytes:
        """The public certificate, to send to whoever keeps a trust list."""
        from cryptography import x509
        from cryptography.hazmat.primitives.serialization import Encoding

        return x509.load_der_x509_certificate(self.der).public_bytes(Encoding.PEM)


@dataclass(frozen=True, slots=True)
class Unlocked:
    """An identity and its key, for the moment of signing."""

    identity: Identity
    key: EllipticCurvePrivateKey = field(repr=False)


@dataclass(frozen=True, slots=True)
class Store:
    """Where identities lie (`folder`), and where their wrapping keys do if only file permissions protect them.

    Those of simulated sites have a folder of their own beside it.
    """

    folder: Path
    keys: Path

    @property
    def demo_folder(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}-demo")

    def create(self, holder: Holder, now: datetime, passphrase: str | None = None) -> Identity:
        """Make a self-issued identity. Raises BadInput when it cannot be kept."""
        from cryptography.hazmat.primitives import hashes, serialization

        key, certificate = selfissued.make(holder, now)
        fingerprint = certificate.fingerprint(hashes.SHA256()).hex()
        secret = key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        sealed = vault.seal(secret, fingerprint, self.keys, passphrase)
        meta = Meta(SCHEMA, Level.SELF_ISSUED, vault.read(sealed).protection, now, fingerprint)
        folder = (self.demo_folder if holder.demo else self.folder) / fingerprint[:8]
        files.write(folder / KEY, sealed)
        files.write(folder / META, json.dumps(to_plain(meta), indent=1).encode())
        files.write(folder / CERTIFICATE, certificate.public_bytes(serialization.Encoding.PEM))
        return _identity(folder, certificate, meta)

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
        """The one that there is. Raises BadInput when there is none or more than one."""
        known = self.all()
        if len(known) != 1:
            raise BadInput("identity.choose" if known else "identity.none", known=", ".join(i.id for i in known))
        return known[0]

    def of(self, holder: Holder) -> Identity | None:
        """The newest identity of this person and company."""
        wanted = (holder.common_name, holder.organisation_name, holder.demo)
        return next((i for i in self.all() if (i.name, i.organisation, self.is_demo(i)) == wanted), None)

    def is_demo(self, identity: Identity) -> bool:
        return identity.folder.parent == self.demo_folder

    def unlock(self, identity: Identity, passphrase: str | None = None) -> Unlocked:
        """Fetch the key. Raises BadInput: passphrase needed or wrong, keychain refused, damaged."""
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

        secret = vault.unseal(files.read(identity.folder / KEY), identity.fingerprint, self.keys, passphrase)
        key = serialization.load_der_private_key(secret, None)
        if not isinstance(key, EllipticCurvePrivateKey):
            raise BadInput("identity.damaged")
        return Unlocked(identity, key)


def _readable(folder: Path) -> Iterator[Identity]:
    for inside in sorted(folder.glob("*/")):
        try:
            yield _load(inside)
        except (BadInput, Mismatch, ValueError):
            continue  # a folder that is half written or damaged is no identity


def _load(folder: Path) -> Identity:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes

    certificate = x509.load_pem_x509_certificate(files.read(folder / CERTIFICATE))
    meta = from_plain(Meta, json.loads(files.read(folder / META)))
    if meta.schema != SCHEMA or meta.fingerprint != certificate.fingerprint(hashes.SHA256()).hex():
        raise BadInput("identity.damaged")
    return _identity(folder, certificate, meta)


def _identity(folder: Path, certificate: Certificate, meta: Meta) -> Identity:
    from cryptography.hazmat.primitives.serialization import Encoding

    return Identity(
        id=meta.fingerprint[:8],
        folder=folder,
        name=_attribute(certificate, "CN"),
        organisation=_attribute(certificate, "O"),
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        meta=meta,
        der=certificate.public_bytes(Encoding.DER),
    )


def _attribute(certificate: Certificate, name: str) -> str:
    return next((str(a.value) for a in certificate.subject if a.rfc4514_attribute_name == name), "")
