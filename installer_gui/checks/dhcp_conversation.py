"""The DHCP conversation of one run: what was asked and everything that was answered, shared by the checks that read it.

Manners: one question outstanding, at most eight a second, and nothing that takes a lease. Servers hold an offer for up
to two minutes, so the invented clients are the same in every run of a computer: a second run is offered the addresses
that the first one was, instead of emptying the pool.
"""

from __future__ import annotations

import asyncio
import hashlib
import math
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import ExitStack
from enum import StrEnum
from itertools import count
from typing import Any, NoReturn, TypeVar

from ..domain.lease import DhcpKind, DhcpReply, DhcpWay
from ..ports.dhcp import Dhcp, DhcpProbe
from .subnet import subnet_of

T = TypeVar("T")
PACE_S = 0.13  # a little more than 1/8 s, so that a late timer does not squeeze nine questions into a second
TRIES_S = (1.0, 2.0, 1.0)  # patience after each try of the first question; dnsmasq may ping for 3 s before it answers
DOUBT_S = (1.5, 1.5)  # the rest of it, while we ask whether there is a server at all
QUICK_S, SLOW_S = 2.0, 3.5  # patience with a further question, the long one when the server has needed SLOW_MS before
SLOW_MS = 1000
BUSY_S = 6.0  # how long a server may be busy with others' questions
PING_S = 1.5  # how long ISC dhcpd pings, while it goes on answering others
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
        self._ears: asyncio.Task[NoReturn]
        self._clients: Iterator[str]
        self._answers: dict[tuple[str, DhcpKind], asyncio.Future[DhcpReply]] = {}
        self._way = DhcpWay.CLIENT  # the first question is a station's own, so that nobody who answers one is missed
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
        """Ask for an address for the next client, naming one; the first offer, None when the server has none.

        Needs a start that was OFFERED, and one caller at a time.
        """
        client = next(self._clients)
        slow = any(reply.ms > SLOW_MS for reply in self.replies)
        await self._discover(client, wanted, self._way)
        if offer := await self._answer(client, SLOW_S if slow else QUICK_S, DhcpKind.OFFER):
            return offer
        self._way = DhcpWay.CLIENT  # some servers do not listen to relays
        await self._discover(client, wanted)
        await self._inform(client)
        heard = await self._answer(client, BUSY_S, DhcpKind.OFFER, DhcpKind.ACK)
        if heard is None or heard.kind is not DhcpKind.OFFER:  # it hears us; on a bad line, both questions may be lost
            await self._discover(client, wanted)
        return await self._answer(client, PING_S, DhcpKind.OFFER)

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
        task.add_done_callback(lambda ended: ended.cancelled() or ended.exception())  # nobody may be waiting for it
        self._to_close.callback(task.cancel)
        return task

    async def _open(self) -> Start:
        self._probe = await self._dhcp.open()
        self._to_close.callback(self._probe.close)
        self._ears = self._task(self._listen())
        self._clients = _clients(self._probe.own_mac)
        client = next(self._clients)
        if await self._try(client) or await self._doubt(client):
            self._way = self._probe.way
            return Start.OFFERED
        return self._explain_silence(client)

    async def _try(self, client: str) -> DhcpReply | None:
        for patience_s in TRIES_S:
            await self._discover(client)
            if offer := await self._answer(client, patience_s, DhcpKind.OFFER):
                return offer
        return None

    async def _doubt(self, client: str) -> DhcpReply | None:
        """Wait on, and ask what tells an empty pool from a filter and from no server at all."""
        own = self._probe.own_mac
        await self._discover(own)
        for patience_s in DOUBT_S:
            await self._inform(client)
            await self._inform(own)
            if offer := await self._answer(client, patience_s, DhcpKind.OFFER):
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

    async def _discover(self, client: str, wanted: str = "", way: DhcpWay = DhcpWay.CLIENT) -> None:
        await self._pace()
        self._began = min(self._began, self._last)
        self.asked += 1
        await self._probe.discover(client, wanted, way)

    async def _inform(self, client: str) -> None:
        await self._pace()
        await self._probe.inform(client)

    async def _answer(self, client: str, patience_s: float, *kinds: DhcpKind) -> DhcpReply | None:
        """The first answer of one of these kinds to this client."""
        waiting = [self._future(client, kind) for kind in kinds]
        watched: list[asyncio.Future[Any]] = [*waiting, self._ears]
        await asyncio.wait(watched, timeout=patience_s, return_when=asyncio.FIRST_COMPLETED)
        if self._ears.done():
            self._ears.result()  # deafness must not look like silence
        return next((answer.result() for answer in waiting if answer.done()), None)

    def _future(self, client: str, kind: DhcpKind) -> asyncio.Future[DhcpReply]:
        return self._answers.setdefault((client, kind), asyncio.get_running_loop().create_future())

    async def _pace(self) -> None:
        now = asyncio.get_running_loop().time
        await asyncio.sleep(self._last + PACE_S - now())
        self._last = now()

    async def _listen(self) -> NoReturn:
        while True:
            if reply := await self._probe.reply(LISTEN_S):
                self._hear(reply)

    def _hear(self, reply: DhcpReply) -> None:
        if any(_same(reply, known) for known in self.replies):
            return
        self.replies.append(reply)
        answer = self._future(reply.client, reply.kind)
        if not answer.done():
            answer.set_result(reply)
        is_offer = reply.kind is DhcpKind.OFFER and reply.client != self._probe.own_mac
        if is_offer and self.first_offer_ms is None:
            self.first_offer_ms = (asyncio.get_running_loop().time() - self._began) * 1000


def settings_agree(servers: Sequence[DhcpReply]) -> bool:
    """Whether it is all the same which of the servers a station listens to."""
    return len({(frozenset(r.routers), frozenset(r.dns), subnet_of(r)) for r in servers}) == 1


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
