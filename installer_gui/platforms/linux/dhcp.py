"""DHCP questions on Linux, by packet socket.

Below the system's own UDP no firewall of the computer hides an answer, no address is needed, and port 68 stays with the
system's own DHCP client.
"""

from __future__ import annotations

import asyncio
import socket
import sys
from typing import TYPE_CHECKING

assert not TYPE_CHECKING or sys.platform == "linux"  # a type checker for another system stops here

from ...domain.lease import DhcpReply, DhcpWay
from ...domain.network import Interface, InterfaceKind
from ...errors import Malformed
from ...ports.dhcp import DhcpProbe
from ...ports.unavailable import Reason, Unavailable
from ...protocols import udp
from ...protocols.dhcp import CLIENT_PORT, SERVER_PORT
from ..dhcp import Questions
from ..net.sockets import interface_alive
from . import helped_dhcp, rawlink
from .helper import Helper


class LinuxDhcp:
    """Implements `ports.dhcp.Dhcp` on one interface."""

    def __init__(self, interface: Interface, helper: Helper) -> None:
        self._interface = interface
        self._helper = helper

    async def open(self) -> DhcpProbe:
        if not self._interface.mac:
            raise Unavailable(Reason.UNSUPPORTED, "no Ethernet")
        try:
            with interface_alive():
                return LinuxDhcpProbe(self._interface, rawlink.dhcp_socket(self._interface.name))
        except PermissionError:
            return await helped_dhcp.open_on(self._interface, await self._helper.running(self._interface.name))


class LinuxDhcpProbe:
    """Implements `ports.dhcp.DhcpProbe`."""

    def __init__(self, interface: Interface, ears: socket.socket) -> None:
        self._interface = interface
        self._ears = ears
        self._held: dict[int, socket.socket] = {}
        self.own_mac = interface.mac
        self.way = self._best_way()
        self._questions = Questions(interface.address)
        self._loop = asyncio.get_running_loop()

    async def discover(self, client: str, wanted: str = "", way: DhcpWay = DhcpWay.CLIENT) -> None:
        await self._send(self._questions.discover(client, wanted, way))

    async def inform(self, client: str) -> None:
        if self._interface.address:
            self._hold(CLIENT_PORT)
            await self._send(self._questions.inform(client))

    async def reply(self, timeout_s: float) -> DhcpReply | None:
        try:
            async with asyncio.timeout(timeout_s):
                while True:
                    if answer := await self._next():
                        return answer
        except TimeoutError:
            return None

    def close(self) -> None:
        self._loop.remove_reader(self._ears)
        self._ears.close()
        for sock in self._held.values():
            sock.close()

    async def _next(self) -> DhcpReply | None:
        with interface_alive():
            packet, (_, _, _, _, sender) = await self._loop.sock_recvfrom(self._ears, rawlink.LARGEST)
        try:
            return self._questions.answer(udp.decode(packet), sender.hex(":"))
        except Malformed:
            return None

    def _best_way(self) -> DhcpWay:
        """As a station asks; but over the air broadcast answers wait for a beacon, and lost ones are not repeated."""
        over_the_air = self._interface.kind is InterfaceKind.WIFI
        return DhcpWay.RELAY if over_the_air and self._hold(SERVER_PORT) else DhcpWay.CLIENT

    def _hold(self, port: int) -> bool:
        """Keep a port of our address open and unread, or the system would refuse the answers that come to it."""
        if port in self._held or not self._interface.address:
            return port in self._held
        try:
            self._held[port] = rawlink.port_socket(self._interface.name, self._interface.address, port)
        except OSError:  # somebody has the port already, or it is not ours to have
            return False
        return True

    async def _send(self, datagram: udp.Datagram) -> None:
        target = rawlink.to_everybody(self._interface.name)
        with interface_alive():
            await self._loop.sock_sendto(self._ears, udp.encode(datagram), target)
