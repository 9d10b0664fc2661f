"""The exit codes. Python's own for a crash is 1 and argparse's is 2: neither may be taken for a verdict."""

from __future__ import annotations

from ..domain.verdict import Verdict

PASSED, FAILED, USAGE, INCOMPLETE, INTERNAL = 0, 1, 2, 3, 70


def of(verdict: Verdict, strict: bool = False) -> int:
    """The exit code of a verdict; `strict` lets remarks fail."""
    match verdict:
        case Verdict.PASSED:
            return PASSED
        case Verdict.PASSED_WITH_REMARKS:
            return FAILED if strict else PASSED
        case Verdict.FAILED:
            return FAILED
        case Verdict.INCOMPLETE:
            return INCOMPLETE
