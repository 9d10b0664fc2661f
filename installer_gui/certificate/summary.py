"""What a verification found, without the data: small enough for ten thousand files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from .reasons import Deep, Outcome, Reason

if TYPE_CHECKING:
    from .doubts import Signatory
    from .verify import Report


@dataclass(frozen=True, slots=True)
class Summary:
    """`stamped` is whether a trusted timestamp server tells the time. None and "" is what is not known."""

    outcome: Outcome
    reasons: tuple[Reason, ...] = ()
    signer: Signatory | None = None
    signed_at: datetime | None = None
    stamped: bool = False
    certificate_id: str = ""
    sha256: str = ""
    deep: Deep = Deep.NOT_RUN


def of(report: Report) -> Summary:
    return Summary(
        outcome=report.outcome,
        reasons=report.reasons,
        signer=report.signer,
        signed_at=report.signed_at,
        stamped=report.stamped is not None,
        certificate_id=report.content.certificate_id if report.content else "",
        sha256=report.sha256,
        deep=report.deep,
    )


def refused(reason: Reason) -> Summary:
    """A file of which nothing else is known."""
    return Summary(reason.outcome, (reason,))
