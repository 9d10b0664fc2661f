"""Certificates: a private root, an intermediate and RSA leaves, in every state in which a server can show one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache
from threading import Lock

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID


class Shown(StrEnum):
    """What a server shows."""

    GOOD = "good"
    EXPIRED = "expired"
    EXPIRES_SOON = "expires-soon"
    NOT_YET_VALID = "not-yet-valid"
    WRONG_HOST = "wrong-host"
    SELF_SIGNED = "self-signed"
    NO_INTERMEDIATE = "no-intermediate"
    WITH_ROOT = "with-root"
    WILDCARD = "wildcard"
    INSPECTED = "inspected"


@dataclass(frozen=True, slots=True)
class Authority:
    """A certificate that signs others."""

    certificate: x509.Certificate
    key: RSAPrivateKey


def root_pem() -> str:
    """What a charger at this site trusts: the file for --trust-anchors."""
    with _making:
        return _pem(_root().certificate)


def shown(kind: Shown, *hosts: str, days: float = 0) -> tuple[str, str]:
    """Chain and key (PEM), leaf first; the world's clock is `days` ahead of the computer's."""
    valid = {Shown.EXPIRED: (-90, -2), Shown.NOT_YET_VALID: (2, 90), Shown.EXPIRES_SOON: (-80, 5)}
    since, until = (timedelta(days=days + d) for d in valid.get(kind, (-30, 60)))
    names = _names(kind, hosts)
    with _making:
        issuer = _issuer(kind)
        leaf = _leaf(names, issuer, since, until)
    chain = _pem(leaf)
    if issuer is not None and kind is not Shown.NO_INTERMEDIATE:
        chain += _pem(issuer.certificate)
    if kind is Shown.WITH_ROOT:
        chain += root_pem()
    return chain, _key_pem(_leaf_key())


def _names(kind: Shown, hosts: tuple[str, ...]) -> tuple[str, ...]:
    match kind:
        case Shown.WRONG_HOST:
            return ("other.example",)
        case Shown.WILDCARD:
            return tuple(f"*.{host.partition('.')[2]}" for host in hosts)
        case _:
            return hosts


_making = Lock()  # sites are built side by side, and there is one root for all


@cache
def _root() -> Authority:
    return _authority("Lab Root", None)


def _issuer(kind: Shown) -> Authority | None:
    match kind:
        case Shown.INSPECTED:
            return _inspector()
        case Shown.SELF_SIGNED:
            return None
        case _:
            return _intermediate()


@cache
def _intermediate() -> Authority:
    return _authority("Lab Issuing CA", _root())


@cache
def _inspector() -> Authority:
    return _authority("FortiGate CA", None)


@cache
def _leaf_key() -> RSAPrivateKey:
    return generate_private_key(65537, 2048)


def _authority(name: str, issuer: Authority | None) -> Authority:
    key = generate_private_key(65537, 2048)
    usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
    builder = _builder(name, issuer, key, timedelta(days=-2000), timedelta(days=3000))
    builder = builder.add_extension(x509.BasicConstraints(True, None if issuer is None else 0), True)
    return Authority(_signed(builder.add_extension(usage, True), issuer, key), key)


def _leaf(names: tuple[str, ...], issuer: Authority | None, since: timedelta, until: timedelta) -> x509.Certificate:
    key = _leaf_key()
    usage = x509.KeyUsage(True, False, True, False, False, False, False, False, False)
    builder = _builder(names[0], issuer, key, since, until)
    builder = builder.add_extension(x509.BasicConstraints(False, None), True).add_extension(usage, True)
    builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False)
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(n) for n in names]), False)
    return _signed(builder, issuer, key)


def _builder(
    name: str, issuer: Authority | None, key: RSAPrivateKey, since: timedelta, until: timedelta
) -> x509.CertificateBuilder:
    now = datetime.now(UTC).replace(microsecond=0)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    signer = issuer.key if issuer else key
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + since)
        .not_valid_after(now + until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), False)
    )


def _signed(builder: x509.CertificateBuilder, issuer: Authority | None, key: RSAPrivateKey) -> x509.Certificate:
    return builder.sign(issuer.key if issuer else key, hashes.SHA256())


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def _key_pem(key: RSAPrivateKey) -> str:
    form, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, form, plain).decode()
