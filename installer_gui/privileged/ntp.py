"""NTP from port 123, for firewalls that let nothing else through."""

from __future__ import annotations

import secrets
import socket
import sys
import time
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

assert not TYPE_CHECKING or sys.platform == "linux"  # a type checker for another system stops here

from ..platforms.linux import rawlink
from .confinement import CAP_NET_BIND_SERVICE
from .nic import Nic
from .requests import Event, Kind, Pace, Refused, host

PORT = 123
GAP_S = 0.25
MOST_TO_ONE, MOST_SERVERS = 4, 16
HEADER = bytes((4 << 3 | 3,)).ljust(40, b"\0")  # version 4, a client's (RFC 5905, section 7.3)


class Ntp:
    """One question at a time; it ends with the answer that repeats its nonce, or with the next question."""

    keeps = frozenset({CAP_NET_BIND_SERVICE})

    def __init__(self, nic: Nic) -> None:
        self._nic = nic
        self._asked: Counter[str] = Counter()
        self._socket: socket.socket | None = None
        self._address, self._nonce, self._sent = "", b"", 0.0
        self.kinds = {"ntp": Kind({"address": host}, Pace(GAP_S), self._ask)}

    def open(self) -> None:
        """Nothing: the port is somebody else's until it is needed."""

    @property
    def sockets(self) -> tuple[socket.socket, ...]:
        return (self._socket,) if self._socket else ()

    def hear(self, sock: socket.socket) -> Iterator[Event]:
        rtt_s = time.perf_counter() - self._sent
        try:
            data = sock.recv(rawlink.LARGEST)
        except BlockingIOError:
            return
        except OSError as error:
            self._end()
            yield {"ntp": {"address": self._address, "failed": error.errno}}
            return
        if data[24:32] == self._nonce:
            self._end()
        yield {"ntp": {"address": self._address, "data": data.hex(), "rtt_s": rtt_s}}

    def _ask(self, address: str) -> Event:
        self._end()
        if self._asked[address] == MOST_TO_ONE or (address not in self._asked and len(self._asked) == MOST_SERVERS):
            raise Refused("often-enough")
        sock = self._socket = rawlink.port_socket(self._nic.name, "", PORT)
        sock.connect((address, PORT))
        self._asked[address] += 1
        self._address, self._nonce = address, secrets.token_bytes(8)
        at, self._sent = time.time(), time.perf_counter()
        sock.send(HEADER + self._nonce)
        return {"nonce": self._nonce.hex(), "at": at}

    def _end(self) -> None:
        if self._socket:
            self._socket.close()
            self._socket = None
