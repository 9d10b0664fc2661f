"""DHCP questions on Linux, by packet socket.

Below the system's own UDP no firewall of the computer hides an answer, no address is needed, and port 68 stays with the
system's own DHCP client.
"""

from __future__ import annotations

import asyncio
import ctypes
import socket
import struct
import sys
from typing import TYPE_CHECKING

assert not TYPE_CHECKING or sys.platform == "linux"  # a type checker for another system stops here

from ...domain.lease import DhcpReply, DhcpWay
from ...domain.network import Interface, InterfaceKind
from ...errors import Malformed
from ...ports.unavailable import Reason, Unavailable
from ...protocols import udp
from ...protocols.dhcp import CLIENT_PORT, SERVER_PORT
from ..dhcp import Questions
from ..net.sockets import interface_alive

ETHERTYPE_IPV4 = 0x0800
BROADCAST = bytes((0xFF,)) * 6
PACKET_BYTES = 4096
SO_ATTACH_FILTER = 26
# Classic BPF (operation, jump if true, jump if false, operand): whole UDP datagrams to the DHCP ports.
_FILTER = (
    (0x30, 0, 0, 9),  # protocol
    (0x15, 0, 7, udp.UDP),
    (0x28, 0, 0, 6),  # fragment offset
    (0x45, 5, 0, 0x1FFF),
    (0xB1, 0, 0, 0),  # length of the IP header
    (0x48, 0, 0, 2),  # destination port
    (0x15, 1, 0, SERVER_PORT),
    (0x15, 0, 1, CLIENT_PORT),
    (0x06, 0, 0, PACKET_BYTES),
    (0x06, 0, 0, 0),
)


class LinuxDhcp:
    """Implements `ports.dhcp.Dhcp` on one interface."""

    def __init__(self, interface: Interface) -> None:
        self._interface = interface

    async def open(self) -> LinuxDhcpProbe:
        if not self._interface.mac:
            raise Unavailable(Reason.UNSUPPORTED, "no Ethernet")
        return LinuxDhcpProbe(self._interface, _packet_socket(self._interface.name))


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
            packet, (_, _, _, _, sender) = await self._loop.sock_recvfrom(self._ears, PACKET_BYTES)
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
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, self._interface.name.encode() + b"\0")
            sock.bind((self._interface.address, port))
        except OSError:
            sock.close()  # somebody has the port already, or it is not ours to have
            return False
        self._held[port] = sock
        return True

    async def _send(self, datagram: udp.Datagram) -> None:
        target = (self._interface.name, ETHERTYPE_IPV4, 0, 0, BROADCAST)
        with interface_alive():
            await self._loop.sock_sendto(self._ears, udp.encode(datagram), target)


def _packet_socket(interface: str) -> socket.socket:
    """Hears only DHCP, and leaves with the computer's own MAC (the kernel writes the frame's head)."""
    try:
        sock = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
    except PermissionError:
        raise Unavailable(Reason.NEEDS_PRIVILEGE, "DHCP") from None
    try:
        _attach_filter(sock)
        with interface_alive():
            sock.bind((interface, ETHERTYPE_IPV4))
    except BaseException:
        sock.close()
        raise
    return sock


def _attach_filter(sock: socket.socket) -> None:
    program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in _FILTER))
    sock.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, struct.pack("HP", len(_FILTER), ctypes.addressof(program)))
