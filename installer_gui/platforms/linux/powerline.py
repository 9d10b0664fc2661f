"""Modems on Linux: by a packet socket of our own, or through the privileged program."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import time
from typing import TYPE_CHECKING

assert not TYPE_CHECKING or sys.platform == "linux"  # a type checker for another system stops here

from ...domain.network import Interface
from ...domain.powerline import Frame, Question
from ...ports.powerline import PowerlineLink
from ...ports.unavailable import Reason, Unavailable
from ..net.sockets import interface_alive
from ..powerline import OwnPowerlineLink
from . import rawlink
from .helper import Helper
from .probe import Probe, Told, unavailable


class LinuxPowerline:
    """Implements `ports.powerline.Powerline` on one interface."""

    def __init__(self, interface: Interface, helper: Helper) -> None:
        self._interface = interface
        self._helper = helper

    async def open(self) -> PowerlineLink:
        if not self._interface.mac:
            raise Unavailable(Reason.UNSUPPORTED, "no Ethernet")
        try:
            with interface_alive():
                return OwnPowerlineLink(self._interface.mac, _Socket(self._interface.name))
        except PermissionError:
            return _Through(self._interface.mac, await self._helper.running(self._interface.name))


class _Socket:
    """Implements `platforms.powerline.Wire`."""

    backend = "AF_PACKET"

    def __init__(self, interface: str) -> None:
        self._socket = rawlink.homeplug_socket(interface)

    def send(self, frame: bytes) -> float:
        at = time.time()
        with interface_alive():
            self._socket.send(frame)
        return at

    def receive(self) -> Frame | None:
        try:
            with interface_alive():
                return rawlink.homeplug_frame(self._socket)
        except BlockingIOError:
            return None

    async def wait(self, timeout_s: float) -> None:
        loop, ready = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self._socket, ready.set)
        try:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(ready.wait(), timeout_s)
        finally:
            loop.remove_reader(self._socket)

    def close(self) -> None:
        self._socket.close()


class _Through:
    """Implements `ports.powerline.PowerlineLink`; frames are made, paced and chosen in the program."""

    backend = "driftklar-probe"

    def __init__(self, own_mac: str, probe: Probe) -> None:
        self.own_mac = own_mac
        self._probe = probe
        self._held = contextlib.ExitStack()
        self._held.enter_context(probe.held())
        self._frames = self._held.enter_context(probe.heard("homeplug"))

    async def ask(self, question: Question) -> Frame:
        try:
            told = await self._probe.ask("homeplug", request=question.request, target=question.target, nid=question.nid)
        except OSError as error:
            raise unavailable(error) from error
        return _frame(told, sent=True)

    async def heard(self, timeout_s: float) -> Frame | None:
        try:
            async with asyncio.timeout(timeout_s):
                return _frame(await self._probe.next_of(self._frames))
        except TimeoutError:
            return None

    def close(self) -> None:
        self._held.close()


def _frame(told: Told, *, sent: bool = False) -> Frame:
    return Frame(told["at"], bytes.fromhex(told["data"]), sent)
