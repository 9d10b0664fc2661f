"""Verifies a certificate: pyHanko's cryptography, our own rules about what may be in the file, and who is trusted.

The order matters, and whatever goes wrong, in whatever way, ends as "invalid": never as "valid".
"""

from __future__ import annotations

import hashlib
import io
import logging
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.verdict import Verdict
from ..errors import NotOurs
from .content import SCHEMA, Content, Untimed, decode
from .front import qr_text
from .holder import Holder
from .reasons import Deep, Outcome, Reason, Refused
from .sign import FIELD
from .trust import EMPTY, TrustList

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate
    from pyhanko.pdf_utils.reader import PdfFileReader

    from .cms import Signed
    from .doubts import Signatory
    from .structure import Revision
    from .timestamp import Stamp

log = logging.getLogger(__name__)
LARGEST = 64 * 2**20
_RANGE = re.compile(rb"/ByteRange \[(\d{1,10}) (\d{1,10}) (\d{1,10}) (\d{1,10})\]")
_CODE = re.compile(rb"EVC1:[0-9A-Z-]{14}:[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Report:
    """What a verification found. `stamped` is the time if a trusted server confirms it."""

    outcome: Outcome
    reasons: tuple[Reason, ...] = ()
    signer: Signatory | None = None
    content: Content | None = None
    raw: bytes = b""
    deep: Deep = Deep.NOT_RUN
    stamped: datetime | None = None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.raw).hexdigest() if self.raw else ""

    @property
    def intact(self) -> bool:
        """Signed, and unchanged since; by whom is another question."""
        return self.outcome in (Outcome.VALID, Outcome.UNTRUSTED)

    @property
    def signed_at(self) -> datetime | None:
        """When, as well as it is known; None for what is not signed."""
        return self.stamped or (self.content.issued.local if self.content and self.signer else None)


def examine(
    path: Path,
    trust: TrustList = EMPTY,
    now: datetime | None = None,
    deep: bool = False,
    received: datetime | None = None,
) -> Report:
    """Verify a file. Never raises: what cannot be read is not ours, what cannot be understood is invalid.

    `deep` draws the pages again; `received` is since when somebody other than the signer has had the file.
    """
    try:
        if not path.is_file():
            return _failed(Reason.UNREADABLE)
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError):
        return _failed(Reason.UNREADABLE)
    return examine_bytes(data, trust, now, deep, received)


def examine_bytes(
    data: bytes,
    trust: TrustList = EMPTY,
    now: datetime | None = None,
    deep: bool = False,
    received: datetime | None = None,
) -> Report:
    """Verify a file's content. Never raises."""
    try:
        with ThreadPoolExecutor(1) as worker:  # pyHanko starts an event loop, which a running one forbids
            return worker.submit(_examine, data, trust, now or datetime.now(UTC), deep, received).result()
    except Refused as refused:
        return _failed(refused.reason)
    except Exception:
        log.info("a certificate could not be understood", exc_info=True)
        return _failed(Reason.DAMAGED)


def _failed(reason: Reason) -> Report:
    return Report(reason.outcome, (reason,))


def _examine(data: bytes, trust: TrustList, now: datetime, deep: bool, received: datetime | None) -> Report:
    parts = _parts(data)
    from pyhanko.pdf_utils.reader import PdfFileReader

    from . import attachment, look
    from .doubts import Standing

    reader = PdfFileReader(io.BytesIO(data))
    raw = attachment.results(reader)
    content = _decode(raw)
    if len(parts) == 1:
        return Report(Outcome.NOT_OURS, (Reason.UNSIGNED,), content=content, raw=raw)
    pages, change = parts
    signed = _signed_by(data, reader, pages, change, content)
    stamp = _stamp(signed, content)
    _check_codes(pages, reader, content, raw)
    standing = Standing(content, signed.certificates, stamp, trust, now, received)
    path = standing.path()
    signatory = standing.signatory(path)
    if not look.names(reader, signatory.name):
        raise Refused(Reason.PAGES)
    result = _compare(data[: pages.end], reader, content, raw) if deep else Deep.NOT_RUN
    reasons = (*standing.doubts(path, signatory), *_remarks(content, signatory, result), *standing.remarks())
    outcome = max((reason.outcome for reason in reasons), key=list(Outcome).index, default=Outcome.VALID)
    return Report(outcome, reasons, signatory, content, raw, result, standing.stamped)


