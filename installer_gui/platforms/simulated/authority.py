"""A private certificate authority for servers on loopback: a root, an intermediate and short-lived servers' keys."""

from __future__ import annotations

import ssl
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.x509 import Certificate, Name

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Identity:
    """A server's key and certificates as PEM, its own first."""

    key: str
    chain: tuple[str, ...]

    def context(self) -> ssl.SSLContext:
        """What a server needs to show this identity."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with tempfile.TemporaryDirectory() as folder:  # OpenSSL takes a server's key from a file only
            file = Path(folder, "server.pem")
            file.write_text(self.key + "".join(self.chain), encoding="ascii")
            context.load_cert_chain(file)
        return context


class Authority:
    """Issues certificates under a root of its own, `root` in PEM."""

    def __init__(self, organisation: str) -> None:
        self._organisation = organisation
        start, end = datetime.now(UTC) - 5 * YEAR, datetime.now(UTC) + 5 * YEAR
        self._root_key, self._key = _new_key(), _new_key()
        root_name, self._name = self._named("Root CA"), self._named("Issuing CA")
        root = _certificate(root_name, root_name, self._root_key, self._root_key, start, end, None)
        issuing = _certificate(self._name, root_name, self._key, self._root_key, start, end, None)
        self.root, self._issuing = _pem(root), _pem(issuing)

    def identity(
        self, *hosts: str, start: datetime | None = None, end: datetime | None = None, intermediate: bool = True
    ) -> Identity:
        """A server that is one of `hosts`, valid from yesterday for a year unless told otherwise."""
        key, now = _new_key(), datetime.now(UTC)
        first, last = start or now - timedelta(days=1), end or now + YEAR
        certificate = _certificate(self._named(hosts[0]), self._name, key, self._key, first, last, hosts)
        return Identity(_key_pem(key), (_pem(certificate), *((self._issuing,) if intermediate else ())))

    def _named(self, common_name: str) -> Name:
        from cryptography import x509
        from cryptography.x509.oid import NameOID

        return x509.Name(
            [
                x509.NameAttribute(NameOID.COMMON_NAME, common_name),
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, self._organisation),
            ]
        )


def self_signed(host: str) -> Identity:
    """A server that vouches for itself."""
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    key, now = _new_key(), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    certificate = _certificate(name, name, key, key, now - YEAR, now + YEAR, (host,))
    return Identity(_key_pem(key), (_pem(certificate),))


def _new_key() -> EllipticCurvePrivateKey:
    from cryptography.hazmat.primitives.asymmetric import ec

    return ec.generate_private_key(ec.SECP256R1())


def _certificate(
    subject: Name,
    issuer: Name,
    key: EllipticCurvePrivateKey,
    signer: EllipticCurvePrivateKey,
    start: datetime,
    end: datetime,
    hosts: tuple[str, ...] | None,
) -> Certificate:
    """One certificate: an authority's without `hosts`, a server's with them."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes

    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=hosts is None, path_length=None), critical=True)
    )
    if hosts is not None:
        made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(h) for h in hosts]), critical=False)
    return made.sign(signer, hashes.SHA256())


def _pem(certificate: Certificate) -> str:
    from cryptography.hazmat.primitives.serialization import Encoding

    return certificate.public_bytes(Encoding.PEM).decode("ascii")


def _key_pem(key: EllipticCurvePrivateKey) -> str:
    from cryptography.hazmat.primitives import serialization

    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode("ascii")
