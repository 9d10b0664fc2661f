"""Sockets that leave through one interface only. Every internet socket of a measurement is made here."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
import sys
from collections.abc import Callable, Iterator
from typing import Protocol

from ...ports.unavailable import Reason, Unavailable

Target = tuple[str, int]
Route = Callable[[Target, socket.SocketKind], Target]
_GONE = frozenset({errno.ENODEV, errno.ENETDOWN, errno.ENXIO})
# What Windows calls errors of sockets when it tells them late (winerror.h, ERROR_…_UNREACHABLE)
_LATE = {1231: errno.ENETUNREACH, 1232: errno.EHOSTUNREACH, 1234: errno.ECONNREFUSED}
IP_USER_MTU, HEADERS = 76, 40  # ws2ipdef.h; IPv4 and TCP without options


class Bind(Protocol):
    """How a system holds a fresh socket to an interface. `backend` names the way, for the record."""

    backend: str

    def __call__(self, sock: socket.socket, port: int = 0) -> None:
        """Hold `sock` to the interface, and to a source port unless it is 0. Raises OSError."""
        ...


class AddressBind:
    """Holds only the source address; with two ways out the system may still choose the other one."""

    backend = "source address"

    def __init__(self, address: str) -> None:
        self._address = address

    def __call__(self, sock: socket.socket, port: int = 0) -> None:
        if not self._address:
            raise Unavailable(Reason.NO_ADDRESS)
        sock.bind((self._address, port))


class Sockets:
    """Makes non-blocking IPv4 sockets to numeric addresses; names are never looked up here."""

    def __init__(self, bind: Bind, route: Route = lambda target, kind: target) -> None:
        """`route` may send a target elsewhere: a simulated site lives on loopback."""
        self._bind = bind
        self._route = route

    def datagram(self, target: Target, source_port: int = 0) -> socket.socket:
        """A connected UDP socket: only the target's answers arrive, and an ICMP refusal arrives at once.

        Raises OSError; Unavailable(NEEDS_PRIVILEGE) when the source port is out of reach, BUSY when it is taken.
        """
        sock = self._open(socket.SOCK_DGRAM, source_port)
        try:
            with interface_alive():
                sock.connect(self._route(target, socket.SOCK_DGRAM))
        except BaseException:
            sock.close()
            raise
        return sock

    async def stream(self, target: Target, mss: int | None = None) -> socket.socket:
        """A connected TCP socket, its segments kept to `mss` bytes when given. Raises OSError."""
        sock = self._open(socket.SOCK_STREAM)
        try:
            if mss is not None:
                _limit_segments(sock, mss)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with interface_alive():
                await asyncio.get_running_loop().sock_connect(sock, self._route(target, socket.SOCK_STREAM))
        except BaseException:
            sock.close()
            raise
        return sock

    def _open(self, kind: socket.SocketKind, source_port: int = 0) -> socket.socket:
        sock = socket.socket(socket.AF_INET, kind)
        sock.setblocking(False)
        try:
            with interface_alive():
                self._bind(sock, source_port)
        except OSError as error:
            sock.close()
            raise _unbound(error, source_port) from error
        except Unavailable:
            sock.close()
            raise
        return sock


@contextlib.contextmanager
def interface_alive() -> Iterator[None]:
    """Turn "no such device" and "network is down" into Unavailable(INTERFACE_GONE), and Windows' names into errno's."""
    try:
        yield
    except OSError as error:
        if error.errno in _GONE:
            raise Unavailable(Reason.INTERFACE_GONE, str(error)) from error
        if late := _LATE.get(getattr(error, "winerror", 0)):
            raise OSError(late, error.strerror) from error
        raise


def _limit_segments(sock: socket.socket, mss: int) -> None:
    """Raises OSError where the system cannot: better no second try than one that proves nothing."""
    if sys.platform == "win32":
        sock.setsockopt(socket.IPPROTO_IP, IP_USER_MTU, mss + HEADERS)
    else:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, mss)


def _unbound(error: OSError, source_port: int) -> Exception:
    if error.errno == errno.EADDRNOTAVAIL:
        return Unavailable(Reason.NO_ADDRESS, str(error))
    if source_port and error.errno in (errno.EACCES, errno.EPERM):
        return Unavailable(Reason.NEEDS_PRIVILEGE, f"source port {source_port}")
    if source_port and error.errno == errno.EADDRINUSE:
        return Unavailable(Reason.BUSY, f"source port {source_port}")
    return error
