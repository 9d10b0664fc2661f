"""The signature object itself: one signer, named certificates, and exactly one way to write it.

Of a CMS object only a part is under the signature. What is not must have one form only, or somebody could change a
signed file without breaking it. So the object is built again from its parts (RFC 5652, DER) and must be the same.
A timestamp token (RFC 3161) is such an object too: it is written anew before it is kept, and held to that form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from asn1crypto import cms, parser, x509
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from .keys import SMALLEST_RSA
from .reasons import Reason, Refused

_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_DATA = bytes.fromhex("06092a864886f70d010701")
_TST_INFO = bytes.fromhex("060b2a864886f70d0109100104")
_STAMPED = bytes.fromhex("060b2a864886f70d010910020e")  # signatureTimeStampToken
_ONE, _THREE = bytes.fromhex("020101"), bytes.fromhex("020103")
_DIGESTS = {
    "sha256": bytes.fromhex("300d06096086480165030402010500"),
    "sha384": bytes.fromhex("300d06096086480165030402020500"),
    "sha512": bytes.fromhex("300d06096086480165030402030500"),
}
_ALGORITHMS = {
    ("ec", "sha256"): bytes.fromhex("300a06082a8648ce3d040302"),
    ("ec", "sha384"): bytes.fromhex("300a06082a8648ce3d040303"),
    ("ec", "sha512"): bytes.fromhex("300a06082a8648ce3d040304"),
    ("rsa", "sha256"): bytes.fromhex("300d06092a864886f70d01010b0500"),
    ("rsa", "sha384"): bytes.fromhex("300d06092a864886f70d01010c0500"),
    ("rsa", "sha512"): bytes.fromhex("300d06092a864886f70d01010d0500"),
}
_ORDERS = {  # FIPS 186-4, D.1.2
    "secp256r1": 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    "secp384r1": int("F" * 48 + "C7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973", 16),
    "secp521r1": int("1" + "F" * 65 + "A51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E91386409", 16),
}
_SIGNED = {"content_type", "message_digest", "signing_certificate_v2"}


@dataclass(frozen=True, slots=True)
class Signed:
    """What an object with one signer is made of; the signer's certificate is the first of `certificates`.

    `attributes` are the signed ones in DER, one after the other. `content` is what a timestamp server signed, None
    where the file around the object is signed; `token` is the timestamp of `signature`.
    """

    certificates: tuple[x509.Certificate, ...]
    attributes: bytes
    signature: bytes
    digest: str = "sha256"
    content: bytes | None = None
    token: bytes | None = None


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
    der = _first(padded)
    _require(not any(padded[len(der) :]))
    return der


def read(der: bytes) -> Signed:
    """The parts of a signature. Raises Refused unless the object is written as we write it."""
    signed = _one_form(der)
    _require(signed.content is None and signed.digest == "sha256")
    _check_attributes(signed)
    return signed


def read_token(der: bytes) -> Signed:
    """The parts of a timestamp's token, written as we keep it. Raises Refused."""
    signed = _one_form(der)
    _require(signed.content is not None and signed.token is None)
    return signed


def upwards(certificates: Sequence[x509.Certificate]) -> tuple[x509.Certificate, ...]:
    """The first certificate, its issuer's, and so on, as far as they are there."""
    chain, rest = [certificates[0]], [*certificates[1:]]
    while upper := next((c for c in rest if c.subject.dump() == chain[-1].issuer.dump()), None):
        chain.append(upper)
        rest.remove(upper)
    return tuple(chain)


def parts(der: bytes) -> Signed:
    """What counts in an object, whoever wrote it in whatever form. Raises Refused where it has not one signer."""
    signed: Any = cms.ContentInfo.load(der, strict=True)["content"]
    infos, encapsulated = signed["signer_infos"], signed["encap_content_info"]
    _require(len(infos) == 1)
    everybody = [choice.chosen for choice in signed["certificates"]]
    own = [certificate for certificate in everybody if _is_named(certificate, infos[0]["sid"])]
    _require(len(own) == 1)
    return Signed(
        certificates=(*own, *(certificate for certificate in everybody if certificate is not own[0])),
        attributes=encoded(infos[0]["signed_attrs"]),
        signature=normal(infos[0]["signature"].native, own[0]),
        digest=infos[0]["digest_algorithm"]["algorithm"].native,
        content=None if encapsulated["content_type"].native == "data" else bytes(encapsulated["content"]),
        token=_token(infos[0]["unsigned_attrs"]),
    )


