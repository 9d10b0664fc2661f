"""The DHCP conversation of one run: what was asked and everything that was answered, shared by the checks that read it.

Manners: one question outstanding, at most eight a second, and nothing that takes a lease. Servers hold an offer for up
to two minutes, so the invented clients are the same in every run of a computer: a second run is offered the addresses
that the first one was, instead of emptying the pool.
"""

from __future__ import annotations

import asyncio
import hashlib
import math
from collections.abc import Coroutine, Iterator
from contextlib import ExitStack
from enum import StrEnum
from itertools import count
from typing import Any, TypeVar

from ..domain.lease import DhcpKind, DhcpReply, DhcpWay
from ..ports.dhcp import Dhcp, DhcpProbe
from ..ports.unavailable import Unavailable

T = TypeVar("T")
PACE_S = 0.13  # a little more than 1/8 s, so that a late timer does not squeeze nine questions into a second
TRIES_S = (1.0, 2.0)  # patience after the first and the second try; the third one has LAST_TRY_S
LAST_TRY_S = (2.0, 2.0)
QUICK_S, SLOW_S = 2.0, 4.0  # patience for further questions; SLOW_S for a server that has once needed more than SLOW_MS
SLOW_MS = 1000
RIVALS_S = 4.0
LISTEN_S = 60.0
CLIENT_STEP = 11


class Start(StrEnum):
    """What came of the first question."""

    OFFERED = "offered"
    EXHAUSTED = "exhausted"  # the server hears invented clients and has nothing for them
    FILTERED = "filtered"  # something between us and the server drops what invented clients say
    UNCLEAR = "unclear"  # one of these two, and the server does not answer the question that tells them apart
    SILENT = "silent"


