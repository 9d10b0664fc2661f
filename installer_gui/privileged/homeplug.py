"""HomePlug: questions to powerline modems that only read, and the frames that answer them."""

from __future__ import annotations

import socket
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

assert not TYPE_CHECKING or sys.platform == "linux"  # a type checker for another system stops here

from ..domain.powerline import EVERYBODY, FACTORY_NID, Question, Request
from ..platforms.linux import rawlink
from ..protocols import homeplug_requests
from .nic import Nic
from .requests import Event, Kind, Pace, mac

GAP_S = 0.021  # 48 in a second at most
_MULTICAST = 0x01


class HomePlug:
    """A frame that may answer us is told as it is; any other is not even looked at, for it may hold a key."""

    keeps: frozenset[int] = frozenset()

    def __init__(self, nic: Nic) -> None:
        self._nic = nic
        fields = {"request": Request, "target": _modem, "nid": _nid}
        self.kinds = {"homeplug": Kind(fields, Pace(GAP_S), self._ask)}

    def open(self) -> None:
        self._nic.must_be_ethernet()
        self._own_mac = self._nic.mac
        self._socket = rawlink.homeplug_socket(self._nic.name)

    @property
    def sockets(self) -> tuple[socket.socket, ...]:
        return (self._socket,)

    def hear(self, sock: socket.socket) -> Iterator[Event]:
        frame = rawlink.homeplug_frame(sock)
        if homeplug_requests.may_answer(frame.data, self._own_mac):
            yield {"homeplug": {"at": frame.at, "data": frame.data.hex()}}

    def _ask(self, request: Request, target: str, nid: str) -> Event:
        frame = homeplug_requests.encode(Question(request, target, nid), self._own_mac)
        at = time.time()
        self._socket.send(frame)
        return {"at": at, "data": frame.hex()}


def _modem(value: Any) -> str:
    """One modem's address, or everybody's."""
    address = mac(value)
    if address != EVERYBODY and int(address[:2], 16) & _MULTICAST:
        raise ValueError
    return address


def _nid(value: Any) -> str:
    """Seven octets as aa:bb:…, in small letters."""
    if type(value) is not str:
        raise TypeError
    if len(value) != len(FACTORY_NID) or bytes.fromhex(value.replace(":", "")).hex(":") != value:
        raise ValueError
    return value
