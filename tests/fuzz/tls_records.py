"""Feeds the reader of a refused handshake random and damaged ones; only certificates that can be shown may come out.

    python tests/fuzz/tls_records.py [COUNT [SEED]]        default: 1000000 handshakes, a seed from the clock

Prints the rate, or the handshake that broke it and the seed to come back to it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from _feed import feed
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from installer_gui.platforms.net.tls_failure import certificates, out_of_date
from installer_gui.protocols import tls

RECORD = 5
NOW = datetime(2026, 11, 25, tzinfo=UTC)


def certificate(common: str, organisation: str, days: int) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    words = ((NameOID.COMMON_NAME, common), (NameOID.ORGANIZATION_NAME, organisation))
    name = x509.Name([x509.NameAttribute(kind, word) for kind, word in words])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 7, NOW, NOW + timedelta(days=days))
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def handshake(*chain: bytes) -> bytes:
    listed = b"".join(len(der).to_bytes(3) + der for der in chain)
    message = b"\x0b" + (len(listed) + 3).to_bytes(3) + len(listed).to_bytes(3) + listed
    hello = b"\x02\x00\x00\x26" + bytes(38)
    return b"".join(b"\x16\x03\x03" + len(body).to_bytes(2) + body for body in (hello, message))


def samples() -> list[bytes]:
    leaf, root = certificate("hub.example.net", "Größe & Co", 90), certificate("Root \u202e CA", "", 9000)
    return [handshake(leaf), handshake(leaf, root), handshake(), leaf, b"\x15\x03\x03\x00\x02\x02\x28"]


def read(data: bytes) -> bool:
    tls.is_record(data)
    chain = certificates(tls.certificates(data))
    out_of_date(chain, NOW)
    assert all(text.isprintable() for found in chain for text in (found.subject, found.issuer))
    return bool(chain)


if __name__ == "__main__":
    feed("tls records", samples(), read, RECORD)
