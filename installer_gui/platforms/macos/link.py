"""The local network on macOS: a datagram makes the system ask by ARP, and its table is read; ping by ICMP socket.

Raw frames need root's /dev/bpf, so nobody else can be asked for our own address.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import re
import socket
from collections.abc import Awaitable, Callable

from ...domain.network import Interface
from ...ports.unavailable import Reason, Unavailable
from ..net.ping import Ping
from ..net.sockets import Bind, Sockets, interface_alive
from ..process import Finished, run_async

POKE_PORT = 9  # discard: nobody listens, and asking makes the system resolve the neighbour
LOOK_S = 0.1
_ENTRY = re.compile(r"^\S+ \(([\d.]+)\) at ((?:[0-9a-f]{1,2}:){5}[0-9a-f]{1,2}) on (\w+) ", re.MULTILINE)

RunAsync = Callable[..., Awaitable[Finished]]


class MacLink:
    """Implements `ports.link.Link` on one interface."""

    def __init__(self, interface: Interface, bind: Bind, ask: RunAsync = run_async) -> None:
        self._interface = interface
        self._bind = bind
        self._sockets = Sockets(bind)
        self._ask = ask

    async def resolve(self, address: str, timeout_s: float) -> str | None:
        try:
            async with asyncio.timeout(timeout_s):
                await self._poke(address)
                while (mac := await self._neighbour(address)) is None:  # noqa: ASYNC110 - the system tells nobody
                    await asyncio.sleep(LOOK_S)
        except TimeoutError:
            return None
        return None if mac == self._interface.mac else mac

    async def owners(self, address: str, timeout_s: float) -> tuple[str, ...]:  # noqa: ARG002 - the port's signature
        """Raises Unavailable(UNSUPPORTED)."""
        raise Unavailable(Reason.UNSUPPORTED, "no raw ARP on macOS")

    async def ping(self, address: str, count: int, timeout_s: float) -> tuple[float, ...]:
        try:
            sock = self._icmp_socket(address)
        except OSError:
            return ()
        with contextlib.closing(sock):
            return await Ping(sock, count).run(timeout_s)

    def _icmp_socket(self, address: str) -> socket.socket:
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_ICMP)
        try:
            sock.setblocking(False)
            with interface_alive():
                self._bind(sock)
                sock.connect((address, 0))
        except BaseException:
            sock.close()
            raise
        return sock

    async def _poke(self, address: str) -> None:
        """Raises Unavailable(PERMISSION_DENIED): "no route" to a neighbour means that the user has not allowed this
        program the local network; one that is known to be silent is "down".
        """
        try:
            with contextlib.closing(self._sockets.datagram((address, POKE_PORT))) as sock:
                await asyncio.get_running_loop().sock_sendall(sock, b"")
        except OSError as error:
            if error.errno == errno.EHOSTUNREACH and address != self._interface.gateway:
                raise Unavailable(Reason.PERMISSION_DENIED, "local network") from error

    async def _neighbour(self, address: str) -> str | None:
        """As `arp -an` lists it, with its zeros put back: "0:11:22:aa:b:c" is 00:11:22:aa:0b:0c."""
        for known, mac, interface in _ENTRY.findall((await self._ask("arp", "-an")).out):
            if (known, interface) == (address, self._interface.name):
                return ":".join(part.zfill(2) for part in mac.split(":"))
        return None
