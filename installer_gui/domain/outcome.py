"""How a check ended. Never a bool: only `Measured` can help a site to pass."""

from __future__ import annotations

from dataclasses import dataclass

from .finding import Finding


class Fact:
    """Base of the typed values that one check hands to another (see `checks.context`)."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The check looked, and this is what it saw."""

    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class NotMeasured:
    """The check could not look. `reason`: a `ports.unavailable.Reason`, SKIPPED or STOPPED; `detail` is for support.

    `findings` are what it could tell without looking. They inform the reader, and count for nothing.
    """

    reason: str
    detail: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """Nothing to look at; `because` is the id of the check that did not deliver, or a connection type."""

    because: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A bug in the check, logged under `error_id`. Only the runner makes it, and it never passes."""

    error_id: str


Outcome = Measured | NotMeasured | NotApplicable | Broken
SKIPPED = "skipped"
STOPPED = "stopped"


def kind(outcome: Outcome | None) -> str:
    """The word for it in files: "measured", "not-measured" (also what never ran), "not-applicable" or "broken"."""
    match outcome:
        case Measured():
            return "measured"
        case NotApplicable():
            return "not-applicable"
        case Broken():
            return "broken"
        case NotMeasured() | None:
            return "not-measured"
