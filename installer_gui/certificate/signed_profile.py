"""The file in which a distributor hands a profile out: the profile's text, signed by the distributor's root or not.

Without a signature it is the TOML as it was written. With one it is JSON that holds the same text, so that one file is
enough, signed in the same way as a trust list.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from ..domain.plain import Mismatch, from_plain
from ..errors import BadInput, NotOurs
from . import trust, trust_signature
from .keys import Key
from .trust import Distributor, TrustList
from .trust_signature import Signature

SCHEMA = "driftklar.profile/1"


@dataclass(frozen=True, slots=True)
class SignedProfile:
    """`profile` is the text of the TOML file."""

    schema: str
    profile: str
    signature: Signature


def sign(text: str, root: bytes, key: Key) -> bytes:
    """The file with a signature by a distributor's root, which is in DER."""
    document = trust_signature.sign({"schema": SCHEMA, "profile": text}, root, key)
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def opened(raw: bytes, name: str, trusted: TrustList, now: datetime) -> tuple[bytes, str]:
    """The profile's TOML, and which distributor on the list has signed it, "" for none.

    Raises BadInput for what was altered after it was signed, and for a format of a newer version.
    """
    if not raw.lstrip().startswith(b"{"):
        return raw, ""
    try:
        document = json.loads(raw)
        made = from_plain(SignedProfile, document)
    except (ValueError, RecursionError, Mismatch):
        raise BadInput("profile.damaged", file=name) from None
    if made.schema != SCHEMA:
        raise NotOurs("profile.newer", file=name, schema=made.schema)
    if not trust_signature.holds(made.signature, document):
        raise BadInput("profile.altered", file=name)
    return made.profile.encode(), _known(made.signature, trusted, now)


def _known(signature: Signature, trusted: TrustList, now: datetime) -> str:
    """The distributor whose root it is, if the list vouches for it now."""
    from cryptography import x509

    own = x509.load_der_x509_certificate(base64.b64decode(signature.certificate))
    sha256 = trust_signature.fingerprint(signature)
    if any(entry.cert_sha256 == sha256 for entry in trusted.revoked):
        return ""
    if not own.not_valid_before_utc <= now.astimezone(UTC) <= own.not_valid_after_utc:
        return ""
    roots = ((d, x509.load_pem_x509_certificate(d.root_cert.encode())) for d in trusted.distributors)
    return next((d.name for d, root in roots if root == own and _is_now(d, now)), "")


def _is_now(distributor: Distributor, now: datetime) -> bool:
    begins, ends = distributor.valid_from, distributor.valid_to
    return (not begins or trust.moment(begins) <= now) and (not ends or now <= trust.moment(ends))
