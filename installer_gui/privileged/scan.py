"""The start of a WiFi sweep. Its results and its end can be had without rights."""

from __future__ import annotations

import errno
import socket
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

assert not TYPE_CHECKING or sys.platform == "linux"  # a type checker for another system stops here

from ..platforms.linux import trigger
from ..platforms.linux.genetlink import Channel
from .confinement import CAP_NET_ADMIN
from .nic import Nic
from .requests import Event, Kind, Pace

GAP_S = 0.2
EVERY_CHANNEL = 0
CHOICES = (EVERY_CHANNEL, 11, 13)
MOST_NAMES, LONGEST_NAME = 4, 32


class Scan:
    """`channels` is the number of those on 2.4 GHz, 0 for all bands; `names` are SSIDs to ask for, in hexadecimal."""

    keeps = frozenset({CAP_NET_ADMIN})

    def __init__(self, nic: Nic) -> None:
        self._nic = nic
        self.kinds = {"wifi-scan": Kind({"channels": _channels, "names": _names}, Pace(GAP_S), self._start)}

    def open(self) -> None:
        if not self._nic.is_wireless:
            raise OSError(errno.EOPNOTSUPP, "no radio")
        self._channel = Channel("nl80211")

    @property
    def sockets(self) -> tuple[socket.socket, ...]:
        return ()

    def hear(self, sock: socket.socket) -> Iterator[Event]:  # noqa: ARG002 - the kernel tells everybody of its end
        yield from ()

    def _start(self, channels: int, names: list[bytes]) -> None:
        trigger.start(self._channel, self._nic.index, trigger.CHANNELS_1_TO_13[:channels], names)


def _channels(value: Any) -> int:
    if type(value) is not int or value not in CHOICES:
        raise ValueError
    return value


def _names(value: Any) -> list[bytes]:
    names = [bytes.fromhex(name) for name in value if type(name) is str]
    if type(value) is not list or len(names) != len(value) or len(names) > MOST_NAMES:
        raise ValueError
    if any(not 0 < len(name) <= LONGEST_NAME for name in names):
        raise ValueError
    return names
