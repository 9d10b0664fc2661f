"""Whether a signature counts: who vouches for the signer, for which time, and what has been taken back since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from asn1crypto import x509

from . import paths
from .content import Content, Draft
from .identity import Level
from .paths import Path
from .reasons import Reason
from .timestamp import Stamp
from .trust import TrustList

CLOCK_LIMIT = timedelta(seconds=60)
FUTURE_LIMIT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signed, as the certificate says; `fingerprint` is its SHA-256 in hex, `vouched_by` a distributor's name."""

    name: str
    organisation: str
    fingerprint: str
    level: Level
    vouched_by: str = ""


@dataclass(frozen=True)
class Standing:
    """A signature that holds, seen with a trust list at a time.

    `chain` leads from the signer's certificate upwards. `received` is when somebody other than the signer had the file.
    """

    content: Content
    chain: Sequence[x509.Certificate]
    stamp: Stamp | None
    trust: TrustList
    now: datetime
    received: datetime | None = None

    @cached_property
    def stamped(self) -> datetime | None:
        """The timestamp's time, if its server is trusted."""
        if self.stamp is None:
            return None
        at, path = self.stamp.time, paths.of_time_server(self.stamp.certificates, self.trust)
        if path is None or not path.begins <= at <= path.ends:
            return None
        entries = paths.revocations(path.certificates, self.trust)
        # whoever has a server's key can confirm any time, so no time is left (RFC 3161, 4)
        return None if any(e.is_lost or not e.since or e.since <= at for e in entries) else at

    def path(self) -> Path | None:
        """How the list leads to the signer; when that counts is another question."""
        return paths.of_signer(self.chain, self.trust, self.stamped or self.content.issued.utc)

    def signatory(self, path: Path | None) -> Signatory:
        own = self.chain[0]
        name, organisation = paths.names_of(own)
        distributor = path.distributor if path else ""
        self_issued = len(self.chain) == 1 and own.issuer.dump() == own.subject.dump()
        level = Level.SELF_ISSUED if self_issued else Level.IMPORTED
        level = Level.DISTRIBUTOR_ISSUED if distributor else level
        return Signatory(name, organisation, own.sha256.hex(), level, distributor)

    def doubts(self, path: Path | None, signatory: Signatory) -> Iterator[Reason]:
        """What stands against it."""
        if not self._is_named(signatory):
            yield Reason.OTHER_SIGNER
        known = path or Path((self.chain[0],))
        taken_back = [*self._taken_back(known)]
        yield from taken_back
        if path is None and not taken_back:
            yield Reason.UNKNOWN_SIGNER
        at, proof = self.stamped or self.content.issued.utc, self.stamped or self.received
        if not known.begins <= at <= known.ends:
            yield Reason.OUTSIDE_VALIDITY
        elif self.now > known.ends and (proof is None or proof > known.ends):
            yield Reason.NO_PROOF_OF_TIME

    def remarks(self) -> Iterator[Reason]:
        """What a reader should know, and what changes nothing."""
        stamped, claimed = self.stamped, self.content.issued.utc
        if self.stamp and stamped is None:
            yield Reason.TIMESTAMP_NOT_TRUSTED
        if claimed > self.now + FUTURE_LIMIT or (stamped and abs(stamped - claimed) > CLOCK_LIMIT):
            yield Reason.CLOCK_OFF
        if self.trust.is_old(self.now):
            yield Reason.TRUST_LIST_OLD

    def _taken_back(self, path: Path) -> Iterator[Reason]:
        """Before a key was lost only a timestamp proves; before any other end also that somebody had the file."""
        entries = [*paths.revocations(path.certificates, self.trust)]
        lost = [e for e in entries if e.is_lost and not (e.since and self.stamped and self.stamped < e.since)]
        proof = self.stamped or self.received
        ended = [e for e in entries if not e.is_lost and not (e.since and proof and proof < e.since)]
        if lost:
            yield Reason.KEY_LOST
        if ended:
            yield Reason.REVOKED

    def _is_named(self, signatory: Signatory) -> bool:
        """The paper was made for this signature."""
        named = self.content.signer
        if named is None or {Draft.UNSIGNED, Draft.EXPIRED} & set(self.content.draft):
            return False
        return (named.fingerprint, named.name, named.organisation) == (
            signatory.fingerprint,
            signatory.name,
            signatory.organisation,
        )
