"""The certificates of a distributor's authority: its root, and those of its installers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from ..errors import BadInput
from . import keys, leaf
from .holder import Holder, attribute, named_in
from .keys import SoftKey

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

ROOT_VALID = timedelta(days=10 * 365)
BACKDATED = timedelta(hours=24)  # an installer's clock may lag behind


def make_root(name: str, now: datetime) -> tuple[EllipticCurvePrivateKey, bytes]:
    """A key on P-384 and its own certificate in PEM: for ten years, with no authority below it."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding

    key, subject = ec.generate_private_key(ec.SECP384R1()), Holder(name).subject()
    start = now.astimezone(UTC) - BACKDATED
    made = (
        x509.CertificateBuilder(subject_name=subject, issuer_name=subject, public_key=key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + ROOT_VALID)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(leaf.usage(key_cert_sign=True, crl_sign=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return key, made.sign(key, hashes.SHA384()).public_bytes(Encoding.PEM)


def read_request(raw: bytes) -> tuple[Any, Holder]:
    """The key and the name of a request (PKCS #10, PEM or DER) whose sender holds the key. Raises BadInput."""
    from cryptography import x509

    try:
        load = x509.load_pem_x509_csr if b"-----BEGIN" in raw else x509.load_der_x509_csr
        request = load(raw)
        public, valid = request.public_key(), request.is_signature_valid
        holder = named_in(request)
    except ValueError:
        raise BadInput("ca.no-request") from None
    if not valid:
        raise BadInput("ca.no-request")
    if not keys.is_fit(public):
        raise BadInput("key.unfit")
    return public, holder


def issue(
    root_pem: bytes, key: SoftKey, public: Any, holder: Holder, now: datetime, valid: timedelta
) -> dict[str, Any]:
    """An installer's certificate, and what the register keeps of it."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.serialization import Encoding

    root = x509.load_pem_x509_certificate(root_pem)
    start = now.astimezone(UTC) - BACKDATED
    end = min(now.astimezone(UTC) + valid, root.not_valid_after_utc)
    if end <= now:
        raise BadInput("ca.root-ended", end=f"{root.not_valid_after_utc:%Y-%m-%d}")
    made = leaf.builder(holder.subject(), root.subject, public, start, end, holder.address)
    authority = root.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    made = made.add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(authority), critical=False)
    certificate = made.sign(key.private, hashes.SHA384())
    return {
        "serial": f"{certificate.serial_number:x}",
        "cert_sha256": certificate.fingerprint(hashes.SHA256()).hex(),
        "name": attribute(certificate.subject, "CN"),
        "company": attribute(certificate.subject, "O"),
        "issuer": certificate.issuer.rfc4514_string(),
        "not_after": certificate.not_valid_after_utc,
        "pem": certificate.public_bytes(Encoding.PEM).decode("ascii"),
    }


def key_id(pem: bytes) -> str:
    from cryptography import x509

    return keys.identifier(x509.load_pem_x509_certificate(pem).public_key())
