"""TLS as a station speaks it, and the reasons why a handshake fails told apart."""

from __future__ import annotations

import asyncio
import socket
import ssl
import sys
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import pairwise
from typing import TypeVar

from ...domain.stream import Certificate, TlsCause, TlsFailure, TlsSession
from ...errors import Malformed
from ...protocols import tls, x509
from .sockets import interface_alive

T = TypeVar("T")
CHUNK = 65536
_LONGEST_HANDSHAKE = 262_144
_DER = 2  # _ssl.ENCODING_DER
_NO_CHECK_TIME = 0x200000  # X509_V_FLAG_NO_CHECK_TIME

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


class Contexts:
    """One SSL context a bundle of roots: at most TLS 1.2, no other trust, no ALPN."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, bool], ssl.SSLContext] = {}

    def get(self, roots: str, *, timeless: bool = False) -> ssl.SSLContext:
        """Trusts the roots (PEM text) alone; a `timeless` one takes certificates of any age."""
        if (roots, timeless) not in self._made:
            context = _context()
            context.load_verify_locations(cadata=roots)
            if timeless:
                context.verify_flags |= _NO_CHECK_TIME
            self._made[roots, timeless] = context
        return self._made[roots, timeless]

    @staticmethod
    def unverified() -> ssl.SSLContext:
        """Takes any certificate: nothing secret is ever sent over it."""
        context = _context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context


class TlsChannel:
    """TLS over a connected non-blocking socket. Not asyncio's own: that cannot tell a reset from an orderly end."""

    def __init__(self, sock: socket.socket, context: ssl.SSLContext, host: str) -> None:
        self._sock = sock
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_hostname=host)
        self._heard = bytearray()

    async def handshake(self, timeout_s: float, at: datetime | None = None) -> TlsSession | TlsFailure:
        """Shake hands; every way to fail is data. Raises Unavailable when the interface itself is gone.

        With a moment `at` the context must be timeless; the dates of the verified chain are then compared here.
        """
        clock = time.perf_counter()
        try:
            async with asyncio.timeout(timeout_s):
                with interface_alive():
                    await self._until_done(self._tls.do_handshake)
        except (OSError, Closed) as error:
            heard, chain = bytes(self._heard), _certificates(tls.certificates(bytes(self._heard)))
            return TlsFailure(_cause(error, heard, chain), _since(clock), _detail(error, len(heard)), chain)
        chain = self._verified_chain()
        if at is not None and (cause := _out_of_date(chain, at)):
            return TlsFailure(cause, _since(clock), chain=chain)
        cipher = self._tls.cipher()
        return TlsSession(self._tls.version() or "", cipher[0] if cipher else "", chain, _since(clock))

    async def send(self, data: bytes) -> None:
        """Raises ssl.SSLError, OSError."""
        await self._until_done(lambda: self._tls.write(data))

    async def receive(self) -> bytes:
        """b"" at the end. Raises ssl.SSLError for an alert, OSError."""
        try:
            return await self._until_done(lambda: self._tls.read(CHUNK))
        except (ssl.SSLZeroReturnError, Closed):
            return b""

    def _verified_chain(self) -> tuple[Certificate, ...]:
        """From the server's certificate up to the root that was found; as sent when nothing was verified."""
        if self._tls.context.verify_mode is ssl.CERT_NONE:
            return _certificates(tls.certificates(bytes(self._heard)))
        if sys.version_info >= (3, 13):
            return _certificates(self._tls.get_verified_chain())
        native = self._tls._sslobj.get_verified_chain()  # type: ignore[attr-defined]  # noqa: SLF001 - public from 3.13
        return _certificates(certificate.public_bytes(_DER) for certificate in native)

    async def _until_done(self, step: Callable[[], T]) -> T:
        while True:
            try:
                result = step()
            except ssl.SSLWantReadError:
                await self._flush()
                await self._fill()
            except ssl.SSLError:
                self._tell_why()
                raise
            else:
                await self._flush()
                return result

    async def _flush(self) -> None:
        if self._outgoing.pending:
            await asyncio.get_running_loop().sock_sendall(self._sock, self._outgoing.read())

    async def _fill(self) -> None:
        data = await asyncio.get_running_loop().sock_recv(self._sock, CHUNK)
        if not data:
            raise Closed
        if len(self._heard) < _LONGEST_HANDSHAKE:
            self._heard += data
        self._incoming.write(data)

    def _tell_why(self) -> None:
        """Send our alert, so that the server's log shows a refusal and not a vanished client."""
        try:
            self._sock.send(self._outgoing.read())
        except OSError:
            return


def _context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_2
    return context


def _cause(error: OSError | Closed, heard: bytes, chain: tuple[Certificate, ...]) -> TlsCause:
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


def _out_of_date(chain: tuple[Certificate, ...], at: datetime) -> TlsCause | None:
    if any(at > certificate.not_after for certificate in chain):
        return TlsCause.EXPIRED
    return TlsCause.NOT_YET_VALID if any(at < certificate.not_before for certificate in chain) else None


def _certificates(chain: Iterable[bytes]) -> tuple[Certificate, ...]:
    """What can be read of a chain. TLS 1.2 sends it in the clear, so it can be read also when it was refused."""
    try:
        return tuple(x509.parse(der) for der in chain)
    except Malformed:
        return ()


def _detail(error: OSError | Closed, heard: int) -> str:
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


def _since(clock: float) -> float:
    return (time.perf_counter() - clock) * 1000
