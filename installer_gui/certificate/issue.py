"""Issues a certificate: draw, sign, write, and read back what was written before saying that it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from .. import files, i18n
from ..domain.job import Job
from ..domain.profile import Profile
from ..domain.verdict import Judgement, Verdict
from ..errors import BadInput
from ..session import jobs, plan
from . import fonts, layout, verify
from .collect import Occasion, collect
from .content import Content, Draft, Signer, encode
from .display import clean
from .front import groups
from .identity import Identity, Unlocked
from .reasons import Outcome, Reason
from .selfissued import Holder
from .sign import Appearance, sign
from .view import wording_of


@dataclass(frozen=True, slots=True)
class Issued:
    """What was written. `draft` says why it is one, `fingerprint` is the signer's or ""."""

    path: Path
    certificate_id: str
    results_sha256: str
    verdict: Verdict
    draft: tuple[Draft, ...]
    fingerprint: str


def issue(
    job: Job, profile: Profile, language: str, identity: Unlocked | None, out: Path, now: datetime | None = None
) -> Issued:
    """Write a job's certificate to `out`; without an identity an unsigned draft.

    Raises BadInput in one sentence: the file cannot be written; the identity's certificate is not valid now. With one
    that has expired the draft is written all the same, unsigned.
    """
    moment = now or datetime.now().astimezone()
    expired = identity is not None and _has_expired(identity.identity, moment)
    signer = None if expired else identity
    content = compose(job, profile, language, signer.identity if signer else None, moment, expired)
    raw = encode(content)
    pdf = layout.render(content, raw)
    if signer is not None:
        pdf = sign(pdf, signer, appearance(content))
    files.write(out, pdf)
    report = _read_back(out, moment, signed=signer is not None)
    if expired:
        raise BadInput("certificate.expired", file=str(out))
    fingerprint = signer.identity.fingerprint if signer else ""
    return Issued(out, content.certificate_id, report.sha256, content.verdict, content.draft, fingerprint)


def compose(
    job: Job, profile: Profile, language: str, signer: Identity | None, now: datetime, expired: bool = False
) -> Content:
    """The content of a new certificate, with a number of its own."""
    judgement = jobs.judged(job, profile)
    occasion = Occasion(
        certificate_id=jobs.number(),
        now=now,
        language=language,
        renderer=layout.renderer(language),
        signer=_signer(signer) if signer else None,
        draft=_draft(judgement, signer, expired),
    )
    return collect(job, judgement, plan.rules(profile), profile, occasion)


def holder_of(job: Job) -> Holder:
    """Who signs a job's certificate."""
    installer = job.installer
    return Holder(installer.person, installer.company, installer.org_no, installer.email, demo=bool(job.demo))


def appearance(content: Content) -> Appearance:
    """The words of the signature, in the paper's language."""
    assert content.signer is not None
    wording = wording_of(content)
    words, signer = wording.words, content.signer
    lines = (
        signer.name,
        signer.organisation,
        words.text("paper.signed-at", moment=wording.moment(content.issued)),
        words.of("identity", "level", signer.level),
        words.text("paper.signed-with", fingerprint=groups(signer.fingerprint[:16])),
    )
    shown = tuple(clean(line, fonts.covered(), 70) for line in lines if line)
    return Appearance(shown, words.text("paper.signature-label"), words.text("paper.title"))


def file_name(content_id: str, language: str) -> str:
    """A name that every system can write, such as intyg-C7F3-9K2M-41QX.pdf."""
    return f"{i18n.load(language).text('paper.file-name')}-{content_id}.pdf"


def _signer(identity: Identity) -> Signer:
    meta = identity.meta
    return Signer(identity.name, identity.organisation, identity.fingerprint, meta.level.value, meta.protection.value)


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


def _read_back(out: Path, now: datetime, signed: bool) -> verify.Report:
    """Verify the file as it lies on the disk. A disk or a bug that spoils it must not hand out a paper."""
    report = verify.examine(out, now=now)
    good = report.intact if signed else report.reasons == (Reason.UNSIGNED,) and report.outcome is Outcome.NOT_OURS
    if not good:
        out.unlink(missing_ok=True)
        raise BadInput("certificate.not-verified", file=str(out), cause=", ".join(report.reasons))
    return report
