"""Why a file is not simply valid, as codes; the catalogue's "verify.reason" has the words."""

from __future__ import annotations

from enum import StrEnum

from ..errors import DriftklarError


class Outcome(StrEnum):
    """What a verification can end with, best first."""

    VALID = "valid"
    UNTRUSTED = "untrusted"
    INVALID = "invalid"
    NOT_OURS = "not-ours"


class Deep(StrEnum):
    """Whether the pages were compared with the data, and what came of it."""

    MATCH = "match"
    DIFFERS = "differs"
    NOT_RUN = "not-run"


class Reason(StrEnum):
    """What was seen. A reason rules out every outcome better than its own; a remark rules out none."""

    UNREADABLE = "unreadable"
    EMPTY = "empty"
    TOO_LARGE = "too-large"
    NOT_PDF = "not-pdf"
    OTHER_PDF = "other-pdf"
    UNSIGNED = "unsigned"

    ALTERED = "altered"
    APPENDED = "appended"
    STRUCTURE = "structure"
    SIGNATURE = "signature"
    TIMESTAMP = "timestamp"
    ATTACHMENT = "attachment"
    CHECKSUM = "checksum"
    PAGES = "pages"
    OTHER_SIGNER = "other-signer"
    KEY_LOST = "key-lost"
    DAMAGED = "damaged"
    TOO_SLOW = "too-slow"

    UNKNOWN_SIGNER = "unknown-signer"
    NO_PROOF_OF_TIME = "no-proof-of-time"
    OUTSIDE_VALIDITY = "outside-validity"
    REVOKED = "revoked"

    OTHER_NAME = "other-name"
    INCOMPLETE = "incomplete"
    DEMO = "demo"
    TEXT_ONLY = "text-only"
    TIMESTAMP_NOT_TRUSTED = "timestamp-not-trusted"
    CLOCK_OFF = "clock-off"
    TRUST_LIST_OLD = "trust-list-old"

    @property
    def outcome(self) -> Outcome:
        """The best outcome that is left once this has been seen."""
        return _OUTCOMES.get(self, Outcome.VALID)


_NOT_OURS = (
    Reason.UNREADABLE,
    Reason.EMPTY,
    Reason.TOO_LARGE,
    Reason.NOT_PDF,
    Reason.OTHER_PDF,
    Reason.UNSIGNED,
)
_UNTRUSTED = (Reason.UNKNOWN_SIGNER, Reason.NO_PROOF_OF_TIME, Reason.OUTSIDE_VALIDITY, Reason.REVOKED)
_REMARKS = (
    Reason.OTHER_NAME,
    Reason.INCOMPLETE,
    Reason.DEMO,
    Reason.TEXT_ONLY,
    Reason.TIMESTAMP_NOT_TRUSTED,
    Reason.CLOCK_OFF,
    Reason.TRUST_LIST_OLD,
)
_OUTCOMES = (
    {reason: Outcome.INVALID for reason in Reason if reason not in _REMARKS}
    | dict.fromkeys(_NOT_OURS, Outcome.NOT_OURS)
    | dict.fromkeys(_UNTRUSTED, Outcome.UNTRUSTED)
)


class Refused(DriftklarError):
    """The file cannot be accepted."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
