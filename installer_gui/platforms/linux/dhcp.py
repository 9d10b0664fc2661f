"""DHCP questions on Linux, by packet socket.

Below the system's own UDP no firewall of the computer hides an answer, no address is needed, and port 68 stays with the
system's own DHCP client.
"""

from __future__ import annotations

import asyncio
import ctypes
import socket
import struct

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
        return LinuxDhcpProbe(self._interface, _packet_socket(self._interface.name), _relay_socket(self._interface))


class LinuxDhcpProbe:
    """Implements `ports.dhcp.DhcpProbe`. `relay` only keeps port 67 open, so that its answers are not refused."""

    def __init__(self, interface: Interface, ears: socket.socket, relay: socket.socket | None) -> None:
        self.own_mac = interface.mac
        self.ways = _ways(interface, relay)
        self._interface = interface
        self._ears = ears
        self._relay = relay
        self._questions = Questions(interface.address)
        self._loop = asyncio.get_running_loop()

    async def discover(self, client: str, wanted: str = "", way: DhcpWay = DhcpWay.CLIENT) -> None:
        await self._send(self._questions.discover(client, wanted, way))

    async def inform(self, client: str) -> None:
        if self._interface.address:
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
        if self._relay is not None:
            self._relay.close()

    async def _next(self) -> DhcpReply | None:
        with interface_alive():
            packet, (_, _, _, _, sender) = await self._loop.sock_recvfrom(self._ears, PACKET_BYTES)
        try:
            return self._questions.answer(udp.decode(packet), sender.hex(":"))
        except Malformed:
            return None

    async def _send(self, datagram: udp.Datagram) -> None:
        target = (self._interface.name, ETHERTYPE_IPV4, 0, 0, BROADCAST)
        with interface_alive():
            await self._loop.sock_sendto(self._ears, udp.encode(datagram), target)


def _ways(interface: Interface, relay: socket.socket | None) -> tuple[DhcpWay, ...]:
    """Over the air broadcast answers wait for the access point's beacon and are not repeated when lost."""
    if relay is None:
        return (DhcpWay.CLIENT,)
    ways = (DhcpWay.CLIENT, DhcpWay.RELAY)
    return ways[::-1] if interface.kind is InterfaceKind.WIFI else ways


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


def _relay_socket(interface: Interface) -> socket.socket | None:
    """Port 67 on our own address; None when it is taken, not allowed, or there is no address."""
    if not interface.address:
        return None
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, interface.name.encode() + b"\0")
        sock.bind((interface.address, SERVER_PORT))
    except OSError:
        sock.close()
        return None
    return sock
