"""Whom else an authority's trust list names: signers of their own, timestamp servers, other distributors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from ..errors import BadInput
from .ca import Ca
from .holder import attribute, named_in
from .trust import Distributor, Pinned


def changed(
    ca: Ca,
    pins: Iterable[bytes],
    unpins: Iterable[str],
    servers: Iterable[bytes],
    distributors: Iterable[bytes],
    by: str,
    today: date,
) -> Ca:
    """The authority with these in its register (certificates in PEM). Raises BadInput."""
    register = ca.register
    kept = {pin.cert_sha256: pin for pin in register.pinned}
    for name in unpins:
        kept.pop(ca.pinned(name).cert_sha256, None)
    kept |= {pin.cert_sha256: pin for raw in pins for pin in _pins(raw, by, today)}
    roots = dict.fromkeys((*register.tsa_roots, *(pem for raw in servers for pem, _ in _authorities(raw))))
    others = {d.root_cert: d for d in register.distributors}
    others |= {pem: Distributor(name, pem) for raw in distributors for pem, name in _authorities(raw)}
    made = replace(register, pinned=tuple(kept.values()), tsa_roots=tuple(roots), distributors=tuple(others.values()))
    return ca if made == register else ca.with_register(made)


def _pins(raw: bytes, by: str, today: date) -> Iterator[Pinned]:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes

    try:
        certificates = x509.load_pem_x509_certificates(raw)
    except ValueError:
        raise BadInput("input.not-pem", file="--pin") from None
    for certificate in certificates:
        who = named_in(certificate)
        yield Pinned(certificate.fingerprint(hashes.SHA256()).hex(), who.name, who.organisation, by, f"{today}")


def _authorities(raw: bytes) -> Iterator[tuple[str, str]]:
    """Certificates of authorities, each in PEM with its name."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    try:
        certificates = x509.load_pem_x509_certificates(raw)
        for certificate in certificates:
            if not certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca:
                raise BadInput("ca.no-authority")
    except (ValueError, x509.ExtensionNotFound):
        raise BadInput("ca.no-authority") from None
    for certificate in certificates:
        name = attribute(certificate.subject, "CN") or certificate.subject.rfc4514_string()
        yield certificate.public_bytes(Encoding.PEM).decode("ascii"), name
