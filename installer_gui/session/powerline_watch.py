"""Watching a powerline network while stations are switched on one by one: who joins, who leaves.

Where one station was switched on and one member joined, that member is that station (`powerline_filing.learnt`).
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass

from ..checks.plc_conversation import Conversation
from ..checks.plc_modems import Modem, find
from ..checks.plc_networks import Reading, read, read_again
from ..domain.network import Interface
from ..domain.powerline import Member
from ..ports.platform import Platform
from ..ports.unavailable import Reason, Unavailable
from .powerline import cause

EVERY_S = 2.0
TRIES = 2  # before a gateway counts as gone


@dataclass(frozen=True, slots=True)
class Answering:
    """The gateways that answer from now on; none: nobody does, or does any more."""

    gateways: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """A member is there. `before`: it was when the watch began."""

    member: Member
    before: bool = False


@dataclass(frozen=True, slots=True)
class Left:
    """A member is no longer there."""

    member: Member


Event = Answering | Joined | Left
Emit = Callable[[Event], None]


async def watch(platform: Platform, interface: Interface, emit: Emit) -> None:
    """Tell until cancelled. Raises Unavailable as `powerline.look` does, but never because a gateway falls silent."""
    if not interface.up:
        raise Unavailable(Reason.NO_LINK)
    try:
        with contextlib.closing(await platform.network(interface).powerline.open()) as link:
            await _Watch(Conversation(link), platform, interface.name, emit).run()
    except Unavailable as unavailable:
        raise cause(unavailable, platform, interface) from None


class _Watch:
    def __init__(self, talk: Conversation, platform: Platform, interface: str, emit: Emit) -> None:
        self._talk = talk
        self._platform = platform
        self._interface = interface
        self._emit = emit
        self._readings: dict[str, Reading] = {}
        self._members: dict[str, Member] = {}
        self._answering: tuple[str, ...] | None = None
        self._begun = False

    async def run(self) -> None:
        loop, modems = asyncio.get_running_loop(), tuple[Modem, ...]()
        while True:
            due = loop.time() + EVERY_S
            modems = modems or await find(self._talk)
            answering = [modem for modem in modems if await self._asks(modem)]
            self._must_be_there()
            self._tell(tuple(modem.mac for modem in answering))
            if len(answering) < len(modems):
                modems = ()  # look for them anew: another one may have come
            await asyncio.sleep(due - loop.time())

    async def _asks(self, modem: Modem) -> bool:
        """Read its network; False when it does not answer."""
        before = self._readings.get(modem.mac)
        for _ in range(TRIES):
            made = await (read_again(self._talk, modem, None, before) if before else read(self._talk, modem, None))
            if made:
                self._readings[modem.mac] = made
                return True
        return False

    def _tell(self, answering: tuple[str, ...]) -> None:
        """Silence does not say that anybody has left, so the members of a silent gateway stay."""
        if answering != self._answering:
            self._emit(Answering(answering))
            self._answering = answering
        read_ones = self._readings.values()
        members = {member.mac: member for reading in read_ones for member in reading.members}
        for mac in members.keys() - self._members.keys():
            self._emit(Joined(members[mac], before=not self._begun))
        for mac in self._members.keys() - members.keys():
            self._emit(Left(self._members[mac]))
        self._members, self._begun = members, self._begun or bool(answering)

    def _must_be_there(self) -> None:
        if not any(i.name == self._interface and i.up for i in self._platform.system.interfaces()):
            raise Unavailable(Reason.INTERFACE_GONE)
