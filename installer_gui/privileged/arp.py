"""ARP: who has an address of this link, asked as ourselves or as somebody without an address."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from ipaddress import IPv4Address
from typing import TYPE_CHECKING

assert not TYPE_CHECKING or sys.platform == "linux"  # a type checker for another system stops here

from ..errors import Malformed
from ..platforms.linux import rawlink
from ..protocols import arp
from .nic import Nic
from .requests import Event, Kind, Pace, Refused, flag, host

GAP_S = 1 / 800


class Arp:
    """Every claim to an address that was asked for is told, whoever's it is."""

    keeps: frozenset[int] = frozenset()

    def __init__(self, nic: Nic) -> None:
        self._nic = nic
        self._asked: set[str] = set()
        self.kinds = {"arp": Kind({"address": host, "probe": flag}, Pace(GAP_S), self._ask)}

    def open(self) -> None:
        self._nic.must_be_ethernet()
        self._socket = rawlink.arp_socket(self._nic.name)

    @property
    def sockets(self) -> tuple[socket.socket, ...]:
        return (self._socket,)

    def hear(self, sock: socket.socket) -> Iterator[Event]:
        try:
            packet = arp.parse(sock.recv(rawlink.LARGEST))
        except Malformed:
            return
        if packet.address in self._asked:
            yield {"arp": {"address": packet.address, "mac": packet.mac}}

    def _ask(self, address: str, probe: bool) -> None:
        subnet = self._nic.subnet
        if subnet is None or IPv4Address(address) not in subnet:
            raise Refused("outside")
        self._asked.add(address)
        own = arp.NOBODY if probe else self._nic.address
        self._socket.send(arp.question(self._nic.mac, own, address))
