"""A verification as JSON (resources/schemas/verify.json) and in words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..i18n import visible
from .identity_text import grouped
from .render import Output

if TYPE_CHECKING:
    from ..certificate.verify import Report


def document(path: Path, report: Report) -> dict[str, Any]:
    """What is not known is null. Names, time and number come from the certificate and the signed data only."""
    signer, content = report.signer, report.content
    return {
        "file": str(path),
        "verdict": report.outcome.value,
        "reasons": [reason.value for reason in report.reasons],
        "signer": signer
        and {
            "name": signer.name,
            "organisation": signer.organisation,
            "fingerprint": signer.fingerprint,
            "level": signer.level.value,
        },
        "signed_at": report.signed_at.isoformat(timespec="seconds") if report.signed_at else None,
        "time_source": ("timestamp" if report.stamped else "computer-clock") if signer else None,
        "certificate_id": content.certificate_id if content else None,
        "results_sha256": report.sha256 or None,
        "deep": report.deep.value,
    }


def tell(path: Path, report: Report, io: Output) -> None:
    """One sentence, then why, then whose it is."""
    words = io.catalogue
    io.line(f"{visible(str(path))}: {words.of('verify', 'outcome', report.outcome.value)}")
    lines = [words.of("verify", "reason", reason.value) for reason in report.reasons]
    if report.signer and report.content:
        who = ", ".join(filter(None, (report.signer.name, report.signer.organisation)))
        lines += [
            words.text("cli.verify.signed", name=who, time=report.content.issued.local),
            words.text("cli.identity.fingerprint", fingerprint=grouped(report.signer.fingerprint)),
        ]
    if report.content:
        lines.append(words.text("cli.verify.number", number=report.content.certificate_id))
        lines.append(words.text("cli.verify.checksum", checksum=grouped(report.sha256[:32])))
    if report.deep.value == "match":
        lines.append(words.text("cli.verify.deep-match"))
    for line in lines:
        io.line(f"  {line}", 2)
