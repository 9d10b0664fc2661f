"""Who a certificate is for, and how their name is written in it (X.520)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import fonts
from .display import clean

if TYPE_CHECKING:
    from cryptography.x509 import Certificate, CertificateSigningRequest, Name

UNNAMED = "(not named)"
DEMO = "DEMO"
ADDRESS = re.compile(r"[!-?A-~]{1,64}@[A-Za-z0-9.-]{1,190}")
_LONGEST = 64  # X.520 upper bound of a name, here in bytes of UTF-8


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

    @property
    def address(self) -> str:
        """The e-mail address, "" for what is none."""
        return self.email if ADDRESS.fullmatch(self.email) else ""

    def subject(self) -> Name:
        from cryptography import x509
        from cryptography.x509.oid import NameOID

        values = {
            NameOID.ORGANIZATION_NAME: self.organisation_name,
            NameOID.SERIAL_NUMBER: "".join(c for c in self.org_no if c.isascii() and (c.isalnum() or c == "-"))[:64],
            NameOID.COMMON_NAME: self.common_name,
        }
        return x509.Name([x509.NameAttribute(oid, value) for oid, value in values.items() if value])


def attribute(name: Name, short: str) -> str:
    """The first value of an attribute by its short name ("CN", "O"), "" where there is none."""
    return next((str(a.value) for a in name if a.rfc4514_attribute_name == short), "")


def named_in(certificate: Certificate | CertificateSigningRequest) -> Holder:
    """Whom a certificate, or the request for one, names."""
    from cryptography import x509

    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        addresses = names.get_values_for_type(x509.RFC822Name)
    except x509.ExtensionNotFound:
        addresses = []
    subject = certificate.subject
    email = addresses[0] if addresses else attribute(subject, "1.2.840.113549.1.9.1")
    return Holder(attribute(subject, "CN"), attribute(subject, "O"), attribute(subject, "2.5.4.5"), email)


def _field(text: str) -> str:
    return clean(text, fonts.covered()).strip()


def _short(text: str) -> str:
    """As much of it as the field holds."""
    return text.encode()[:_LONGEST].decode("utf-8", "ignore").rstrip()
