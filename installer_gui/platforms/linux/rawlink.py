"""Non-blocking sockets below the system's own, held to one interface. Each needs rights, or raises OSError."""

from __future__ import annotations

import ctypes
import socket
import struct
import sys
import time
from typing import TYPE_CHECKING

assert not TYPE_CHECKING or sys.platform == "linux"  # a type checker for another system stops here

from ...domain.powerline import Frame
from ...protocols import arp, homeplug, udp
from ...protocols.dhcp import CLIENT_PORT, SERVER_PORT

ETHERTYPE_IPV4 = 0x0800
ETH_P_ALL = 0x0003  # linux/if_ether.h: also where the interface is a part of a bridge, which takes all else away
BROADCAST = bytes((0xFF,)) * 6
LARGEST = 4096
SO_ATTACH_FILTER, SO_TIMESTAMPNS = 26, 35  # asm-generic/socket.h
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
_TIME, _TIME_KIND = struct.Struct("@ll"), (socket.SOL_SOCKET, SO_TIMESTAMPNS)
_ONLY_HOMEPLUG = (
    (0x28, 0, 0, 12),  # ethertype
    (0x15, 1, 0, homeplug.HOMEPLUG),
    (0x15, 0, 1, homeplug.BROADCOM),
    (0x06, 0, 0, LARGEST),
    (0x06, 0, 0, 0),
)


def dhcp_socket(interface: str) -> socket.socket:
    """Hears IPv4 packets that hold DHCP, and sends them with the computer's own MAC: the kernel writes that head."""
    sock = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
    try:
        _let_in(sock, _ONLY_DHCP)
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


def homeplug_socket(interface: str) -> socket.socket:
    """Sends and hears whole HomePlug frames, and knows when each came in."""
    sock = socket.socket(socket.AF_PACKET, socket.SOCK_RAW | socket.SOCK_NONBLOCK)
    try:
        _let_in(sock, _ONLY_HOMEPLUG)
        sock.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        sock.bind((interface, ETH_P_ALL))
    except BaseException:
        sock.close()
        raise
    return sock


def homeplug_frame(sock: socket.socket) -> Frame:
    """The next one, with the kernel's time of its arrival. Raises BlockingIOError when there is none."""
    data, told, _, _ = sock.recvmsg(LARGEST, socket.CMSG_SPACE(_TIME.size))
    times = [_TIME.unpack(value) for level, kind, value in told if (level, kind) == _TIME_KIND]
    return Frame(times[0][0] + times[0][1] / 1e9 if times else time.time(), data)


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


def _let_in(sock: socket.socket, program: tuple[tuple[int, int, int, int], ...]) -> None:
    """Have the kernel drop everything else."""
    steps = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in program))
    code = struct.pack("HP", len(program), ctypes.addressof(steps))
    sock.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, code)
