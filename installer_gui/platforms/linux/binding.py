"""Holds sockets to one interface."""

from __future__ import annotations

import errno
import logging
import socket
import sys
from typing import TYPE_CHECKING

assert not TYPE_CHECKING or sys.platform == "linux"  # a type checker for another system stops here

from ...domain.network import Interface
from ..net.sockets import AddressBind, Bind

log = logging.getLogger(__name__)


class DeviceBind:
    """Routing, not only the source address, is held to the device: open to every user since Linux 5.7."""

    backend = "SO_BINDTODEVICE"

    def __init__(self, name: str) -> None:
        self._name = name.encode() + b"\0"

    def __call__(self, sock: socket.socket, port: int = 0) -> None:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, self._name)
        if port:
            sock.bind(("", port))


def to_interface(interface: Interface) -> Bind:
    """The best way that this kernel allows this user."""
    bind = DeviceBind(interface.name)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        try:
            bind(sock)
        except OSError as error:
            if error.errno == errno.EPERM:
                log.warning("%s: bound by source address only", interface.name)
                return AddressBind(interface.address)
    return bind
