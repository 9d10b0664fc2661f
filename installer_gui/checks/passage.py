"""Whether a VPN on this computer keeps the checks from getting out through the interface under test.

Many let nothing out beside themselves (a "kill switch"), some only to the local network. Then nothing was learned about
the site, and a silence must not be told as its fault.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Iterable, Sequence

from ..domain.check import Area, CheckInfo
from ..domain.names import NameStatus
from ..domain.network import Interface, InterfaceKind
from ..domain.profile import Endpoint, Protocol
from ..domain.stream import TcpFailure
from ..ports.unavailable import Unavailable
from .context import Context

PINGS, PATIENCE_S = 2, 3.0
_BEYOND = frozenset({Area.DNS, Area.NTP, Area.MQTT, Area.HTTPS})
_ALSO = frozenset({"link-path", "captive-portal"})
_NOBODY = frozenset({NameStatus.TIMEOUT, NameStatus.UNREACHABLE, NameStatus.PORT_CLOSED})


def vpns(tested: Interface, interfaces: Sequence[Interface]) -> tuple[Interface, ...]:
    """Those beside the interface under test that are up."""
    others = (i for i in interfaces if i.name != tested.name and i.up and i.addresses)
    return tuple(i for i in others if i.kind is InterfaceKind.VPN)


def needs_passage(check: CheckInfo) -> bool:
    """Whether a check asks somebody beyond the local network."""
    return check.area in _BEYOND or check.id in _ALSO


class Passage:
    """Looks once a run, and only where there is a VPN; most of what it asks has been asked already."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._looking: asyncio.Task[bool] | None = None

    async def is_blocked(self) -> bool:
        """A VPN is up, and nobody beyond the router answers."""
        if self._looking is None:
            self._looking = asyncio.create_task(self._look())
        return await asyncio.shield(self._looking)

    def close(self) -> None:
        """Stop looking."""
        if self._looking is not None:
            self._looking.cancel()

    async def _look(self) -> bool:
        if not vpns(self._ctx.interface, self._ctx.platform.system.interfaces()):
            return False
        try:
            return not await self._is_open()
        except Unavailable:  # the interface is gone, which is told as that
            return False

    async def _is_open(self) -> bool:
        profile, public = self._ctx.profile, self._ctx.profile.public_resolvers
        if await _any(self._answers(server, profile.hosts[0]) for server in public):
            return True
        services = (self._connects(e) for e in profile.endpoints if e.protocol is not Protocol.NTP)
        return await _any((*services, *map(self._echoes, public)))

    async def _answers(self, server: str, name: str) -> bool:
        return (await self._ctx.names.ask(server, name)).status not in _NOBODY

    async def _echoes(self, address: str) -> bool:
        try:
            return bool(await self._ctx.network.link.ping(address, PINGS, PATIENCE_S))
        except Unavailable:
            return False

    async def _connects(self, endpoint: Endpoint) -> bool:
        """A refusal may come from this computer, so only a connection counts."""
        told = await self._ctx.names.told(endpoint.host)
        if told is None:
            return False
        stream = await self._ctx.network.connect.tcp(told.public[0], endpoint.port, PATIENCE_S)
        if isinstance(stream, TcpFailure):
            return False
        stream.close()
        return True


async def _any(questions: Iterable[Awaitable[bool]]) -> bool:
    """Whether any comes true; the others are not waited for."""
    tasks = [asyncio.ensure_future(question) for question in questions]
    try:
        for task in asyncio.as_completed(tasks):
            if await task:
                return True
        return False
    finally:
        for task in tasks:
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(*tasks, return_exceptions=True)
