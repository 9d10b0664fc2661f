"""A verification as JSON (resources/schemas/verify.json) and in words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..i18n import visible
from .identity_text import grouped
from .render import Output

if TYPE_CHECKING:
    from ..certificate.summary import Summary


def document(path: Path, found: Summary) -> dict[str, Any]:
    """What is not known is null. Names, time and number come from the certificate and the signed data only."""
    signer = found.signer
    return {
        "file": str(path),
        "verdict": found.outcome.value,
        "reasons": [reason.value for reason in found.reasons],
        "signer": signer
        and {
            "name": signer.name,
            "organisation": signer.organisation,
            "fingerprint": signer.fingerprint,
            "level": signer.level.value,
        },
        "signed_at": found.signed_at.isoformat(timespec="seconds") if found.signed_at else None,
        "time_source": ("timestamp" if found.stamped else "computer-clock") if signer else None,
        "certificate_id": found.certificate_id or None,
        "results_sha256": found.sha256 or None,
        "deep": found.deep.value,
    }


def tell(path: Path, found: Summary, io: Output) -> None:
    """One sentence, then why, then whose it is."""
    words = io.catalogue
    io.line(f"{visible(str(path))}: {words.of('verify', 'outcome', found.outcome.value)}")
    lines = [words.of("verify", "reason", reason.value) for reason in found.reasons]
    if found.signer and found.signed_at:
        who = ", ".join(filter(None, (found.signer.name, found.signer.organisation)))
        code = "stamped" if found.stamped else "signed"
        lines.append(words.of("cli.verify", code, name=who, time=found.signed_at))
        if found.signer.vouched_by:
            lines.append(words.text("cli.verify.vouched", name=found.signer.vouched_by))
        lines.append(words.text("cli.identity.fingerprint", fingerprint=grouped(found.signer.fingerprint)))
    if found.certificate_id:
        lines.append(words.text("cli.verify.number", number=found.certificate_id))
        lines.append(words.text("cli.verify.checksum", checksum=grouped(found.sha256[:32])))
    if found.deep.value == "match":
        lines.append(words.text("cli.verify.deep-match"))
    for line in lines:
        io.line(f"  {line}", 2)
