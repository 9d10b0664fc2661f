"""How a state looks: a shape, a colour and a word, so that none of the three is needed to tell them apart."""

from __future__ import annotations

from enum import StrEnum

from ..domain.verdict import Verdict


class Look(StrEnum):
    """A state as it is drawn; each has a shape of its own."""

    PASS = "pass"
    WARN = "warn"
    FAIL = "fail"
    RUNNING = "running"
    UNTESTED = "untested"
    SKIPPED = "skipped"
    OUTDATED = "outdated"
    INFO = "info"

    @property
    def tone(self) -> str:
        """The colour token that the shape and its word take; its tint is that of the same name."""
        return _TONES.get(self, "skip")


def of_verdict(verdict: Verdict) -> Look:
    """How the whole job looks; one that lacks something is untested."""
    known = {Verdict.PASSED: Look.PASS, Verdict.PASSED_WITH_REMARKS: Look.WARN, Verdict.FAILED: Look.FAIL}
    return known.get(verdict, Look.UNTESTED)


_TONES = {Look.PASS: "pass", Look.WARN: "warn", Look.FAIL: "fail", Look.RUNNING: "info", Look.INFO: "info"}
