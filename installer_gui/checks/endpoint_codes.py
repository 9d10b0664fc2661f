"""What can be wrong on the way to an endpoint, below the application."""

from __future__ import annotations

from collections.abc import Mapping

from ..domain.finding import Code, Responsible, Scale, Severity
from ..domain.stream import TcpCause, TlsCause

_OWNER, _MAKER = Responsible.NETWORK_OWNER, Responsible.CHARGER_MAKER


def _failure(name: str, number: int, responsible: Responsible = _OWNER) -> Code:
    return Code(name, number, Severity.FAILURE, responsible)


DROPPED = _failure("tcp.dropped", 400)
REFUSED = _failure("tcp.refused", 401)
REFUSED_NEARBY = _failure("tcp.refused-nearby", 402)
PROHIBITED = _failure("tcp.prohibited", 403)
UNREACHABLE = _failure("tcp.unreachable", 404)
MTU_HOLE = _failure("tcp.mtu-hole", 405)
ADDRESS_DEAD = Code("tcp.address-dead", 406, Severity.WARNING, _OWNER)

RESET = _failure("tls.reset", 410)
SNI_FILTER = _failure("tls.sni-filter", 411)
MIDDLEBOX = _failure("tls.middlebox", 412)
STALLED = _failure("tls.stalled", 413)
INTERCEPTED = _failure("tls.intercepted", 414)
SELF_SIGNED = _failure("tls.self-signed", 415)
NO_INTERMEDIATE = _failure("tls.no-intermediate", 416)
EXPIRED = _failure("tls.expired", 417, _MAKER)
NOT_YET_VALID = _failure("tls.not-yet-valid", 418, _MAKER)
WRONG_HOST = _failure("tls.wrong-host", 419)
VERSION = _failure("tls.version", 420)
NOT_TLS = _failure("tls.not-tls", 421)
FAILED = _failure("tls.failed", 422)

ISSUER_NOT_CONFIRMED = Code("tls.issuer-not-confirmed", 430, Severity.WARNING, _MAKER)
OTHER_ROOT = Code("tls.other-root", 431, Severity.WARNING, _MAKER)
NETWORK_TIME = Code("tls.judged-at-network-time", 432, Severity.INFO, Responsible.INSTALLER)
LONG_VALID = Code("tls.long-valid", 433, Severity.OK)
ENDING = Code("tls.ending", 434, Severity.WARNING, _MAKER)

CERTIFICATE_DAYS = Scale("tls.certificate-days", "days", "certificate-days", LONG_VALID, EXPIRED, ENDING)

TCP: Mapping[TcpCause, Code] = {
    TcpCause.DROPPED: DROPPED,
    TcpCause.REFUSED: REFUSED,
    TcpCause.PROHIBITED: PROHIBITED,
    TcpCause.UNREACHABLE: UNREACHABLE,
}
TLS: Mapping[TlsCause, Code] = {
    TlsCause.RESET: RESET,
    TlsCause.CLOSED: RESET,
    TlsCause.STALLED: STALLED,
    TlsCause.UNTRUSTED: INTERCEPTED,
    TlsCause.SELF_SIGNED: SELF_SIGNED,
    TlsCause.NO_INTERMEDIATE: NO_INTERMEDIATE,
    TlsCause.EXPIRED: EXPIRED,
    TlsCause.NOT_YET_VALID: NOT_YET_VALID,
    TlsCause.WRONG_HOST: WRONG_HOST,
    TlsCause.VERSION: VERSION,
    TlsCause.NOT_TLS: NOT_TLS,
    TlsCause.OTHER: FAILED,
}
_CONNECTION = (*TCP.values(), REFUSED_NEARBY, MTU_HOLE, ADDRESS_DEAD)
_HANDSHAKE = (*dict.fromkeys(TLS.values()), SNI_FILTER, MIDDLEBOX)
CODES = (*_CONNECTION, *_HANDSHAKE, ISSUER_NOT_CONFIRMED, OTHER_ROOT, NETWORK_TIME)
