"""How a TCP connection and a TLS handshake ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class TcpCause(StrEnum):
    """Why no connection came about, as the socket told it."""

    DROPPED = "dropped"
    REFUSED = "refused"
    PROHIBITED = "prohibited"
    UNREACHABLE = "unreachable"


class TlsCause(StrEnum):
    """Why a handshake failed."""

    RESET = "reset"
    CLOSED = "closed"
    STALLED = "stalled"
    UNTRUSTED = "untrusted"
    SELF_SIGNED = "self-signed"
    NO_INTERMEDIATE = "no-intermediate"
    EXPIRED = "expired"
    NOT_YET_VALID = "not-yet-valid"
    WRONG_HOST = "wrong-host"
    VERSION = "version"
    NOT_TLS = "not-tls"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class TcpFailure:
    """No connection; `ms` is how long it took to know."""

    cause: TcpCause
    ms: float
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Certificate:
    """The parts of a server's certificate that a reader compares."""

    subject: str
    issuer: str
    not_before: datetime
    not_after: datetime
    sha256: str


@dataclass(frozen=True, slots=True)
class TlsFailure:
    """`chain` holds what the server sent, leaf first, when it could be read."""

    cause: TlsCause
    ms: float
    detail: str = ""
    chain: tuple[Certificate, ...] = ()


@dataclass(frozen=True, slots=True)
class TlsSession:
    """A handshake that the roots accepted."""

    version: str
    cipher: str
    chain: tuple[Certificate, ...]
    ms: float
