"""The signature under a trust list: ECDSA by a distributor's root over the list's canonical JSON."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from .keys import Key

SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Signature:
    """`certificate` is the signer's in DER, `value` the signature over everything but this; both base64."""

    certificate: str
    value: str


def sign(document: dict[str, Any], certificate: bytes, key: Key) -> dict[str, Any]:
    """The document with its signature."""
    value = key.sign(_signed_bytes(document))
    return {**document, SIGNATURE: {"certificate": _text(certificate), "value": _text(value)}}


def holds(signature: Signature, document: Any) -> bool:
    """Whether the named certificate's key signed the document as it is."""
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec

    try:
        public = x509.load_der_x509_certificate(_bytes(signature.certificate)).public_key()
        if not isinstance(public, ec.EllipticCurvePublicKey):
            return False
        public.verify(_bytes(signature.value), _signed_bytes(document), ec.ECDSA(hashes.SHA256()))
    except (ValueError, InvalidSignature):
        return False
    return True


def fingerprint(signature: Signature) -> str:
    """SHA-256 of the certificate that signed, in hex."""
    return hashlib.sha256(_bytes(signature.certificate)).hexdigest()


def _signed_bytes(document: dict[str, Any]) -> bytes:
    """Sorted keys, no blanks, UTF-8: what was read is what was signed, however the file is laid out."""
    rest = {key: value for key, value in document.items() if key != SIGNATURE}
    return json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise ValueError(text) from None
