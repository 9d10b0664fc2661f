"""TLS as a station speaks it."""

from __future__ import annotations

import asyncio
import socket
import ssl
import sys
import time
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from ...domain.stream import Certificate, TlsFailure, TlsSession
from ...protocols import tls
from .sockets import interface_alive
from .tls_failure import Closed, cause, certificates, detail, out_of_date

T = TypeVar("T")
CHUNK = 65536
_LONGEST_HANDSHAKE = 262_144
_DER = 2  # _ssl.ENCODING_DER


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
            heard, chain = bytes(self._heard), certificates(tls.certificates(bytes(self._heard)))
            return TlsFailure(cause(error, heard, chain), _since(clock), detail(error, len(heard)), chain)
        chain = self._verified_chain()
        if at is not None and (dated := out_of_date(chain, at)):
            return TlsFailure(dated, _since(clock), chain=chain)
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
            return certificates(tls.certificates(bytes(self._heard)))
        if sys.version_info >= (3, 13):
            return certificates(self._tls.get_verified_chain())
        native = self._tls._sslobj.get_verified_chain()  # type: ignore[attr-defined]  # noqa: SLF001 - public from 3.13
        return certificates(certificate.public_bytes(_DER) for certificate in native)

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


def _since(clock: float) -> float:
    return (time.perf_counter() - clock) * 1000
