"""A certificate from a distributor: the key is made here and stays here, a request goes out, a chain comes back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from .. import files
from ..domain.plain import Mismatch, from_plain, to_plain
from ..errors import BadInput
from . import keys, leaf
from .holder import Holder
from .identity import KEY, META, Identity, Level, Status, Store

SCHEMA = "driftklar.request/1"
REQUEST = "request.csr"


@dataclass(frozen=True, slots=True)
class Note:
    """What is known of a request that waits for its answer. `replaces` is the identity that ends with the answer."""

    schema: str
    key_id: str
    made: datetime
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """A key that waits for a certificate."""

    folder: Path
    note: Note
    pem: bytes

    @property
    def id(self) -> str:
        return self.note.key_id[:8]


def request(store: Store, holder: Holder, now: datetime, passphrase: str | None, replaces: str = "") -> Request:
    """A new key and the request for its certificate (PKCS #10). Raises BadInput."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.serialization import Encoding

    key = keys.make()
    made = x509.CertificateSigningRequestBuilder(holder.subject())
    if holder.address:
        made = made.add_extension(x509.SubjectAlternativeName([x509.RFC822Name(holder.address)]), critical=False)
    pem = made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
    note = Note(SCHEMA, keys.identifier(key.public_key()), now, replaces)
    folder = _folder(store) / note.key_id[:8]
    files.write(folder / KEY, store.seal(key, passphrase))
    files.write(folder / META, json.dumps(to_plain(note), indent=1).encode())
    files.write(folder / REQUEST, pem)
    return Request(folder, note, pem)


def waiting(store: Store) -> tuple[Request, ...]:
    """Every request that has no answer yet, the newest first."""
    return tuple(sorted(_readable(_folder(store)), key=lambda found: found.note.made, reverse=True))


def install(store: Store, answer: Path, now: datetime) -> Identity:
    """Put the distributor's answer beside its key; what it replaces signs no more. Raises BadInput."""
    found, certificates = _matched(store, answer, now)
    made = store.keep(files.read(found.folder / KEY), certificates, Level.DISTRIBUTOR_ISSUED, now)
    for old in store.all():
        if old.id == found.note.replaces and old.is_active:
            store.end(old, Status.RETIRED, now)
    for name in (REQUEST, KEY, META):
        files.remove(found.folder / name)
    found.folder.rmdir()
    return made


def _matched(store: Store, answer: Path, now: datetime) -> tuple[Request, tuple[bytes, ...]]:
    """The request that a PEM file answers, and the chain of certificates in it. Raises BadInput."""
    from cryptography import x509

    try:
        certificates = x509.load_pem_x509_certificates(files.read(answer))
    except ValueError:
        raise BadInput("input.not-pem", file=answer.name) from None
    requests = {found.note.key_id: found for found in waiting(store)}
    for own in certificates:
        if keys.is_fit(own.public_key()) and (found := requests.get(keys.identifier(own.public_key()))):
            leaf.check(own, now)
            return found, leaf.upwards(own, certificates)
    raise BadInput("install.no-request", file=answer.name)


def _folder(store: Store) -> Path:
    return store.folder.with_name(f"{store.folder.name}-requested")


def _readable(folder: Path) -> Iterator[Request]:
    for inside in sorted(folder.glob("*/")):
        try:
            note = from_plain(Note, json.loads(files.read(inside / META)))
            yield Request(inside, note, files.read(inside / REQUEST))
        except (BadInput, Mismatch, ValueError):
            continue  # half written: no request went out
