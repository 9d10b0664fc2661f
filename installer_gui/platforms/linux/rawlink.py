"""Non-blocking sockets below the system's own, held to one interface. Each needs rights, or raises OSError."""

from __future__ import annotations

import ctypes
import socket
import struct
import sys
from typing import TYPE_CHECKING

assert not TYPE_CHECKING or sys.platform == "linux"  # a type checker for another system stops here

from ...protocols import arp, udp
from ...protocols.dhcp import CLIENT_PORT, SERVER_PORT

ETHERTYPE_IPV4 = 0x0800
BROADCAST = bytes((0xFF,)) * 6
LARGEST = 4096
SO_ATTACH_FILTER = 26
# Classic BPF (operation, jump if true, jump if false, operand): whole UDP datagrams to the DHCP ports.
_ONLY_DHCP = (
    (0x30, 0, 0, 9),  # protocol
    (0x15, 0, 7, udp.UDP),
    (0x28, 0, 0, 6),  # fragment offset
    (0x45, 5, 0, 0x1FFF),
    (0xB1, 0, 0, 0),  # length of the IP header
    (0x48, 0, 0, 2),  # destination port
    (0x15, 1, 0, SERVER_PORT),
    (0x15, 0, 1, CLIENT_PORT),
    (0x06, 0, 0, LARGEST),
    (0x06, 0, 0, 0),
)


def dhcp_socket(interface: str) -> socket.socket:
    """Hears IPv4 packets that hold DHCP, and sends them with the computer's own MAC: the kernel writes that head."""
    sock = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
    try:
        program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in _ONLY_DHCP))
        code = struct.pack("HP", len(_ONLY_DHCP), ctypes.addressof(program))
        sock.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, code)
        sock.bind((interface, ETHERTYPE_IPV4))
    except BaseException:
        sock.close()
        raise
    return sock


def to_everybody(interface: str) -> tuple[str, int, int, int, bytes]:
    """Where a DHCP socket sends an IPv4 packet to."""
    return (interface, ETHERTYPE_IPV4, 0, 0, BROADCAST)


def arp_socket(interface: str) -> socket.socket:
    """Sends and hears whole ARP frames."""
    sock = socket.socket(socket.AF_PACKET, socket.SOCK_RAW | socket.SOCK_NONBLOCK, socket.htons(arp.ETHERTYPE))
    try:
        sock.bind((interface, arp.ETHERTYPE))
    except BaseException:
        sock.close()
        raise
    return sock


def port_socket(interface: str, address: str, port: int) -> socket.socket:
    """UDP on a port of this address; "" is every address."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, interface.encode() + b"\0")
        sock.bind((address, port))
    except BaseException:
        sock.close()
        raise
    return sock
