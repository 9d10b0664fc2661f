"""What every installer's certificate says of itself, whoever issues it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ..errors import BadInput
from . import keys

if TYPE_CHECKING:
    from cryptography.x509 import Certificate, CertificateBuilder, KeyUsage, Name

DOCUMENT_SIGNING = "1.3.6.1.5.5.7.3.36"  # RFC 9336


def builder(
    subject: Name, issuer: Name, public_key: Any, start: datetime, end: datetime, address: str
) -> CertificateBuilder:
    """Ready to be signed. Readers on NSS want both extended usages: with documentSigning alone they complain."""
    from cryptography import x509
    from cryptography.x509.oid import ExtendedKeyUsageOID

    purposes = [x509.ObjectIdentifier(DOCUMENT_SIGNING), ExtendedKeyUsageOID.EMAIL_PROTECTION]
    made = (
        x509.CertificateBuilder(subject_name=subject, issuer_name=issuer, public_key=public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage(digital_signature=True, content_commitment=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage(purposes), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    )
    if address:
        made = made.add_extension(x509.SubjectAlternativeName([x509.RFC822Name(address)]), critical=False)
    return made


def usage(**allowed: bool) -> KeyUsage:
    """Only what is named."""
    from cryptography import x509

    names = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{name: allowed.get(name, False) for name in names})


def check(own: Certificate, now: datetime) -> None:
    """Whether a certificate may sign documents now. Raises BadInput."""
    from cryptography import x509

    if not keys.is_fit(own.public_key()):
        raise BadInput("key.unfit")
    begins, ends = own.not_valid_before_utc, own.not_valid_after_utc
    if not begins <= now <= ends:
        raise BadInput("import.not-valid", start=f"{begins:%Y-%m-%d}", end=f"{ends:%Y-%m-%d}")
    extensions = {type(extension.value): extension.value for extension in own.extensions}
    constraints, allowed = extensions.get(x509.BasicConstraints), extensions.get(x509.KeyUsage)
    if isinstance(constraints, x509.BasicConstraints) and constraints.ca:
        raise BadInput("import.authority")
    if isinstance(allowed, x509.KeyUsage) and not (allowed.digital_signature or allowed.content_commitment):
        raise BadInput("import.cannot-sign")


def upwards(own: Certificate, others: Sequence[Certificate]) -> tuple[bytes, ...]:
    """The certificate, the one that issued it, and so on as far as they are there, in DER."""
    from cryptography.hazmat.primitives.serialization import Encoding

    chain = [own]
    while upper := next((c for c in others if c not in chain and _issued(c, chain[-1])), None):
        chain.append(upper)
    return tuple(certificate.public_bytes(Encoding.DER) for certificate in chain)


def _issued(upper: Certificate, lower: Certificate) -> bool:
    from cryptography.exceptions import InvalidSignature

    try:
        lower.verify_directly_issued_by(upper)
    except (InvalidSignature, TypeError, ValueError):
        return False
    return True
