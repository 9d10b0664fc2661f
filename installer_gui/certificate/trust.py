"""The list of signers that somebody vouches for: JSON of ours, or the certificates themselves in a PEM file.

A list that reaches further than single certificates (a distributor's root, a timestamp server's) must be signed by
the distributor's key, and so must one that says that it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path

from .. import files
from ..domain.plain import Mismatch, from_plain
from ..errors import BadInput, NotOurs
from . import trust_signature
from .trust_signature import Signature

SCHEMA = "driftklar.trust/1"
KEY_COMPROMISE = "keyCompromise"
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Distributor:
    """A root whose installers are vouched for; only of these organisations and between these times, where said."""

    name: str
    root_cert: str
    organisations: tuple[str, ...] = ()
    valid_from: str = ""
    valid_to: str = ""


@dataclass(frozen=True, slots=True)
class Pinned:
    """A signer's certificate, by its SHA-256, and who enrolled it when."""

    cert_sha256: str
    name: str = ""
    company: str = ""
    enrolled_by: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Revoked:
    """A certificate that is no longer vouched for. The reason is one of RFC 5280's.

    `issuer` (RFC 4514) and `serial` (hex) count too: one certificate can be written in more ways than one.
    """

    cert_sha256: str
    revoked_at: str = ""
    reason: str = ""
    issuer: str = ""
    serial: str = ""
    compromised_since: str = ""

    @property
    def is_lost(self) -> bool:
        """Somebody else may have the key."""
        return self.reason == KEY_COMPROMISE

    @property
    def since(self) -> datetime | None:
        """From when on its signatures do not count; None for always."""
        text = (self.compromised_since if self.is_lost else "") or self.revoked_at
        return moment(text) if text else None


@dataclass(frozen=True, slots=True)
class TrustList:
    """Whom to trust. `seq` grows with every edition; unknown keys are an error, for they might take trust away."""

    schema: str = SCHEMA
    seq: int = 0
    issued: str = ""
    next_update: str = ""
    distributors: tuple[Distributor, ...] = ()
    pinned: tuple[Pinned, ...] = ()
    tsa_roots: tuple[str, ...] = ()
    revoked: tuple[Revoked, ...] = ()
    signature: Signature | None = None

    def pins(self, sha256: str) -> bool:
        return any(entry.cert_sha256 == sha256 for entry in self.pinned)

    def is_old(self, now: datetime) -> bool:
        return bool(self.next_update) and now > moment(self.next_update)


EMPTY = TrustList()


def load(path: Path, root: Path | None = None) -> TrustList:
    """Read a trust list; `root` is the certificate that must have signed it. Raises BadInput for what is none."""
    raw = files.read(path)
    if root is None and b"-----BEGIN CERTIFICATE-----" in raw and not raw.lstrip().startswith(b"{"):
        return TrustList(pinned=tuple(_from_pem(raw, path.name)))
    try:
        document = json.loads(raw)
        made = from_plain(TrustList, document)
    except (ValueError, RecursionError):
        raise BadInput("trust.not-a-list", file=path.name) from None
    except Mismatch as mismatch:
        raise BadInput("trust.wrong", file=path.name, key=mismatch.key, expected=mismatch.expected) from None
    if made.schema != SCHEMA:
        raise NotOurs("trust.other-schema", file=path.name, schema=made.schema)
    _check_signature(made, document, path.name, root)
    return _normal(made, path.name)


def moment(text: str) -> datetime:
    """A time with its offset, or the beginning of a day in UTC. ValueError for anything else."""
    if "T" in text:
        made = datetime.fromisoformat(text)
        if made.tzinfo is None:
            raise ValueError(text)
        return made
    return datetime.combine(date.fromisoformat(text), time(), UTC)


def _check_signature(made: TrustList, document: object, name: str, root: Path | None) -> None:
    if made.signature is None:
        if root is not None or made.distributors or made.tsa_roots or made.next_update:
            raise BadInput("trust.not-signed", file=name)
        return
    if not trust_signature.holds(made.signature, document):
        raise BadInput("trust.altered", file=name)
    if root is not None and trust_signature.fingerprint(made.signature) != _root(root):
        raise BadInput("trust.other-signer", file=name, root=root.name)


def _root(path: Path) -> str:
    found = [*_from_pem(files.read(path), path.name)]
    if len(found) != 1:
        raise BadInput("input.not-pem", file=path.name)
    return found[0].cert_sha256


def _from_pem(raw: bytes, name: str) -> Iterator[Pinned]:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes

    try:
        certificates = x509.load_pem_x509_certificates(raw)
    except ValueError:
        raise BadInput("input.not-pem", file=name) from None
    for certificate in certificates:
        yield Pinned(certificate.fingerprint(hashes.SHA256()).hex())


def _normal(made: TrustList, name: str) -> TrustList:
    """Hashes as plain hex, however somebody grouped them, and nothing that would be found wrong only later."""
    for key in ("issued", "next_update"):
        _check_time(getattr(made, key), key, name)
    for i, d in enumerate(made.distributors):
        _check_root(d.root_cert, f"distributors[{i}].root_cert", name)
        _check_time(d.valid_from, f"distributors[{i}].valid_from", name)
        _check_time(d.valid_to, f"distributors[{i}].valid_to", name)
    for i, pem in enumerate(made.tsa_roots):
        _check_root(pem, f"tsa_roots[{i}]", name)
    for i, r in enumerate(made.revoked):
        _check_time(r.revoked_at, f"revoked[{i}].revoked_at", name)
        _check_time(r.compromised_since, f"revoked[{i}].compromised_since", name)
    pinned = (replace(p, cert_sha256=_hash(p.cert_sha256, f"pinned[{i}]", name)) for i, p in enumerate(made.pinned))
    revoked = (replace(r, cert_sha256=_hash(r.cert_sha256, f"revoked[{i}]", name)) for i, r in enumerate(made.revoked))
    return replace(made, pinned=tuple(pinned), revoked=tuple(revoked))


def _check_time(text: str, key: str, name: str) -> None:
    try:
        if text:
            moment(text)
    except ValueError:
        raise BadInput("trust.wrong", file=name, key=key, expected="2026-11-25T12:00:00+00:00") from None


def _check_root(pem: str, key: str, name: str) -> None:
    from cryptography import x509

    try:
        x509.load_pem_x509_certificate(pem.encode())
    except ValueError:
        raise BadInput("trust.wrong", file=name, key=key, expected="PEM") from None


def _hash(text: str, key: str, name: str) -> str:
    plain = re.sub(r"[\s:]", "", text).lower()
    if not _HASH.fullmatch(plain):
        raise BadInput("trust.wrong", file=name, key=f"{key}.cert_sha256", expected="SHA-256")
    return plain
