"""Holds sockets to one interface."""

from __future__ import annotations

import errno
import logging
import socket

from ...domain.network import Interface
from ...ports.unavailable import Reason, Unavailable
from ..net.sockets import Bind

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


class AddressBind:
    """Holds only the source address; with two ways out the kernel may still choose the other one."""

    backend = "source address"

    def __init__(self, address: str) -> None:
        self._address = address

    def __call__(self, sock: socket.socket, port: int = 0) -> None:
        if not self._address:
            raise Unavailable(Reason.NO_ADDRESS)
        sock.bind((self._address, port))


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
