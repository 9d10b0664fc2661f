"""TCP connections, told apart by how they fail."""

from __future__ import annotations

import asyncio
import errno
import socket
import time
from collections.abc import Iterable
from datetime import datetime

from ...domain.stream import TcpCause, TcpFailure, TlsFailure, TlsSession
from ...ports.connect import Stream
from .sockets import Sockets
from .tls import CHUNK, TlsChannel
from .tls_contexts import Contexts

_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM})  # this computer's own packet filter
_NEIGHBOUR_SILENT_MS = 900  # three ARP questions, a second apart: sooner, "no route to host" is a firewall's ICMP


class SocketConnect:
    """Makes connections; implements `ports.connect.Connect`."""

    def __init__(self, sockets: Sockets) -> None:
        self._sockets = sockets
        self._contexts = Contexts()

    async def prepare(self, roots: Iterable[str]) -> None:
        for bundle in roots:
            await asyncio.to_thread(self._contexts.get, bundle)

    async def tcp(self, address: str, port: int, timeout_s: float, *, mss: int | None = None) -> Stream | TcpFailure:
        clock = time.perf_counter()
        try:
            async with asyncio.timeout(timeout_s):
                sock = await self._sockets.stream((address, port), mss)
        except OSError as error:
            ms = _since(clock)
            return TcpFailure(_cause(error, ms), ms, error.strerror or "")
        return SocketStream(sock, _since(clock), self._contexts)


class SocketStream:
    """A connected socket, in the clear until `tls`; implements `ports.connect.Stream`."""

    def __init__(self, sock: socket.socket, ms: float, contexts: Contexts) -> None:
        self.ms = ms
        self._sock = sock
        self._contexts = contexts
        self._tls: TlsChannel | None = None

    async def tls(
        self, host: str, roots: str, timeout_s: float, *, verify: bool = True, at: datetime | None = None
    ) -> TlsSession | TlsFailure:
        context = self._contexts.get(roots, timeless=at is not None) if verify else self._contexts.unverified()
        self._tls = TlsChannel(self._sock, context, host)
        return await self._tls.handshake(timeout_s, at)

    async def send(self, data: bytes) -> None:
        try:
            if self._tls is not None:
                await self._tls.send(data)
            else:
                await asyncio.get_running_loop().sock_sendall(self._sock, data)
        except OSError as error:
            raise _lost(error) from error

    async def receive(self, timeout_s: float) -> bytes:
        async with asyncio.timeout(timeout_s):
            try:
                if self._tls is not None:
                    return await self._tls.receive()
                return await asyncio.get_running_loop().sock_recv(self._sock, CHUNK)
            except OSError as error:
                raise _lost(error) from error

    def close(self) -> None:
        self._sock.close()


def _cause(error: OSError, ms: float) -> TcpCause:
    match error:
        case TimeoutError():
            return TcpCause.DROPPED
        case ConnectionRefusedError() | ConnectionResetError():
            return TcpCause.REFUSED
        case OSError(errno=errno.EHOSTUNREACH) if ms < _NEIGHBOUR_SILENT_MS:
            return TcpCause.PROHIBITED
        case OSError() if error.errno in _FORBIDDEN:
            return TcpCause.PROHIBITED
        case _:
            return TcpCause.UNREACHABLE


def _lost(error: OSError) -> ConnectionError:
    """An alert, a reset or a vanished route in the middle of a connection: the other side is gone."""
    return error if isinstance(error, ConnectionError) else ConnectionAbortedError(str(error))


def _since(clock: float) -> float:
    return (time.perf_counter() - clock) * 1000
