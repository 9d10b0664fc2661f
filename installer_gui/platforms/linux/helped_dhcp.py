"""DHCP questions through the privileged program, for users who may not put them themselves."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from typing import TYPE_CHECKING, Any

assert not TYPE_CHECKING or sys.platform == "linux"  # a type checker for another system stops here

from ...domain.lease import DhcpKind, DhcpReply, DhcpWay
from ...domain.network import Interface, InterfaceKind
from .probe import Probe, Told, unavailable


async def open_on(interface: Interface, probe: Probe) -> HelpedDhcpProbe:
    """Begin a conversation; over the air as a relay where that port can be had (see `LinuxDhcpProbe`). Unavailable."""
    opened = HelpedDhcpProbe(interface, probe)
    try:
        told = await opened.ask("dhcp-open", relay=interface.kind is InterfaceKind.WIFI)
    except BaseException:
        opened.close()
        raise
    opened.way = DhcpWay.RELAY if told["relay"] else DhcpWay.CLIENT
    return opened


class HelpedDhcpProbe:
    """Implements `ports.dhcp.DhcpProbe`."""

    def __init__(self, interface: Interface, probe: Probe) -> None:
        self.own_mac = interface.mac
        self.way = DhcpWay.CLIENT
        self._probe = probe
        self._held = contextlib.ExitStack()
        self._held.enter_context(probe.held())
        self._replies = self._held.enter_context(probe.heard("dhcp"))

    async def discover(self, client: str, wanted: str = "", way: DhcpWay = DhcpWay.CLIENT) -> None:
        await self.ask("dhcp-discover", client=client, wanted=wanted, relay=way is DhcpWay.RELAY)

    async def inform(self, client: str) -> None:
        await self.ask("dhcp-inform", client=client)

    async def reply(self, timeout_s: float) -> DhcpReply | None:
        try:
            async with asyncio.timeout(timeout_s):
                return _reply(await self._probe.next_of(self._replies))
        except TimeoutError:
            return None

    def close(self) -> None:
        self._probe.say("dhcp-close")
        self._held.close()

    async def ask(self, do: str, **fields: Any) -> Told:
        try:
            return await self._probe.ask(do, **fields)
        except OSError as error:
            raise unavailable(error) from error


def _reply(told: Told) -> DhcpReply:
    """As it was before it went through JSON."""
    lists = {name: tuple(told[name]) for name in ("routers", "dns", "ntp")}
    options = tuple((code, value) for code, value in told["options"])
    return DhcpReply(**{**told, **lists, "kind": DhcpKind(told["kind"]), "options": options})
