"""DHCP questions that take nothing: DISCOVER and INFORM, never REQUEST, DECLINE or RELEASE."""

from __future__ import annotations

from typing import Protocol

from ..domain.lease import DhcpReply, DhcpWay


class DhcpProbe(Protocol):
    """An open ear for DHCP on the interface under test.

    `own_mac` is its hardware address, from which every frame is sent whatever client it asks for; `way` is how many
    questions are best asked here. A client's way is always open, if only in name: its questions may go the other way.
    Sending raises Unavailable: INTERFACE_GONE, UNCLEAR when the silence so far has no meaning, because this computer
    may not hear what is answered.
    """

    own_mac: str
    way: DhcpWay

    async def discover(self, client: str, wanted: str = "", way: DhcpWay = DhcpWay.CLIENT) -> None:
        """Ask for offers for the MAC `client`, naming the address `wanted` (option 50) when given."""
        ...

    async def inform(self, client: str) -> None:
        """Ask for options without an address, as `client`, from our own address; without one nothing is sent."""
        ...

    async def reply(self, timeout_s: float) -> DhcpReply | None:
        """The next answer to one of our questions, None when none came in time."""
        ...

    def close(self) -> None:
        """Stop listening; never raises."""
        ...


class Dhcp(Protocol):
    """Opens the probe."""

    async def open(self) -> DhcpProbe:
        """Raises Unavailable: NEEDS_PRIVILEGE where DHCP cannot be spoken without rights that the process lacks, BUSY
        where another program has the ports, NO_ADDRESS where the system's sockets need one.
        """
        ...
