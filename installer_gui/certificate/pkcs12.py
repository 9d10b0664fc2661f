"""Identities in PKCS #12 files: taken in from somewhere else, and written as a backup."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ..errors import BadInput
from . import keys, leaf
from .holder import Holder, attribute, named_in
from .identity import Identity, Level, Store
from .keys import SoftKey

if TYPE_CHECKING:
    from .keys import Private

SHORTEST = 12  # characters of a backup's password


@dataclass(frozen=True, slots=True)
class Found:
    """A key with its certificates (DER, upwards), checked but not taken in yet. `issuer` vouches for the name."""

    private: Private
    certificates: tuple[bytes, ...]
    holder: Holder
    issuer: str
    self_issued: bool


def read(raw: bytes, password: str | None, now: datetime, name: str) -> Found:
    """What a file holds. Raises BadInput: wrong password, no key, not fit to sign, not valid now."""
    from cryptography.hazmat.primitives.serialization import pkcs12

    try:
        key, own, others = pkcs12.load_key_and_certificates(raw, password.encode() if password else None)
    except ValueError:
        raise BadInput("import.cannot-open" if password else "import.password-needed", file=name) from None
    if key is None or own is None:
        raise BadInput("import.no-key", file=name)
    private = keys.fit(key)
    if keys.identifier(private.public_key()) != keys.identifier(own.public_key()):
        raise BadInput("import.other-key", file=name)
    leaf.check(own, now)
    issuer = attribute(own.issuer, "CN")
    return Found(private, leaf.upwards(own, others), named_in(own), issuer, own.issuer == own.subject)


def take_in(store: Store, what: Found, now: datetime, passphrase: str | None) -> Identity:
    """Make it an identity of this computer. Raises BadInput when it cannot be kept."""
    level = Level.SELF_ISSUED if what.self_issued else Level.IMPORTED
    return store.keep(store.seal(what.private, passphrase), what.certificates, level, now)


def backup(identity: Identity, key: SoftKey, password: str) -> bytes:
    """The identity as a file. Raises BadInput for a password that is too short."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

    if len(password) < SHORTEST:
        raise BadInput("backup.short-password", characters=SHORTEST)
    own, *upper = map(x509.load_der_x509_certificate, identity.certificates)
    encryption = BestAvailableEncryption(password.encode())
    return pkcs12.serialize_key_and_certificates(identity.name.encode(), key.private, own, upper or None, encryption)
