"""NTP on Linux: from port 123 through the privileged program, where this process may not have that port."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING

assert not TYPE_CHECKING or sys.platform == "linux"  # a type checker for another system stops here

from ...domain.network import Interface
from ...domain.timesync import TimeFailure, TimeSample
from ...ports.unavailable import Reason, Unavailable
from ..net.sockets import Sockets
from ..net.timesync import Exchange, NtpTimeSync
from .helper import Helper
from .probe import Told, unavailable


class LinuxTimeSync(NtpTimeSync):
    """Implements `ports.timesync.TimeSync`."""

    def __init__(self, interface: Interface, sockets: Sockets, helper: Helper) -> None:
        super().__init__(sockets)
        self._interface = interface
        self._helper = helper
        self._turn = asyncio.Lock()  # there is one such port, and the program asks one question at a time

    async def ask(self, address: str, timeout_s: float, *, from_port_123: bool = False) -> TimeSample | TimeFailure:
        try:
            return await super().ask(address, timeout_s, from_port_123=from_port_123)
        except Unavailable as refused:
            if not from_port_123 or refused.reason is not Reason.NEEDS_PRIVILEGE:
                raise
        async with self._turn:
            return await self._ask_through(address, timeout_s)

    async def _ask_through(self, address: str, timeout_s: float) -> TimeSample | TimeFailure:
        exchange = Exchange(address, from_port_123=True)
        probe = await self._helper.running(self._interface.name)
        with probe.held(), probe.heard("ntp") as heard:
            try:
                asked = await probe.ask("ntp", address=address)
            except OSError as error:
                raise unavailable(error) from error

            async def answer() -> TimeSample | TimeFailure:
                while True:
                    told = await probe.next_of(heard)
                    if told["address"] == address and (found := _read(told, asked, exchange)):
                        return found

            return await exchange.outcome(answer(), timeout_s)


def _read(told: Told, asked: Told, exchange: Exchange) -> TimeSample | TimeFailure | None:
    if "failed" in told:
        raise OSError(told["failed"], os.strerror(told["failed"]))
    return exchange.heard(bytes.fromhex(told["data"]), bytes.fromhex(asked["nonce"]), asked["at"], told["rtt_s"])
