"""Two ways to ask by ARP: with a packet socket of our own, or through the privileged program."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from typing import TYPE_CHECKING, Protocol

assert not TYPE_CHECKING or sys.platform == "linux"  # a type checker for another system stops here

from ...domain.network import Interface
from ...errors import Malformed
from ...ports.unavailable import Reason, Unavailable
from ...protocols import arp
from ..net.sockets import interface_alive
from . import rawlink
from .helper import Helper
from .probe import Probe, unavailable

Claim = tuple[str, str]


class Asking(Protocol):
    """Puts questions, and hears who claims an address (address, MAC), by an answer or in a question of his own."""

    async def ask(self, address: str, *, as_nobody: bool) -> None: ...
    async def claim(self) -> Claim: ...
    def close(self) -> None: ...


async def open_on(interface: Interface, helper: Helper) -> Asking:
    """The way that this process may go. Raises Unavailable: NEEDS_PRIVILEGE, UNSUPPORTED, INTERFACE_GONE, BUSY."""
    if not interface.mac:
        raise Unavailable(Reason.UNSUPPORTED, "no Ethernet")
    try:
        with interface_alive():
            return _Own(interface)
    except PermissionError:
        return _Through(await helper.running(interface.name))


class _Own:
    def __init__(self, interface: Interface) -> None:
        self._interface = interface
        self._socket = rawlink.arp_socket(interface.name)

    async def ask(self, address: str, *, as_nobody: bool) -> None:
        own = arp.NOBODY if as_nobody else self._interface.address or arp.NOBODY
        question = arp.question(self._interface.mac, own, address)
        await asyncio.get_running_loop().sock_sendall(self._socket, question)

    async def claim(self) -> Claim:
        while True:
            frame = await asyncio.get_running_loop().sock_recv(self._socket, rawlink.LARGEST)
            with contextlib.suppress(Malformed):
                packet = arp.parse(frame)
                return packet.address, packet.mac

    def close(self) -> None:
        self._socket.close()


class _Through:
    def __init__(self, probe: Probe) -> None:
        self._probe = probe
        self._held = contextlib.ExitStack()
        self._held.enter_context(probe.held())
        self._claims = self._held.enter_context(probe.heard("arp"))

    async def ask(self, address: str, *, as_nobody: bool) -> None:
        try:
            await self._probe.ask("arp", address=address, probe=as_nobody)
        except OSError as error:
            raise unavailable(error) from error

    async def claim(self) -> Claim:
        told = await self._probe.next_of(self._claims)
        return told["address"], told["mac"]

    def close(self) -> None:
        self._held.close()
