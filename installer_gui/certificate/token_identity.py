"""An identity whose key is in a token: its certificate lies here, its key is asked to sign there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ..errors import BadInput
from . import leaf
from .holder import Holder, attribute, named_in
from .identity import TOKEN, Identity, Level, Store
from .token import Place
from .vault import Protection


@dataclass(frozen=True, slots=True)
class Found:
    """A key in a token with its certificates (DER, upwards)."""

    place: Place
    certificates: tuple[bytes, ...]
    holder: Holder
    issuer: str
    self_issued: bool


def choose(certificates: Mapping[Place, bytes], wanted: str, now: datetime) -> Found:
    """The one that may sign documents, or the one whose SHA-256 begins with `wanted`. Raises BadInput."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes

    loaded = {place: x509.load_der_x509_certificate(der) for place, der in certificates.items()}
    prints = {place: certificate.fingerprint(hashes.SHA256()).hex() for place, certificate in loaded.items()}
    chosen = [place for place, sha256 in prints.items() if sha256.startswith(wanted.lower().replace(" ", ""))]
    if not chosen:
        raise BadInput("token.no-certificate")
    if len(chosen) > 1:
        raise BadInput("token.choose-certificate", known=", ".join(sha256[:8] for sha256 in prints.values()))
    own = loaded[chosen[0]]
    leaf.check(own, now)
    chain = leaf.upwards(own, [*loaded.values()])
    return Found(chosen[0], chain, named_in(own), attribute(own.issuer, "CN"), own.issuer == own.subject)


def take_in(store: Store, found: Found, now: datetime) -> Identity:
    """Make it an identity of this computer. Raises BadInput when it cannot be kept."""
    level = Level.SELF_ISSUED if found.self_issued else Level.IMPORTED
    return store.add({TOKEN: found.place.encode()}, Protection.TOKEN, found.certificates, level, now)
