"""Whether a certificate leads up to somebody who is trusted, at a time (RFC 5280, 6.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from asn1crypto import x509
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.authority import CertTrustAnchor
from pyhanko_certvalidator.errors import PathError, ValidationError
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.validate import validate_path

from .holder import named_in
from .pem import to_der
from .trust import Distributor, Revoked, TrustList, moment

_UNDERSTOOD = {"key_usage", "extended_key_usage", "basic_constraints"}
_SIGNING = {"digital_signature", "non_repudiation"}
_TIME_STAMPING = "time_stamping"


@dataclass(frozen=True, slots=True)
class Path:
    """The certificates from the signer's to one that the list names, whose that is, and until when the list says so."""

    certificates: tuple[x509.Certificate, ...]
    distributor: str = ""
    until: datetime | None = None

    @property
    def begins(self) -> datetime:
        """When the youngest of them begins to be valid."""
        begins: datetime = max(certificate.not_valid_before for certificate in self.certificates)
        return begins

    @property
    def ends(self) -> datetime:
        """When the first of them ends, or what the list says of them."""
        ends: datetime = min(certificate.not_valid_after for certificate in self.certificates)
        return min(ends, self.until or ends)


def of_signer(chain: Sequence[x509.Certificate], trust: TrustList, at: datetime) -> Path | None:
    """The way from a signer to the list: the certificate itself, or a distributor's root. `chain` goes upwards."""
    own: Any = chain[0]
    if trust.pins(own.sha256.hex()):
        return Path((own,))
    if own.ca or not _may_sign(own):
        return None
    for distributor in trust.distributors:
        root = _certificate(distributor.root_cert)
        if _is_allowed(own, distributor, at) and (found := _upwards(chain, root)):
            return Path(found, distributor.name, moment(distributor.valid_to) if distributor.valid_to else None)
    return None


def of_time_server(chain: Sequence[x509.Certificate], trust: TrustList) -> Path | None:
    """The same for the certificate of a timestamp server, which must be made for that alone."""
    usage = chain[0].extended_key_usage_value
    if usage is None or usage.native != [_TIME_STAMPING]:
        return None
    ways = (_upwards(chain, _certificate(root)) for root in trust.tsa_roots)
    return next((Path(found) for found in ways if found), None)


def revocations(path: Sequence[x509.Certificate], trust: TrustList) -> Iterator[Revoked]:
    """The entries about any certificate of a path."""
    for certificate in path:
        yield from (entry for entry in trust.revoked if _is_meant(entry, certificate))


def _upwards(chain: Sequence[x509.Certificate], root: x509.Certificate) -> tuple[x509.Certificate, ...]:
    """The part of the chain below the root, and the root; () where it does not lead there."""
    below = [*chain]
    if root in below:
        below = below[: below.index(root)]
    if not below or below[-1].issuer.dump() != root.subject.dump():
        return ()
    return (*below, root) if _leads(tuple(c.dump() for c in below), root.dump()) else ()


@lru_cache(maxsize=512)
def _leads(below: tuple[bytes, ...], root_der: bytes) -> bool:
    """At the time when the youngest of them begins; whether a signature lies in their time is asked elsewhere."""
    root, (own, *between) = x509.Certificate.load(root_der), map(x509.Certificate.load, below)
    begins = max(certificate.not_valid_before for certificate in (root, own, *between))
    context = ValidationContext(trust_roots=[root], moment=begins, allow_fetching=False)
    try:
        validate_path(context, ValidationPath(CertTrustAnchor(root), between[::-1], own))
    except (PathError, ValidationError):
        return False
    return True


def _may_sign(own: x509.Certificate) -> bool:
    usage = own.key_usage_value
    return set(own.critical_extensions or ()) <= _UNDERSTOOD and (usage is None or bool(_SIGNING & usage.native))


def _is_allowed(own: x509.Certificate, distributor: Distributor, at: datetime) -> bool:
    organisation = own.subject.native.get("organization_name", "")
    if distributor.organisations and organisation not in distributor.organisations:
        return False
    begins, ends = distributor.valid_from, distributor.valid_to
    return not (begins and at < moment(begins)) and not (ends and at > moment(ends))


def _is_meant(entry: Revoked, certificate: x509.Certificate) -> bool:
    if entry.cert_sha256 == certificate.sha256.hex():
        return True
    if not entry.serial or not entry.issuer:
        return False
    return int(entry.serial, 16) == certificate.serial_number and entry.issuer == issuer_of(certificate.dump())


def names_of(certificate: x509.Certificate) -> tuple[str, str]:
    """The person and the organisation, read as when an identity is made."""
    from cryptography.x509 import load_der_x509_certificate

    holder = named_in(load_der_x509_certificate(certificate.dump()))
    return holder.name, holder.organisation


def issuer_of(der: bytes) -> str:
    """The issuer's name as trust lists write it (RFC 4514)."""
    from cryptography.x509 import load_der_x509_certificate

    return load_der_x509_certificate(der).issuer.rfc4514_string()


@cache
def _certificate(text: str) -> x509.Certificate:
    return x509.Certificate.load(to_der(text.encode()))
