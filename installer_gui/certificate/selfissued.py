"""Makes the certificate that an installer issues to themselves: ECDSA P-256, three years."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from . import keys, leaf
from .holder import Holder

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.x509 import Certificate

VALID = timedelta(days=3 * 365)
BACKDATED = timedelta(days=7)  # a clock that is corrected later must not put a signature before the certificate


def make(holder: Holder, now: datetime) -> tuple[EllipticCurvePrivateKey, Certificate]:
    """A new key and its certificate."""
    from cryptography.hazmat.primitives import hashes

    key, subject = keys.make(), holder.subject()
    start = now.astimezone(UTC) - BACKDATED
    made = leaf.builder(subject, subject, key.public_key(), start, start + VALID, holder.address)
    return key, made.sign(key, hashes.SHA256())
