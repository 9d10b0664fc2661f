"""A DHCP server with a pool, and the probe that asks it. Real messages pass between them, only not over a wire."""

from __future__ import annotations

import asyncio
import struct
from dataclasses import dataclass, field
from ipaddress import IPv4Address

from ...domain.lease import DhcpReply, DhcpWay
from ...protocols import dhcp
from ...protocols.dhcp import Message, MessageType
from ...protocols.dhcp_options import Option, join
from ...protocols.udp import Datagram
from ..dhcp import EVERYBODY, Questions
from .lan import DEMO0, FIRST_POOL_ADDRESS, LEASE_S, ROUTER, ROUTER_MAC, SUBNET

THINKING_S = 0.02
_FIXED = struct.Struct("!4B L 2H 4s 4s 4s 4s 16s 192x 4s")


@dataclass
class Pool:
    """Holds every offer that it makes, as many servers do; `free` addresses in a row can be given."""

    free: int
    held: dict[str, str] = field(default_factory=dict)

    def offer(self, client: str, wanted: str) -> str | None:
        """The address for a client: what it holds, what it wants when that is free, else the first free one."""
        if client not in self.held:
            addresses = (str(FIRST_POOL_ADDRESS + i) for i in range(self.free))
            free = [address for address in addresses if address not in self.held.values()]
            if not free:
                return None
            self.held[client] = wanted if wanted in free else free[0]
        return self.held[client]


class PlayedServer:
    """Answers DISCOVER from the pool and INFORM always; the computer's own lease is kept for it."""

    def __init__(self, free: int) -> None:
        self._pool = Pool(free, {DEMO0.mac: DEMO0.address})

    def answer(self, payload: bytes) -> bytes | None:
        question = dhcp.decode(payload)
        if question.type is MessageType.INFORM:
            return _reply(question, MessageType.ACK, "0.0.0.0", {})  # noqa: S104 - "no address"
        address = self._pool.offer(question.client, question.options.wanted_address)
        if address is None:
            return None
        return _reply(question, MessageType.OFFER, address, {Option.LEASE: LEASE_S.to_bytes(4)})


class PlayedDhcp:
    """Implements `ports.dhcp.Dhcp`."""

    def __init__(self, server: PlayedServer) -> None:
        self._server = server

    async def open(self) -> PlayedProbe:
        return PlayedProbe(self._server)


class PlayedProbe:
    """Implements `ports.dhcp.DhcpProbe`."""

    own_mac = DEMO0.mac
    way: DhcpWay = DhcpWay.CLIENT

    def __init__(self, server: PlayedServer) -> None:
        self._server = server
        self._questions = Questions(DEMO0.address)
        self._heard: asyncio.Queue[DhcpReply] = asyncio.Queue()

    async def discover(self, client: str, wanted: str = "", way: DhcpWay = DhcpWay.CLIENT) -> None:
        self._put(self._questions.discover(client, wanted, way))

    async def inform(self, client: str) -> None:
        self._put(self._questions.inform(client))

    async def reply(self, timeout_s: float) -> DhcpReply | None:
        try:
            async with asyncio.timeout(timeout_s):
                return await self._heard.get()
        except TimeoutError:
            return None

    def close(self) -> None:
        self._heard = asyncio.Queue()

    def _put(self, question: Datagram) -> None:
        if answer := self._server.answer(question.payload):
            asyncio.get_running_loop().call_later(THINKING_S, self._hear, answer)

    def _hear(self, payload: bytes) -> None:
        datagram = Datagram(ROUTER, dhcp.SERVER_PORT, EVERYBODY, dhcp.CLIENT_PORT, payload)
        if reply := self._questions.answer(datagram, ROUTER_MAC):
            self._heard.put_nowait(reply)


def _reply(question: Message, kind: MessageType, address: str, more: dict[Option, bytes]) -> bytes:
    router = IPv4Address(ROUTER).packed
    options = {
        Option.TYPE: bytes((kind,)),
        Option.SUBNET_MASK: SUBNET.netmask.packed,
        Option.ROUTERS: router,
        Option.DNS: router,
        Option.SERVER: router,
        **more,
    }
    client = bytes.fromhex(question.client.replace(":", ""))
    yours = IPv4Address(address).packed
    fixed = _FIXED.pack(
        *(dhcp.ANSWER, dhcp.ETHERNET, dhcp.MAC_LENGTH, 0, question.xid, 0, dhcp.BROADCAST),
        *(bytes(4), yours, bytes(4), bytes(4), client, dhcp.COOKIE),
    )
    return fixed + join(options)
