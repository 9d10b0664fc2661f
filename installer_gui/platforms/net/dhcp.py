"""DHCP questions over the system's own UDP, where sockets below it cannot be had.

What hides an answer here cannot be seen: the computer's firewall lets answers to a broadcast in for a few seconds, or
not at all, and the system's own client may hold the port. So silence counts only of servers that have been heard, and
quick; else it is Unavailable(UNCLEAR), never "no server" or "no more addresses".
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import math
import socket
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from ipaddress import IPv4Address, IPv4Interface

from ...domain.lease import DhcpReply, DhcpWay
from ...domain.network import Interface
from ...ports.unavailable import Reason, Unavailable
from ...protocols.dhcp import CLIENT_PORT, SERVER_PORT
from ...protocols.udp import Datagram
from ..dhcp import Questions
from .sockets import interface_alive

PORTS = {DhcpWay.RELAY: SERVER_PORT, DhcpWay.CLIENT: CLIENT_PORT}
LARGEST = 4096
_OTHER = {DhcpWay.RELAY: DhcpWay.CLIENT, DhcpWay.CLIENT: DhcpWay.RELAY}
QUICK_MS = 2000.0  # a server that once needs longer may need more than the three seconds that Windows hears it
SLOW_S, NOTHING_S = 3.2, 5.0  # the longest silence that is waited for once it may have no meaning
NEIGHBOUR_S = 0.3  # who has just answered us is known to the system

OpenSocket = Callable[[int], socket.socket]
Resolve = Callable[[str, float], Awaitable[str | None]]


class SocketDhcp:
    """Implements `ports.dhcp.Dhcp`.

    `open_socket` makes a non-blocking socket on a port of the interface that may send broadcasts; `resolve` finds a
    neighbour's MAC; `refused` says what it means when the system has no way for a broadcast.
    """

    def __init__(
        self, interface: Interface, open_socket: OpenSocket, resolve: Resolve, refused: Reason = Reason.NO_LINK
    ) -> None:
        self._interface = interface
        self._open_socket = open_socket
        self._resolve = resolve
        self._refused = refused

    async def open(self) -> SocketDhcpProbe:
        if not self._interface.mac:
            raise Unavailable(Reason.UNSUPPORTED, "no Ethernet")
        if not self._interface.address:
            raise Unavailable(Reason.NO_ADDRESS)
        ears, refusals = dict[DhcpWay, socket.socket](), list[OSError]()
        for way, port in PORTS.items():
            try:
                ears[way] = self._open_socket(port)
            except OSError as error:
                refusals.append(error)
        if not ears:
            raise _closed(refusals)
        return SocketDhcpProbe(self._interface, ears, self._resolve, self._refused)


class SocketDhcpProbe:
    """Implements `ports.dhcp.DhcpProbe`.

    Where the port of one way is taken, its questions go the other way. So do those that are repeated: answers that are
    broadcast may be kept from us where unicast ones are not.
    """

    def __init__(
        self, interface: Interface, ears: Mapping[DhcpWay, socket.socket], resolve: Resolve, refused: Reason
    ) -> None:
        self.own_mac = interface.mac
        self.way = DhcpWay.RELAY if DhcpWay.RELAY in ears else DhcpWay.CLIENT
        self._interface = interface
        self._ears = ears
        self._refused = refused
        self._asked: dict[str, DhcpWay] = {}
        self._questions = Questions(interface.address)
        self._silence = _Silence()
        self._senders = _Senders(interface, resolve)
        self._heard: asyncio.Queue[tuple[DhcpReply, str] | Unavailable] = asyncio.Queue()
        self._listeners = [asyncio.create_task(self._listen(sock)) for sock in ears.values()]

    async def discover(self, client: str, wanted: str = "", way: DhcpWay = DhcpWay.CLIENT) -> None:
        self._silence.weigh(client)
        if way not in self._ears or (way is self._asked.get(client) and len(self._ears) > 1):
            way = _OTHER[way]
        self._asked[client] = way
        await self._send(way, self._questions.discover(client, wanted, way))

    async def inform(self, client: str) -> None:
        self._silence.weigh(client)
        if DhcpWay.CLIENT in self._ears:
            await self._send(DhcpWay.CLIENT, self._questions.inform(client))

    async def reply(self, timeout_s: float) -> DhcpReply | None:
        try:
            async with asyncio.timeout(timeout_s):
                heard = await self._heard.get()
        except TimeoutError:
            return None
        if isinstance(heard, Unavailable):
            raise heard
        answer, source = heard
        return replace(answer, sender=await self._senders.mac(source))

    def close(self) -> None:
        for listener in self._listeners:
            listener.cancel()  # and each closes its socket
        self._listeners.clear()

    async def _send(self, way: DhcpWay, question: Datagram) -> None:
        target = (question.target, question.target_port)
        try:
            with interface_alive():
                await asyncio.get_running_loop().sock_sendto(self._ears[way], question.payload, target)
        except OSError as error:
            raise Unavailable(self._refused, str(error)) from error

    async def _listen(self, ears: socket.socket) -> None:
        with contextlib.closing(ears):
            while True:
                try:
                    data, (source, port) = await asyncio.get_running_loop().sock_recvfrom(ears, LARGEST)
                except ConnectionError:  # Windows: an ICMP message for an earlier question
                    continue
                except OSError as error:
                    self._heard.put_nowait(Unavailable(Reason.INTERFACE_GONE, str(error)))
                    return
                own = self._interface.address
                if answer := self._questions.answer(Datagram(source, port, own, CLIENT_PORT, data), ""):
                    self._silence.ended(answer)
                    self._heard.put_nowait((answer, source))


class _Silence:
    """How long each client has been waiting, and whether its silence can be believed."""

    def __init__(self) -> None:
        self._asked_at: dict[str, float] = {}
        self._answered: set[str] = set()
        self._slowest_ms: float | None = None

    def weigh(self, client: str) -> None:
        """Note a question. Raises Unavailable(UNCLEAR) for one that is repeated after a silence without meaning."""
        now = time.monotonic()
        waited_s = now - self._asked_at.setdefault(client, now)
        if client not in self._answered and waited_s > self._believed_s:
            heard = "nothing" if self._slowest_ms is None else f"answers after up to {self._slowest_ms:.0f} ms"
            raise Unavailable(Reason.UNCLEAR, f"answers may be hidden from this computer, which heard {heard}")

    def ended(self, answer: DhcpReply) -> None:
        self._answered.add(answer.client)
        self._slowest_ms = max(answer.ms, self._slowest_ms or 0.0)

    @property
    def _believed_s(self) -> float:
        if self._slowest_ms is None:
            return NOTHING_S
        return math.inf if self._slowest_ms < QUICK_MS else SLOW_S


class _Senders:
    """The MAC behind each address that answers; "" for one that is not on this link, or not to be had."""

    def __init__(self, interface: Interface, resolve: Resolve) -> None:
        self._subnet = IPv4Interface(interface.addresses[0]).network
        self._resolve = resolve
        self._known: dict[str, str] = {}

    async def mac(self, source: str) -> str:
        if source not in self._known:
            self._known[source] = await self._ask(source) if IPv4Address(source) in self._subnet else ""
        return self._known[source]

    async def _ask(self, source: str) -> str:
        try:
            return await self._resolve(source, NEIGHBOUR_S) or ""
        except Unavailable:
            return ""


def _closed(refusals: list[OSError]) -> Unavailable:
    """No port can be had: somebody has them, or they are not ours to have."""
    numbers = {error.errno for error in refusals}
    detail = "; ".join(map(str, refusals))
    if numbers & {errno.ENODEV, errno.ENXIO, errno.EADDRNOTAVAIL}:
        return Unavailable(Reason.INTERFACE_GONE, detail)
    return Unavailable(Reason.NEEDS_PRIVILEGE if numbers & {errno.EACCES, errno.EPERM} else Reason.BUSY, detail)