def write(signed: Signed) -> bytes:
    """The one form: DER, certificates in its order, nothing unsigned but the token of a timestamp."""
    signer: Any = signed.certificates[0]
    digest, algorithm = _DIGESTS.get(signed.digest), _ALGORITHMS.get((signer.public_key.algorithm, signed.digest))
    if digest is None or algorithm is None:
        raise Refused(Reason.SIGNATURE)
    sid = _tlv(0x30, signer.issuer.dump(), signer["tbs_certificate"]["serial_number"].dump())
    attributes, signature = _tlv(0xA0, signed.attributes), _tlv(0x04, signed.signature)
    stamp = [] if signed.token is None else [_tlv(0xA1, _tlv(0x30, _STAMPED, _tlv(0x31, signed.token)))]
    info = _tlv(0x30, _ONE, sid, digest, attributes, algorithm, signature, *stamp)
    certificates = _tlv(0xA0, *sorted(certificate.dump() for certificate in signed.certificates))
    version, inside = (_ONE, [_DATA]) if signed.content is None else (_THREE, [_TST_INFO, _octets(signed.content)])
    body = _tlv(0x30, version, _tlv(0x31, digest), _tlv(0x30, *inside), certificates, _tlv(0x31, info))
    return _tlv(0x30, _SIGNED_DATA, _tlv(0xA0, body))


def normal(signature: bytes, signer: x509.Certificate) -> bytes:
    """The smaller of the two signatures that ECDSA allows for the same data; another scheme has only one."""
    key: Any = signer.public_key
    if key.algorithm != "ec":
        return signature
    order = _ORDERS[key.curve[1]]
    r, s = decode_dss_signature(signature)
    return encode_dss_signature(r, min(s, order - s))


def room(signer: x509.Certificate) -> int:
    """The most bytes that this signer's signature takes."""
    key: Any = signer.public_key
    size = (int(key.bit_size) + 7) // 8
    return 2 * size + 9 if key.algorithm == "ec" else size


def _one_form(der: bytes) -> Signed:
    signed = parts(der)
    chain = upwards(signed.certificates)
    _require(der == write(signed) and len(chain) == len(signed.certificates))
    _require(all(map(_is_strong, chain)))
    return replace(signed, certificates=chain)


def _is_strong(certificate: x509.Certificate) -> bool:
    """Nobody can find out the key, as is done with short ones of RSA."""
    key: Any = certificate.public_key
    return bool(key.algorithm != "rsa" or key.bit_size >= SMALLEST_RSA)


def _is_named(certificate: x509.Certificate, sid: Any) -> bool:
    if sid.name == "subject_key_identifier":
        return bool(certificate.key_identifier == sid.native)
    named = sid.chosen
    return bool(
        certificate.issuer.dump() == named["issuer"].dump()
        and certificate.serial_number == named["serial_number"].native
    )


def encoded(attributes: Any) -> bytes:
    """Attributes without their tag, in the order of DER: a reader that sorts them first would accept any other."""
    written = [attribute.dump() for attribute in attributes]
    _require(bool(written) and written == sorted(written))
    return b"".join(written)


def _token(attributes: Any) -> bytes | None:
    if not isinstance(attributes, cms.CMSAttributes) or len(attributes) != 1:
        return None
    written: bytes = attributes[0]["values"].contents
    return written if _first(written) == written else None


def _first(data: bytes) -> bytes:
    """The object that the data begin with, as it is written: to encode it again takes asn1crypto minutes at worst."""
    parsed: Any = parser.parse(data)
    return b"".join(parsed[3:])


def _check_attributes(signed: Signed) -> None:
    """The signer is named inside the signature too, by the hash of the certificate (RFC 5035)."""
    attributes = cms.CMSAttributes.load(_tlv(0x31, signed.attributes))
    by_type = {attribute["type"].native: attribute["values"] for attribute in attributes}
    _require(by_type.keys() == _SIGNED and len(attributes) == len(_SIGNED))
    named = by_type["signing_certificate_v2"][0]["certs"]
    _require(len(named) == 1 and named[0]["cert_hash"].native == signed.certificates[0].sha256)


def _octets(content: bytes) -> bytes:
    return _tlv(0xA0, _tlv(0x04, content))


def _tlv(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes((tag, 0x80 | len(length))) + length + content


def _require(holds: bool, reason: Reason = Reason.SIGNATURE) -> None:
    if not holds:
        raise Refused(reason)
