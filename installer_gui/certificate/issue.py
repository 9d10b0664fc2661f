"""Issues a certificate: draw, sign, write, and read back what was written before saying that it is done."""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from .. import files, i18n
from ..domain.job import Job
from ..domain.profile import Profile
from ..domain.verdict import Judgement, Verdict
from ..errors import BadInput
from ..session import jobs, plan
from . import appearance, layout, predecessor, verify
from .collect import Occasion, collect
from .content import Content, Draft, Replaced, Signer, Timestamp, Untimed, encode
from .holder import Holder
from .identity import Identity, Unlocked
from .reasons import Outcome, Reason
from .sign import sign

if TYPE_CHECKING:
    from .timestamp import Authority


@dataclass(frozen=True, slots=True)
class Issued:
    """What was written. `draft` says why it is one, `fingerprint` is the signer's or "".

    `authority` is the timestamp server that confirms the time, "" for none; `unanswered` that one was asked in vain.
    `kept` is where the certificate is now that had the name before, None where there was none.
    """

    path: Path
    certificate_id: str
    results_sha256: str
    verdict: Verdict
    draft: tuple[Draft, ...]
    fingerprint: str
    authority: str = ""
    unanswered: bool = False
    kept: Path | None = None


def issue(
    job: Job,
    profile: Profile,
    language: str,
    identity: Unlocked | None,
    out: Path,
    now: datetime | None = None,
    time_server: str = "",
    replaces: Replaced | None = None,
) -> Issued:
    """Write a job's certificate to `out`; without an identity an unsigned draft.

    `time_server` is the address of a server for timestamps; where it does not answer, the computer's clock must do.
    `replaces` is the certificate whose place the new one takes.
    A certificate that has the name already is kept beside under its number, and an unsigned draft takes the place of
    nothing but another.
    Raises BadInput in one sentence: the file cannot be written; the identity's certificate is not valid now. With one
    that has expired a draft is written, where nothing else lies.
    """
    moment = now or datetime.now().astimezone()
    expired = identity is not None and _has_expired(identity.identity, moment)
    signer = None if expired else identity
    if signer is None and not predecessor.gives_way(out):
        raise BadInput("certificate.expired-kept" if expired else "certificate.draft-over", file=str(out))
    sheet = Sheet(job, profile, language, moment, expired, replaces)
    content, pdf = _drawn(sheet, signer, time_server if signer else "")
    kept = predecessor.place_for(out)
    files.write(out, pdf, keep=kept, check=lambda path: _read_back(path, out, moment, signed=signer is not None))
    if expired:
        raise BadInput("certificate.expired", file=str(out))
    authority = content.timestamp.authority if isinstance(content.timestamp, Timestamp) else ""
    return Issued(
        path=out,
        certificate_id=content.certificate_id,
        results_sha256=hashlib.sha256(encode(content)).hexdigest(),
        verdict=content.verdict,
        draft=content.draft,
        fingerprint=signer.identity.fingerprint if signer else "",
        authority=authority,
        unanswered=bool(time_server and signer and not authority),
        kept=kept,
    )


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a paper is made of before somebody signs it; `expired` is whether the one who would have has expired."""

    job: Job
    profile: Profile
    language: str
    now: datetime
    expired: bool = False
    replaces: Replaced | None = None


def _drawn(sheet: Sheet, signer: Unlocked | None, time_server: str) -> tuple[Content, bytes]:
    """The content and its file, with a timestamp where that can be had."""
    from . import timestamp

    authority = None
    with contextlib.suppress(timestamp.Unanswered):
        authority = timestamp.ask(time_server) if time_server else None
    identity = signer.identity if signer else None
    content = compose(sheet, identity, authority)
    pdf = layout.render(content, encode(content))
    if signer is None:
        return content, pdf
    try:
        return content, sign(pdf, signer, appearance.of(content), content.issued.local, authority)
    except timestamp.Unanswered:  # it had answered a moment ago, and the pages say so
        return _drawn(sheet, signer, time_server="")


def compose(sheet: Sheet, signer: Identity | None, authority: Authority | None = None) -> Content:
    """The content of a new certificate, with a number of its own."""
    judgement = jobs.judged(sheet.job, sheet.profile)
    occasion = Occasion(
        certificate_id=jobs.number(),
        now=sheet.now,
        language=sheet.language,
        renderer=layout.renderer(sheet.language),
        signer=_signer(signer) if signer else None,
        timestamp=_timestamp(authority),
        draft=_draft(judgement, signer, sheet.expired),
        replaces=sheet.replaces,
    )
    return collect(sheet.job, judgement, plan.rules(sheet.profile), sheet.profile, occasion)


def holder_of(job: Job) -> Holder:
    """Who signs a job's certificate."""
    installer = job.installer
    return Holder(installer.person, installer.company, installer.org_no, installer.email, demo=bool(job.demo))


def file_name(content_id: str, language: str) -> str:
    """A name that every system can write, such as intyg-C7F3-9K2M-41QX.pdf."""
    return f"{i18n.load(language).text('paper.file-name')}-{content_id}.pdf"


def _signer(identity: Identity) -> Signer:
    meta = identity.meta
    chain = tuple(hashlib.sha256(der).hexdigest() for der in identity.certificates[1:])
    own = identity.name, identity.organisation, identity.fingerprint
    return Signer(*own, meta.level.value, meta.protection.value, chain)


def _timestamp(authority: Authority | None) -> Timestamp | Untimed:
    if authority is None:
        return Untimed.NONE
    return Timestamp(authority.stamp.name, authority.stamp.fingerprints, authority.stamp.time)


def _draft(judgement: Judgement, signer: Identity | None, expired: bool) -> tuple[Draft, ...]:
    reasons = []
    if judgement.verdict is Verdict.INCOMPLETE:
        reasons.append(Draft.INCOMPLETE)
    if signer is None:
        reasons.append(Draft.EXPIRED if expired else Draft.UNSIGNED)
    return tuple(reasons)


def _has_expired(identity: Identity, now: datetime) -> bool:
    """A certificate that is not valid yet means a clock that is wrong: then nothing should be signed at all."""
    if now < identity.not_before:
        raise BadInput("certificate.clock-before-identity")
    return now > identity.not_after


def _read_back(path: Path, out: Path, now: datetime, signed: bool) -> None:
    """Verify the file as it lies on the disk. A disk or a bug that spoils it must not hand out a paper."""
    report = verify.examine(path, now=now)
    good = report.intact if signed else report.reasons == (Reason.UNSIGNED,) and report.outcome is Outcome.NOT_OURS
    if not good:
        raise BadInput("certificate.not-verified", file=str(out), cause=", ".join(report.reasons))