class DhcpConversation:
    """Opens with the first check that asks; `replies` are in the order in which they came."""

    def __init__(self, dhcp: Dhcp) -> None:
        self._dhcp = dhcp
        self._opening: asyncio.Task[Start] | None = None
        self._to_close = ExitStack()
        self._probe: DhcpProbe
        self._clients: Iterator[str]
        self._offer_for: dict[str, asyncio.Future[DhcpReply]] = {}
        self._way = DhcpWay.CLIENT
        self._began, self._last = math.inf, -math.inf
        self.replies: list[DhcpReply] = []
        self.asked = 0
        self.first_offer_ms: float | None = None

    async def start(self) -> Start:
        """Put the first question, with three patient tries. Raises Unavailable."""
        if self._opening is None:
            self._opening = self._task(self._open())
        return await asyncio.shield(self._opening)

    async def servers(self) -> tuple[DhcpReply, ...]:
        """The first answer of each server, complete when rivals have had their time."""
        await asyncio.sleep(self._began + RIVALS_S - asyncio.get_running_loop().time())
        first: dict[str, DhcpReply] = {}
        for reply in sorted(self.replies, key=lambda reply: reply.kind is not DhcpKind.OFFER):
            first.setdefault(reply.server, reply)
        return tuple(first.values())

    async def ask(self, wanted: str) -> DhcpReply | None:
        """Ask for an address for the next client, naming one; the first offer, None when a second try had none either.

        Needs a start that was OFFERED, and one caller at a time.
        """
        slow = any(reply.ms > SLOW_MS for reply in self.replies)
        patience_s = SLOW_S if slow else QUICK_S
        return await self._ask(next(self._clients), wanted, (patience_s, patience_s))

    @property
    def offers(self) -> dict[str, DhcpReply]:
        """Address -> its first offer to an invented client."""
        found: dict[str, DhcpReply] = {}
        for reply in self.replies:
            if reply.kind is DhcpKind.OFFER and reply.client != self._probe.own_mac:
                found.setdefault(reply.address, reply)
        return found

    def close(self) -> None:
        """End the conversation; never raises."""
        self._to_close.close()

    def _task(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.create_task(work)
        self._to_close.callback(task.cancel)
        return task

    async def _open(self) -> Start:
        self._probe = await self._dhcp.open()
        self._to_close.callback(self._probe.close)
        self._task(self._listen())
        self._clients = _clients(self._probe.own_mac)
        client = next(self._clients)
        if await self._ask(client, "", TRIES_S) or await self._last_try(client):
            self._way = self._probe.ways[0]
            return Start.OFFERED
        return self._explain_silence(client)

    async def _last_try(self, client: str) -> DhcpReply | None:
        """The third try, and beside it what tells an empty pool from a filter and from no server at all."""
        own = self._probe.own_mac
        await self._discover(client)
        await self._discover(own)
        for patience in LAST_TRY_S:
            for asking in (client, own):
                await self._pace()
                await self._probe.inform(asking)
            if offer := await self._offer(client, patience):
                return offer
        return None

    def _explain_silence(self, client: str) -> Start:
        informed = {reply.client for reply in self.replies if reply.kind is DhcpKind.ACK}
        own = self._probe.own_mac
        own_offered = any(reply.kind is DhcpKind.OFFER and reply.client == own for reply in self.replies)
        if client in informed or (own in informed and not own_offered):
            return Start.EXHAUSTED
        if own in informed:
            return Start.FILTERED
        return Start.UNCLEAR if own_offered else Start.SILENT

    async def _ask(self, client: str, wanted: str, patience_s: tuple[float, ...]) -> DhcpReply | None:
        """Repeated in the other way, which may be the one that the server likes."""
        way = self._way
        for patience in patience_s:
            await self._discover(client, wanted, way)
            if offer := await self._offer(client, patience):
                self._way = offer.way
                return offer
            way = way.other if way.other in self._probe.ways else way
        return None

    async def _discover(self, client: str, wanted: str = "", way: DhcpWay = DhcpWay.CLIENT) -> None:
        await self._pace()
        self._began = min(self._began, self._last)
        self._offer_for.setdefault(client, asyncio.get_running_loop().create_future())
        self.asked += 1
        await self._probe.discover(client, wanted, way)

    async def _offer(self, client: str, patience_s: float) -> DhcpReply | None:
        try:
            async with asyncio.timeout(patience_s):
                return await asyncio.shield(self._offer_for[client])
        except TimeoutError:
            return None

    async def _pace(self) -> None:
        now = asyncio.get_running_loop().time
        await asyncio.sleep(self._last + PACE_S - now())
        self._last = now()

    async def _listen(self) -> None:
        try:
            while True:
                if reply := await self._probe.reply(LISTEN_S):
                    self._hear(reply)
        except Unavailable:
            return  # the next question meets the same trouble, and tells

    def _hear(self, reply: DhcpReply) -> None:
        if any(_same(reply, known) for known in self.replies):
            return
        self.replies.append(reply)
        if reply.kind is not DhcpKind.OFFER:
            return
        if self.first_offer_ms is None and reply.client != self._probe.own_mac:
            self.first_offer_ms = (asyncio.get_running_loop().time() - self._began) * 1000
        waiting = self._offer_for.get(reply.client)
        if waiting is not None and not waiting.done():
            waiting.set_result(reply)


def _same(one: DhcpReply, other: DhcpReply) -> bool:
    return (one.kind, one.client, one.server, one.address) == (other.kind, other.client, other.server, other.address)


def _clients(own_mac: str) -> Iterator[str]:
    """Locally administered addresses, CLIENT_STEP apart.

    Many routers begin to look for a free address at a place in the pool that they compute from the client's, and
    clients in even steps make them begin in even steps. Next to each other, they find what the one before found.
    """
    first = int.from_bytes(hashlib.sha256(own_mac.encode()).digest()[:3])
    for number in count(first, CLIENT_STEP):
        yield "02:5a:50:" + (number % (1 << 24)).to_bytes(3).hex(":")
