"""What the laptop puts on the wire, as seen from the router's end of its cable."""

from __future__ import annotations

import socket
import struct
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from .blueprint import LAPTOP_MAC
from .site import Site

ETH_P_ALL, ETH_P_IP, ETH_P_ARP, ETH_P_IPV6 = 0x0003, 0x0800, 0x0806, 0x86DD
SO_RCVBUFFORCE, SO_TIMESTAMPNS = 33, 35
BUFFER = 64 << 20
DHCP_COOKIE, MESSAGE_TYPE, END = b"\x63\x82\x53\x63", 53, 255
DHCP_TYPES = ("?", "DISCOVER", "OFFER", "REQUEST", "DECLINE", "ACK", "NAK", "RELEASE", "INFORM")


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame and when it passed, in seconds."""

    at: float
    data: bytes

    @property
    def source(self) -> str:
        return self.data[6:12].hex(":")

    @property
    def protocol(self) -> int:
        """Ethernet's type of what is inside."""
        return int(struct.unpack_from("!H", self.data, 12)[0])


@dataclass(frozen=True, slots=True)
class Packet:
    """An IPv4 packet: `ports` are (0, 0) when it has none, `payload` follows the UDP or TCP header."""

    at: float
    protocol: int
    source: str
    target: str
    ports: tuple[int, int]
    flags: int
    payload: bytes


class Watch:
    """Keeps every frame from now on; the kernel holds them until they are asked for."""

    def __init__(self, site: Site, interface: str = "lan1") -> None:
        self._socket = site.at("router", lambda: _listen(interface))

    def traffic(self) -> Traffic:
        """What passed until now, in both directions; the watch ends."""
        with self._socket:
            return Traffic(tuple(_drain(self._socket)))


@dataclass(frozen=True)
class Traffic:
    """Frames, and what can be counted in them; "sent" is by the laptop."""

    frames: tuple[Frame, ...]

    @cached_property
    def sent(self) -> tuple[Packet, ...]:
        return tuple(packets(f for f in self.frames if f.source == LAPTOP_MAC))

    @cached_property
    def received(self) -> tuple[Packet, ...]:
        return tuple(packets(f for f in self.frames if f.source != LAPTOP_MAC))

    @property
    def sources(self) -> set[str]:
        """Every MAC address that anything was sent from, in either direction."""
        return {f.source for f in self.frames}

    @property
    def arp(self) -> tuple[Frame, ...]:
        return tuple(f for f in self.frames if f.protocol == ETH_P_ARP and f.source == LAPTOP_MAC)

    @property
    def unknown(self) -> Counter[int]:
        """Frames of the laptop that are neither IPv4 nor ARP, by Ethernet type."""
        return Counter(f.protocol for f in self.frames if f.source == LAPTOP_MAC and f.protocol not in (0x0800, 0x0806))

    @property
    def dhcp(self) -> Counter[str]:
        """The laptop's DHCP messages, by type."""
        return Counter(name for _, name in self._dhcp())

    def dhcp_times(self, kind: str) -> tuple[float, ...]:
        return tuple(at for at, name in self._dhcp() if name == kind)

    @property
    def offered(self) -> set[str]:
        """The addresses in all DHCP offers that came."""
        answers = (p.payload for p in self.received if p.protocol == socket.IPPROTO_UDP and p.ports[0] == 67)
        return {socket.inet_ntoa(answer[16:20]) for answer in answers if dhcp_type(answer) == "OFFER"}

    @property
    def udp(self) -> Counter[tuple[str, int]]:
        """Datagrams sent, by address and port."""
        return Counter((p.target, p.ports[1]) for p in self.sent if p.protocol == socket.IPPROTO_UDP)

    @property
    def connections(self) -> Counter[tuple[str, int]]:
        """TCP connections begun, by address and port; a SYN that is sent again is the same one."""
        first = {(p.ports[0], p.target, p.ports[1]) for p in self.sent if _is_syn(p)}
        return Counter((target, port) for _, target, port in first)

    @property
    def pinged(self) -> Counter[str]:
        return Counter(p.target for p in self.sent if p.protocol == socket.IPPROTO_ICMP)

    def span(self, *endpoints: tuple[str, int]) -> float:
        """Seconds from the first packet to the last one, sent or received, of any of these services."""
        wanted = set(endpoints)
        times = [p.at for p in self.sent if (p.target, p.ports[1]) in wanted]
        times += [p.at for p in self.received if (p.source, p.ports[0]) in wanted and p.payload]
        return max(times) - min(times)

    def _dhcp(self) -> Iterator[tuple[float, str]]:
        for packet in self.sent:
            if packet.protocol == socket.IPPROTO_UDP and packet.ports[1] == 67:
                yield packet.at, dhcp_type(packet.payload)


def packets(frames: Iterable[Frame]) -> Iterator[Packet]:
    """The IPv4 packets in the frames."""
    for frame in frames:
        if frame.protocol != ETH_P_IP:
            continue
        ip = frame.data[14:]
        header = (ip[0] & 15) * 4
        length, protocol = struct.unpack_from("!H", ip, 2)[0], ip[9]
        body = ip[header:length]
        ports, flags, offset = (0, 0), 0, 0
        if protocol == socket.IPPROTO_UDP:
            ports, offset = struct.unpack_from("!HH", body), 8
        elif protocol == socket.IPPROTO_TCP:
            ports, flags, offset = struct.unpack_from("!HH", body), body[13], (body[12] >> 4) * 4
        source, target = socket.inet_ntoa(ip[12:16]), socket.inet_ntoa(ip[16:20])
        yield Packet(frame.at, protocol, source, target, ports, flags, body[offset:])


def dhcp_type(message: bytes) -> str:
    """The name of a DHCP message's type (RFC 2132, 9.6)."""
    options = message[240:] if message[236:240] == DHCP_COOKIE else b""
    while len(options) > 2 and options[0] != END:
        if options[0] == MESSAGE_TYPE:
            return DHCP_TYPES[options[2]] if options[2] < len(DHCP_TYPES) else "?"
        options = options[2 + options[1] :] if options[0] else options[1:]
    return "?"


def peak(times: Iterable[float], seconds: float = 1.0) -> int:
    """The most events in any span of that length."""
    ordered = sorted(times)
    return max((sum(start <= t < start + seconds for t in ordered) for start in ordered), default=0)


def _is_syn(packet: Packet) -> bool:
    return packet.protocol == socket.IPPROTO_TCP and packet.flags & 0x12 == 0x02


def _listen(interface: str) -> socket.socket:
    made = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
    made.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, BUFFER)
    made.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
    made.bind((interface, 0))
    made.setblocking(False)
    return made


def _drain(frames: socket.socket) -> Iterator[Frame]:
    while True:
        try:
            data, ancillary, _, _ = frames.recvmsg(65536, 64)
        except BlockingIOError:
            return
        seconds, nanoseconds = struct.unpack("qq", ancillary[0][2])
        yield Frame(seconds + nanoseconds / 1e9, data)
