"""DHCP: DISCOVER and INFORM for clients that are the computer or nobody, and what is answered to them."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

assert not TYPE_CHECKING or sys.platform == "linux"  # a type checker for another system stops here

from ..domain.lease import DhcpWay
from ..errors import Malformed
from ..platforms.dhcp import Questions
from ..platforms.linux import rawlink
from ..protocols import udp
from ..protocols.dhcp import CLIENT_PORT, SERVER_PORT
from .confinement import CAP_NET_BIND_SERVICE
from .nic import Nic
from .requests import Event, Kind, Pace, flag, host_or_none, mac

GAP_S = 0.13  # eight a second, and a little for a late timer
OURS = "02:5a:50:"  # the clients that do not exist


class Dhcp:
    """`dhcp-open` begins anew with the address of that moment, and tells whether a relay's port can be had.

    Before it, questions are those of a computer without an address. `dhcp-close` lets the ports go.
    """

    keeps = frozenset({CAP_NET_BIND_SERVICE})

    def __init__(self, nic: Nic) -> None:
        self._nic = nic
        self._own, self._questions = "", Questions("")
        self._held: dict[int, socket.socket] = {}
        pace, at_once = Pace(GAP_S), Pace(0)
        asked = {"client": self._client, "wanted": host_or_none, "relay": flag}
        self.kinds = {
            "dhcp-open": Kind({"relay": flag}, at_once, self._begin),
            "dhcp-discover": Kind(asked, pace, self._discover),
            "dhcp-inform": Kind({"client": self._client}, pace, self._inform),
            "dhcp-close": Kind({}, at_once, self._end),
        }

    def open(self) -> None:
        self._nic.must_be_ethernet()
        self._ears = rawlink.dhcp_socket(self._nic.name)

    @property
    def sockets(self) -> tuple[socket.socket, ...]:
        return (self._ears,)

    def hear(self, sock: socket.socket) -> Iterator[Event]:
        packet, (_, _, _, _, sender) = sock.recvfrom(rawlink.LARGEST)
        try:
            reply = self._questions.answer(udp.decode(packet), sender.hex(":"))
        except Malformed:
            return
        if reply is not None:
            yield {"dhcp": asdict(reply)}

    def _begin(self, relay: bool) -> Event:
        self._end()
        self._own, self._questions = self._nic.address, Questions(self._nic.address)
        return {"relay": relay and self._hold(SERVER_PORT)}

    def _discover(self, client: str, wanted: str, relay: bool) -> None:
        way = DhcpWay.RELAY if relay and self._hold(SERVER_PORT) else DhcpWay.CLIENT
        self._send(self._questions.discover(client, wanted, way))

    def _inform(self, client: str) -> None:
        if self._own:
            self._hold(CLIENT_PORT)
            self._send(self._questions.inform(client))

    def _end(self) -> None:
        for sock in self._held.values():
            sock.close()
        self._held.clear()

    def _client(self, value: object) -> str:
        client = mac(value)
        if not client.startswith(OURS) and client != self._nic.mac:
            raise ValueError
        return client

    def _hold(self, port: int) -> bool:
        """Keep a port of our address open and unread, or the system would refuse the answers that come to it."""
        if port not in self._held and self._own:
            try:
                self._held[port] = rawlink.port_socket(self._nic.name, self._own, port)
            except OSError:
                return False
        return port in self._held

    def _send(self, datagram: udp.Datagram) -> None:
        self._ears.sendto(udp.encode(datagram), rawlink.to_everybody(self._nic.name))
