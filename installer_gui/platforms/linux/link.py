"""The local network on Linux: ARP where allowed, ping by ICMP socket where allowed."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

assert not TYPE_CHECKING or sys.platform == "linux"  # a type checker for another system stops here

from ...domain.network import Interface
from ...ports.unavailable import Reason, Unavailable
from ..net.ping import Ping
from ..net.sockets import Bind, Sockets, interface_alive
from . import arp
from .helper import Helper

ARP_TRIES = 3
POKE_PORT = 9  # discard: nobody listens, and asking makes the kernel resolve the neighbour
NEIGHBOURS, ADAPTERS = Path("/proc/net/arp"), Path("/sys/class/net")
_COMPLETE = 0x2


class LinuxLink:
    """Implements `ports.link.Link` on one interface."""

    def __init__(self, interface: Interface, bind: Bind, helper: Helper) -> None:
        self._interface = interface
        self._bind = bind
        self._helper = helper
        self._sockets = Sockets(bind)

    async def resolve(self, address: str, timeout_s: float) -> str | None:
        try:
            return await self._first(address, timeout_s)
        except Unavailable as unavailable:
            if unavailable.reason not in (Reason.NEEDS_PRIVILEGE, Reason.BUSY):
                raise
            return await self._poke(address, timeout_s)

    async def owners(self, address: str, timeout_s: float) -> tuple[str, ...]:
        """Answers to different questions are not put together: routers that share the load answer in turn."""
        most: tuple[str, ...] = ()
        with contextlib.closing(await arp.open_on(self._interface, self._helper)) as asking, interface_alive():
            for _ in range(ARP_TRIES):
                heard: dict[str, None] = {}
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(timeout_s / ARP_TRIES):
                        async for mac in self._answers(asking, address):
                            heard[mac] = None
                most = max(most, tuple(heard), key=len)
        return most

    async def ping(self, address: str, count: int, timeout_s: float) -> tuple[float, ...]:
        try:
            sock = self._icmp_socket(address)
        except PermissionError as error:
            raise Unavailable(Reason.NEEDS_PRIVILEGE, "ping") from error
        except OSError:
            return ()
        with contextlib.closing(sock):
            return await Ping(sock, count).run(timeout_s)

    async def _first(self, address: str, timeout_s: float) -> str | None:
        """The first who says that he has the address; the question is repeated, because frames get lost."""
        with contextlib.closing(await arp.open_on(self._interface, self._helper)) as asking, interface_alive():
            for _ in range(ARP_TRIES):
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(timeout_s / ARP_TRIES):
                        async for mac in self._answers(asking, address):
                            return mac
        return None

    async def _answers(self, asking: arp.Asking, address: str) -> AsyncIterator[str]:
        """Ask once; the MACs of all but ourselves who say that they have the address.

        All of the computer's adapters are our own: Linux answers on each of them for every address that it has.
        """
        own = _own_macs()
        await asking.ask(address, as_nobody=address == self._interface.address)
        while True:
            claimed, mac = await asking.claim()
            if claimed == address and mac not in own:
                yield mac

    async def _poke(self, address: str, timeout_s: float) -> str | None:
        """Make the kernel ask, and read what it learned. Raises Unavailable where its filter lets nothing out."""
        with (
            _let_out(),
            contextlib.suppress(TimeoutError),
            contextlib.closing(self._sockets.datagram((address, POKE_PORT))) as sock,
        ):
            async with asyncio.timeout(timeout_s):
                await asyncio.get_running_loop().sock_sendall(sock, b"")
                while (mac := self._neighbour(address)) is None:  # noqa: ASYNC110 - the kernel tells nobody
                    await asyncio.sleep(0.02)
                return mac
        return None

    def _neighbour(self, address: str) -> str | None:
        for line in NEIGHBOURS.read_text(encoding="ascii").splitlines()[1:]:
            ip, _, flags, mac, _, device = line.split()
            if (ip, device) == (address, self._interface.name) and int(flags, 16) & _COMPLETE:
                return mac
        return None

    def _icmp_socket(self, address: str) -> socket.socket:
        """Every user's ICMP socket where the system allows it (net.ipv4.ping_group_range), else the raw one."""
        try:
            sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_ICMP)
        except PermissionError:
            sock = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
        try:
            sock.setblocking(False)
            with interface_alive():
                self._bind(sock)
                sock.connect((address, 0))
        except BaseException:
            sock.close()
            raise
        return sock


@contextlib.contextmanager
def _let_out() -> Iterator[None]:
    """Silence and ICMP errors mean nothing here; what this computer itself forbids was never asked."""
    try:
        yield
    except PermissionError as error:
        raise Unavailable(Reason.PERMISSION_DENIED, str(error)) from error
    except OSError:
        return


def _own_macs() -> set[str]:
    macs = set()
    for path in ADAPTERS.glob("*/address"):
        with contextlib.suppress(OSError):  # pulled out just now
            macs.add(path.read_text(encoding="ascii").strip())
    return macs
