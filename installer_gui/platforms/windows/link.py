"""The local network on Windows: ARP and ping by the IP Helper, which every user may ask."""

from __future__ import annotations

import asyncio
import secrets
import time
from functools import partial

from ...domain.network import Interface
from ...ports.unavailable import Reason, Unavailable
from ..net.ping import GAP_S
from ..threads import apart
from .iphlpapi import IpHelper


class WindowsLink:
    """Implements `ports.link.Link` on one interface."""

    def __init__(self, interface: Interface, helper: IpHelper | None = None) -> None:
        self._interface = interface
        self._helper = helper or IpHelper()

    async def resolve(self, address: str, timeout_s: float) -> str | None:
        try:
            async with asyncio.timeout(timeout_s):
                mac = await apart(partial(self._helper.arp, address, self._own()))
        except TimeoutError:
            return None
        return None if mac == self._interface.mac else mac

    async def owners(self, address: str, timeout_s: float) -> tuple[str, ...]:  # noqa: ARG002 - the port's signature
        """Raises Unavailable(UNSUPPORTED): Windows tells the first answer only, and none for its own addresses."""
        raise Unavailable(Reason.UNSUPPORTED, "no raw ARP on Windows")

    async def ping(self, address: str, count: int, timeout_s: float) -> tuple[float, ...]:
        if not self._interface.address:
            return ()
        tries = (self._ping_once(address, number * GAP_S, timeout_s) for number in range(count))
        return tuple(ms for ms in await asyncio.gather(*tries) if ms is not None)

    async def _ping_once(self, address: str, wait_s: float, timeout_s: float) -> float | None:
        await asyncio.sleep(wait_s)
        try:
            async with asyncio.timeout(timeout_s + GAP_S):
                return await apart(partial(self._echo, address, round(timeout_s * 1000)))
        except TimeoutError:
            return None

    def _echo(self, address: str, timeout_ms: int) -> float | None:
        """Milliseconds, by our own clock: the system tells whole ones."""
        clock = time.perf_counter()
        answered = self._helper.echo(address, self._own(), secrets.token_bytes(16), timeout_ms)
        return (time.perf_counter() - clock) * 1000 if answered else None

    def _own(self) -> str:
        if not self._interface.address:
            raise Unavailable(Reason.NO_ADDRESS)
        return self._interface.address
