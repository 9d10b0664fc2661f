"""The list of signers that somebody vouches for: JSON of ours, or the certificates themselves in a PEM file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .. import files
from ..domain.plain import Mismatch, from_plain
from ..errors import BadInput, NotOurs

SCHEMA = "driftklar.trust/1"
KEY_COMPROMISE = "keyCompromise"
_HASH = re.compile(r"[0-9a-f]{64}")


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
    """A certificate that is no longer vouched for. The reason is one of RFC 5280's."""

    cert_sha256: str
    revoked_at: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TrustList:
    """Whom to trust. `seq` grows with every edition; unknown keys are an error, for they might take trust away."""

    schema: str = SCHEMA
    seq: int = 0
    issued: str = ""
    pinned: tuple[Pinned, ...] = ()
    revoked: tuple[Revoked, ...] = ()

    def pins(self, sha256: str) -> bool:
        return any(entry.cert_sha256 == sha256 for entry in self.pinned)

    def revocation(self, sha256: str) -> Revoked | None:
        return next((entry for entry in self.revoked if entry.cert_sha256 == sha256), None)


EMPTY = TrustList()


def load(path: Path) -> TrustList:
    """Read a trust list. Raises BadInput for a file that is not one."""
    raw = files.read(path)
    if b"-----BEGIN CERTIFICATE-----" in raw:
        return TrustList(pinned=tuple(_from_pem(raw, path.name)))
    try:
        made = from_plain(TrustList, json.loads(raw))
    except (ValueError, RecursionError):
        raise BadInput("trust.not-a-list", file=path.name) from None
    except Mismatch as mismatch:
        raise BadInput("trust.wrong", file=path.name, key=mismatch.key, expected=mismatch.expected) from None
    if made.schema != SCHEMA:
        raise NotOurs("trust.other-schema", file=path.name, schema=made.schema)
    return _normal(made, path.name)


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
    """Hashes as plain hex, however somebody grouped them."""
    pinned = tuple(
        Pinned(_hash(p.cert_sha256, f"pinned[{i}]", name), p.name, p.company, p.enrolled_by, p.date)
        for i, p in enumerate(made.pinned)
    )
    revoked = tuple(
        Revoked(_hash(r.cert_sha256, f"revoked[{i}]", name), r.revoked_at, r.reason) for i, r in enumerate(made.revoked)
    )
    return TrustList(made.schema, made.seq, made.issued, pinned, revoked)


def _hash(text: str, key: str, name: str) -> str:
    plain = re.sub(r"[\s:]", "", text).lower()
    if not _HASH.fullmatch(plain):
        raise BadInput("trust.wrong", file=name, key=f"{key}.cert_sha256", expected="SHA-256")
    return plain
