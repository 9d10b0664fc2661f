"""Makes the certificate that an installer issues to themselves: ECDSA P-256, three years."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from . import fonts
from .display import clean

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.x509 import Certificate, Name

VALID = timedelta(days=3 * 365)
BACKDATED = timedelta(days=7)  # a clock that is corrected later must not put a signature before the certificate
DOCUMENT_SIGNING = "1.3.6.1.5.5.7.3.36"  # RFC 9336
UNNAMED = "(not named)"
DEMO = "DEMO"
_LONGEST = 64  # X.520 upper bound of a name, here in bytes of UTF-8
_ADDRESS = re.compile(r"[!-?A-~]{1,64}@[A-Za-z0-9.-]{1,190}")


@dataclass(frozen=True, slots=True)
class Holder:
    """Who a certificate is for."""

    name: str = ""
    organisation: str = ""
    org_no: str = ""
    email: str = ""
    demo: bool = False

    @property
    def is_named(self) -> bool:
        return bool(_field(self.name) or _field(self.organisation))

    @property
    def common_name(self) -> str:
        """What stands as the certificate's name; a simulated site's begins with DEMO."""
        name = _field(self.name) or _field(self.organisation) or UNNAMED
        return _short(f"{DEMO} {name}" if self.demo else name)

    @property
    def organisation_name(self) -> str:
        return _short(_field(self.organisation))


def make(holder: Holder, now: datetime) -> tuple[EllipticCurvePrivateKey, Certificate]:
    """A new key and its certificate. PDF readers want both extended usages, see docs/decisions."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import ExtendedKeyUsageOID

    key = ec.generate_private_key(ec.SECP256R1())
    start = now.astimezone(UTC) - BACKDATED
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    purposes = [x509.ObjectIdentifier(DOCUMENT_SIGNING), ExtendedKeyUsageOID.EMAIL_PROTECTION]
    subject = _subject(holder)
    builder = (
        x509.CertificateBuilder(subject_name=subject, issuer_name=subject, public_key=key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + VALID)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage(purposes), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if _ADDRESS.fullmatch(holder.email):
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.RFC822Name(holder.email)]), critical=False)
    return key, builder.sign(key, hashes.SHA256())


def _subject(holder: Holder) -> Name:
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    values = {
        NameOID.ORGANIZATION_NAME: holder.organisation_name,
        NameOID.SERIAL_NUMBER: "".join(c for c in holder.org_no if c.isascii() and (c.isalnum() or c == "-"))[:64],
        NameOID.COMMON_NAME: holder.common_name,
    }
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in values.items() if value])


def _field(text: str) -> str:
    return clean(text, fonts.covered()).strip()


def _short(text: str) -> str:
    """As much of it as the field holds."""
    return text.encode()[:_LONGEST].decode("utf-8", "ignore").rstrip()
