"""DHCP questions that take nothing: DISCOVER and INFORM, never REQUEST, DECLINE or RELEASE."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from ..domain.lease import DhcpReply


class DhcpProbe(Protocol):
    """An open DHCP socket on the interface under test. `own_mac` is its hardware address."""

    own_mac: str

    async def discover(self, client: str, wanted: str = "") -> None:
        """Ask for offers for the MAC `client`, naming the address `wanted` (option 50) when given."""
        ...

    async def inform(self, client: str) -> None:
        """Ask for options without an address, as `client`, from our own address."""
        ...

    async def reply(self, timeout_s: float) -> DhcpReply | None:
        """The next answer to one of our questions, None when none came in time."""
        ...


class Dhcp(Protocol):
    """Opens the probe."""

    def open(self) -> AbstractAsyncContextManager[DhcpProbe]:
        """Entering raises Unavailable(NEEDS_PRIVILEGE) where ports 67 and 68 are out of reach."""
        ...
