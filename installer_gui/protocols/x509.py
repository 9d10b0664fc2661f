"""Reads from a certificate what a person compares: whose it is, who signed it and how long it holds (RFC 5280).

It proves nothing: verification is OpenSSL's. It must also read what OpenSSL refused, so that the finding can name it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from ..domain.stream import Certificate
from ..errors import Malformed

SEQUENCE, SET, OID, UTC_TIME, GENERALIZED_TIME, EXPLICIT_0 = 0x30, 0x31, 0x06, 0x17, 0x18, 0xA0
COMMON_NAME, ORGANISATION, UNIT = b"\x55\x04\x03", b"\x55\x04\x0a", b"\x55\x04\x0b"
_ENCODINGS = {0x0C: "utf-8", 0x14: "latin-1", 0x1C: "utf-32-be", 0x1E: "utf-16-be"}
_LONGEST_NAME = 128


def parse(der: bytes) -> Certificate:
    """The readable parts of one certificate; times are UTC. Raises Malformed for anything that is not one."""
    fields = _Reader(_Reader(der).take(SEQUENCE)).inner(SEQUENCE)
    if fields.next_is(EXPLICIT_0):
        fields.skip()  # version
    fields.skip()  # serial number
    fields.skip()  # signature algorithm
    issuer = _name(fields.inner(SEQUENCE))
    validity = fields.inner(SEQUENCE)
    not_before, not_after = _time(validity), _time(validity)
    subject = _name(fields.inner(SEQUENCE))
    return Certificate(subject, issuer, not_before, not_after, hashlib.sha256(der).hexdigest())


@dataclass(slots=True)
class _Reader:
    """Takes DER elements off the front of some bytes (X.690, section 8.1)."""

    data: bytes

    def next_is(self, tag: int) -> bool:
        return self.data[:1] == bytes((tag,))

    def skip(self) -> None:
        self.element()

    def take(self, tag: int) -> bytes:
        found, content = self.element()
        if found != tag:
            raise Malformed(f"expected tag {tag:#x}, found {found:#x}")
        return content

    def inner(self, tag: int) -> _Reader:
        return _Reader(self.take(tag))

    def element(self) -> tuple[int, bytes]:
        """The next element's tag and content."""
        if len(self.data) < 2:
            raise Malformed("cut short")
        tag, length, start = self.data[0], self.data[1], 2
        if length & 0x80:
            start += length & 0x7F
            if not 3 <= start <= 6 or len(self.data) < start:
                raise Malformed("unusable length")
            length = int.from_bytes(self.data[2:start])
        content = self.data[start : start + length]
        if len(content) < length:
            raise Malformed("cut short")
        self.data = self.data[start + length :]
        return tag, content


def _name(names: _Reader) -> str:
    """ "Common name, Organisation", as far as the name has them."""
    found: dict[bytes, str] = {}
    while names.data:
        group = names.inner(SET)
        while group.data:
            pair = group.inner(SEQUENCE)
            oid = pair.take(OID)
            tag, raw = pair.element()
            found.setdefault(oid, _printable(raw.decode(_ENCODINGS.get(tag, "ascii"), "replace")))
    common, organisation = found.get(COMMON_NAME, ""), found.get(ORGANISATION, "") or found.get(UNIT, "")
    return ", ".join(filter(None, dict.fromkeys((common, organisation))))


def _printable(text: str) -> str:
    """Anybody can put anything into a certificate; what would rearrange a line of text is left out."""
    return "".join(c for c in text if c.isprintable()).strip()[:_LONGEST_NAME]


def _time(validity: _Reader) -> datetime:
    tag, raw = validity.element()
    text = raw.decode("ascii", "replace")
    if tag == UTC_TIME:
        text = ("19" if text[:2] >= "50" else "20") + text
    elif tag != GENERALIZED_TIME:
        raise Malformed(f"no time: tag {tag:#x}")
    try:
        return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise Malformed("no time") from None
