"""The private key behind a signature: in memory, or in a token that never gives it away."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from ..errors import BadInput

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    Private = EllipticCurvePrivateKey | RSAPrivateKey

SMALLEST_RSA, LARGEST_RSA = 2048, 8192
CURVES = ("secp256r1", "secp384r1")


class Key(Protocol):
    """Something that signs, wherever the secret is."""

    def sign(self, data: bytes) -> bytes:
        """The signature of `data` with SHA-256: ECDSA in DER, or RSA as PKCS #1 v1.5. Raises BadInput."""
        ...


@dataclass(frozen=True, slots=True)
class SoftKey:
    """A key in this process's memory."""

    private: Private = field(repr=False)

    def sign(self, data: bytes) -> bytes:
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import ec, padding

        if isinstance(self.private, ec.EllipticCurvePrivateKey):
            return self.private.sign(data, ec.ECDSA(hashes.SHA256()))
        return self.private.sign(data, padding.PKCS1v15(), hashes.SHA256())


def make() -> EllipticCurvePrivateKey:
    """A new key on P-256."""
    from cryptography.hazmat.primitives.asymmetric import ec

    return ec.generate_private_key(ec.SECP256R1())


def encode(private: Private) -> bytes:
    """PKCS #8, in clear: only to be encrypted at once."""
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    return private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def decode(secret: bytes) -> SoftKey:
    """The key of `encode`. Raises BadInput for anything else."""
    from cryptography.hazmat.primitives.serialization import load_der_private_key

    try:
        private = load_der_private_key(secret, None)
    except (TypeError, ValueError):
        raise BadInput("identity.damaged") from None
    return SoftKey(fit(private))


def fit(key: object) -> Private:
    """The key itself, where PDF readers know its kind. Raises BadInput for any other."""
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    if isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) and is_fit(key.public_key()):
        return key
    raise BadInput("key.unfit")


def is_fit(public: object) -> bool:
    """P-256, P-384, or RSA of 2048 to 8192 bits; never Ed25519, which other readers reject."""
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    if isinstance(public, ec.EllipticCurvePublicKey):
        return public.curve.name in CURVES
    return isinstance(public, rsa.RSAPublicKey) and SMALLEST_RSA <= public.key_size <= LARGEST_RSA


def identifier(public: object) -> str:
    """SHA-256 of the public key (SubjectPublicKeyInfo) in hex: the same before and after it has a certificate."""
    from cryptography.hazmat.primitives.asymmetric import ec, rsa
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    if not isinstance(public, ec.EllipticCurvePublicKey | rsa.RSAPublicKey):
        raise BadInput("key.unfit")
    return hashlib.sha256(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()
