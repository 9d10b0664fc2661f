"""Holds sockets to one interface."""

from __future__ import annotations

import logging
import socket
import struct

from ...domain.network import Interface
from ...ports.unavailable import Reason, Unavailable
from ..net.sockets import AddressBind, Bind

IP_UNICAST_IF = 31  # ws2ipdef.h; the option takes the index in network byte order
log = logging.getLogger(__name__)


class UnicastBind:
    """Routing is held to the interface, and so is the source address, by which answers come back to it."""

    backend = "IP_UNICAST_IF"

    def __init__(self, interface: Interface) -> None:
        self._index = struct.pack("!I", interface.index)
        self._address = interface.address

    def __call__(self, sock: socket.socket, port: int = 0) -> None:
        if not self._address:
            raise Unavailable(Reason.NO_ADDRESS)
        sock.setsockopt(socket.IPPROTO_IP, IP_UNICAST_IF, self._index)
        sock.bind((self._address, port))


def to_interface(interface: Interface) -> Bind:
    """The best way here. A source address alone is no bad one: Windows sends from the interface that has it, and from
    no other (strong host model).
    """
    bind = UnicastBind(interface)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        try:
            bind(sock)
        except OSError as error:
            log.warning("%s: bound by source address only: %s", interface.name, error)
            return AddressBind(interface.address)
        except Unavailable:
            pass  # no address yet: every socket says so when it is made
    return bind