def _parts(data: bytes) -> tuple[Revision, ...]:
    """The file's revisions, once all that can be said without understanding it has been said. Raises Refused."""
    from . import structure

    if not data:
        raise Refused(Reason.EMPTY)
    if len(data) > LARGEST:
        raise Refused(Reason.TOO_LARGE)
    ours = FIELD.encode() in data or SCHEMA.encode() in data
    if not data.startswith(b"%PDF-") and not ours:
        raise Refused(Reason.NOT_PDF)
    if ours and (ranges := _RANGE.findall(data)) and sum(map(int, ranges[-1][2:])) < len(data):
        raise Refused(Reason.APPENDED)
    try:
        parts = structure.revisions(data)
        structure.check(parts)
    except (Refused, ValueError):
        raise Refused(Reason.STRUCTURE if ours else Reason.OTHER_PDF) from None
    return parts


def _decode(raw: bytes) -> Content:
    try:
        return decode(raw)
    except NotOurs:
        raise Refused(Reason.ATTACHMENT) from None


def _signed_by(data: bytes, reader: PdfFileReader, pages: Revision, change: Revision, content: Content) -> Signed:
    """The signature under which every byte of the file is signed. Raises Refused."""
    from pyhanko.sign.fields import MDPPerm
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    from . import cms, update

    signatures = reader.embedded_signatures
    if len(signatures) != 1 or signatures[0].field_name != FIELD:
        raise Refused(Reason.SIGNATURE)
    signature = signatures[0]
    signed = cms.read(cms.hole(data, [int(n) for n in signature.sig_object["/ByteRange"]]))
    if tuple(c.sha256.hex() for c in signed.certificates[1:]) != (content.signer.chain if content.signer else ()):
        raise Refused(Reason.SIGNATURE)
    usage = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
    own, server = _anchors(signed)
    context = ValidationContext(trust_roots=[own], allow_fetching=False)
    stamping = context if server is own else ValidationContext(trust_roots=[server], allow_fetching=False)
    status = validate_pdf_signature(signature, context, stamping, key_usage_settings=usage, skip_diff=True)
    if not status.intact:
        raise Refused(Reason.ALTERED)
    update.check(reader, pages, change, content)
    covered = status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    if not status.valid or not covered or signature.docmdp_level is not MDPPerm.NO_CHANGES:
        raise Refused(Reason.SIGNATURE)
    return signed


def _anchors(signed: Signed) -> tuple[Certificate, Certificate]:
    """The certificates under which signature and timestamp must hold; who is trusted is another question."""
    from . import cms

    own = signed.certificates[0]
    return own, own if signed.token is None else cms.read_token(signed.token).certificates[0]


def _stamp(signed: Signed, content: Content) -> Stamp | None:
    """The timestamp, which must be there, and from the server and the minutes that the data name, or not at all."""
    from . import timestamp

    if isinstance(content.timestamp, Untimed):
        if signed.token is not None:
            raise Refused(Reason.TIMESTAMP)
        return None
    if signed.token is None:
        raise Refused(Reason.TIMESTAMP)
    stamp = timestamp.read(signed.token, signed.signature)
    expected = content.timestamp
    if stamp.fingerprints != expected.certificates or not timestamp.is_soon(expected.answered, stamp.time):
        raise Refused(Reason.TIMESTAMP)
    return stamp


def _check_codes(pages: Revision, reader: PdfFileReader, content: Content, raw: bytes) -> None:
    """Page one prints the data's number, checksum and verdict; the QR code and the keywords repeat the first two."""
    from . import deep, pagetext

    sha256 = hashlib.sha256(raw).hexdigest()
    found = _CODE.findall(pages.text)
    if len(found) < 2 or set(found) != {qr_text(content.certificate_id, sha256).encode()}:
        raise Refused(Reason.CHECKSUM)
    front = next(pagetext.texts(reader))
    if sha256[:32] not in front or content.certificate_id not in front:
        raise Refused(Reason.CHECKSUM)
    if deep.repeatable(content) and not deep.says(front, content):
        raise Refused(Reason.PAGES)


def _compare(pages: bytes, reader: PdfFileReader, content: Content, raw: bytes) -> Deep:
    from .deep import compare

    return compare(pages, reader, content, raw)


def _remarks(content: Content, signatory: Signatory, result: Deep) -> Iterator[Reason]:
    from .deep import repeatable

    if result is Deep.DIFFERS:
        yield Reason.PAGES
    if result is Deep.MATCH and not repeatable(content):
        yield Reason.TEXT_ONLY
    installer = Holder(content.installer.person, content.installer.company, demo=bool(content.demo))
    if (installer.common_name, installer.organisation_name) != (signatory.name, signatory.organisation):
        yield Reason.OTHER_NAME
    if content.verdict is Verdict.INCOMPLETE:
        yield Reason.INCOMPLETE
    if content.demo:
        yield Reason.DEMO
