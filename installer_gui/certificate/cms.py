"""The signature object itself: one signer, one certificate, and exactly one way to write it.

Of a CMS object only a part is under the signature. What is not must have one form only, or somebody could change a
signed file without breaking it. So the object is built again from its parts (RFC 5652, DER) and must be the same.
"""

from __future__ import annotations

from typing import Any

from asn1crypto import cms, x509
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from .reasons import Reason, Refused
from .sign import P256_ORDER

_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_DATA = bytes.fromhex("300b06092a864886f70d010701")
_ONE = bytes.fromhex("020101")
_SHA256 = bytes.fromhex("300d06096086480165030402010500")
_ECDSA_SHA256 = bytes.fromhex("300a06082a8648ce3d040302")
_SIGNED = {"content_type", "message_digest", "signing_certificate_v2"}


def hole(data: bytes, byte_range: list[int]) -> bytes:
    """The DER that stands in the gap of the signed bytes, which must hold it and zeros only. Raises Refused."""
    _require(len(byte_range) == 4 and byte_range[0] == 0)
    _, first, second, length = byte_range
    _require(0 < first < second and second + length == len(data), Reason.APPENDED)
    gap = data[first:second]
    try:
        padded = bytes.fromhex(gap[1:-1].decode("ascii"))
    except ValueError:
        raise Refused(Reason.SIGNATURE) from None
    _require(gap == b"<%s>" % padded.hex().upper().encode("ascii"))
    der = cms.ContentInfo.load(padded).dump()
    _require(padded.startswith(der) and not any(padded[len(der) :]))
    return bytes(der)


def signer(der: bytes) -> x509.Certificate:
    """The certificate of the one who signed. Raises Refused unless the object is written as we write it."""
    signed: Any = cms.ContentInfo.load(der)["content"]
    certificate, info = signed["certificates"][0].chosen, signed["signer_infos"][0]
    attributes, signature = info["signed_attrs"].contents, info["signature"].native
    _require(der == _written(certificate, attributes, signature), Reason.SIGNATURE)
    _check_attributes(info["signed_attrs"], certificate)
    r, s = decode_dss_signature(signature)
    _require(s <= P256_ORDER // 2 and signature == encode_dss_signature(r, s))
    found: x509.Certificate = certificate
    return found


def _written(certificate: x509.Certificate, attributes: bytes, signature: bytes) -> bytes:
    """SignedData with one SignerInfo, ECDSA with SHA-256, nothing unsigned."""
    inner: Any = certificate["tbs_certificate"]
    sid = _tlv(0x30, inner["issuer"].dump(), inner["serial_number"].dump())
    info = _tlv(0x30, _ONE, sid, _SHA256, _tlv(0xA0, attributes), _ECDSA_SHA256, _tlv(0x04, signature))
    signed = _tlv(0x30, _ONE, _tlv(0x31, _SHA256), _DATA, _tlv(0xA0, certificate.dump()), _tlv(0x31, info))
    return _tlv(0x30, _SIGNED_DATA, _tlv(0xA0, signed))


def _tlv(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes((tag, 0x80 | len(length))) + length + content


def _check_attributes(attributes: Any, certificate: x509.Certificate) -> None:
    """The signer is named inside the signature too, by the hash of the certificate (RFC 5035)."""
    by_type = {attribute["type"].native: attribute["values"] for attribute in attributes}
    _require(by_type.keys() == _SIGNED and len(attributes) == len(_SIGNED))
    named = by_type["signing_certificate_v2"][0]["certs"]
    _require(len(named) == 1 and named[0]["cert_hash"].native == certificate.sha256)


def _require(holds: bool, reason: Reason = Reason.SIGNATURE) -> None:
    if not holds:
        raise Refused(reason)
