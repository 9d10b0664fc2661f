"""The reasons why a handshake fails, told apart."""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise

from ...domain.stream import Certificate, TlsCause
from ...errors import Malformed
from ...protocols import tls, x509

# OpenSSL's X509_V_ERR_…; what the server's own list of certificates decides is told apart in `_untrusted`
_VERIFY_CAUSES = {
    9: TlsCause.NOT_YET_VALID,
    10: TlsCause.EXPIRED,
    18: TlsCause.SELF_SIGNED,
    19: TlsCause.UNTRUSTED,
    62: TlsCause.WRONG_HOST,
    64: TlsCause.WRONG_HOST,
}
_NO_ISSUER = frozenset({2, 20, 21})
# "No shared cipher" and "no shared version" are one alert: servers that only know TLS 1.0 send it
_VERSION_REASONS = ("PROTOCOL", "HANDSHAKE_FAILURE", "SSL_VERSION")


class Closed(Exception):
    """The other side ended the connection in an orderly way."""


def cause(error: OSError | Closed, heard: bytes, chain: tuple[Certificate, ...]) -> TlsCause:
    """Why a handshake ended with `error` after `heard` had come; `chain` is what could be read of it."""
    match error:
        case ssl.SSLCertVerificationError() if error.verify_code in _NO_ISSUER:
            return _untrusted(chain)
        case ssl.SSLCertVerificationError():
            return _VERIFY_CAUSES.get(error.verify_code, TlsCause.OTHER)
        case TimeoutError():
            return TlsCause.STALLED
        case _ if heard and not tls.is_record(heard):
            return TlsCause.NOT_TLS
        case ssl.SSLError() if any(word in (error.reason or "") for word in _VERSION_REASONS):
            return TlsCause.VERSION
        case Closed():
            return TlsCause.CLOSED
        case ConnectionError():
            return TlsCause.RESET
        case _:
            return TlsCause.OTHER


def _untrusted(chain: tuple[Certificate, ...]) -> TlsCause:
    """No root of ours is at the end: the server kept a link to itself, or the end is somebody else's root."""
    complete = len(chain) > 1 and all(lower.issuer == upper.subject for lower, upper in pairwise(chain))
    return TlsCause.UNTRUSTED if complete else TlsCause.NO_INTERMEDIATE


def out_of_date(chain: tuple[Certificate, ...], at: datetime) -> TlsCause | None:
    """What the dates of a chain say at a moment, None when they hold; a chain that cannot be read proves nothing."""
    if not chain:
        return TlsCause.OTHER
    if any(at > certificate.not_after for certificate in chain):
        return TlsCause.EXPIRED
    return TlsCause.NOT_YET_VALID if any(at < certificate.not_before for certificate in chain) else None


def certificates(chain: Iterable[bytes]) -> tuple[Certificate, ...]:
    """What can be read of a chain. TLS 1.2 sends it in the clear, so it can be read also when it was refused."""
    try:
        return tuple(x509.parse(der) for der in chain)
    except Malformed:
        return ()


def detail(error: OSError | Closed, heard: int) -> str:
    """The library's own words, for support."""
    match error:
        case ssl.SSLCertVerificationError():
            return error.verify_message
        case ssl.SSLError():
            return error.reason or str(error)
        case TimeoutError():
            return f"{heard} bytes heard"
        case OSError():
            return error.strerror or str(error)
        case _:
            return ""
