"""Holds sockets to one interface."""

from __future__ import annotations

import socket

IP_BOUND_IF = 25  # netinet/in.h; the option takes the interface's index


class InterfaceBind:
    """Routing is held to the interface in both directions; every user may."""

    backend = "IP_BOUND_IF"

    def __init__(self, index: int) -> None:
        self._index = index

    def __call__(self, sock: socket.socket, port: int = 0) -> None:
        sock.setsockopt(socket.IPPROTO_IP, IP_BOUND_IF, self._index)
        if port:
            sock.bind(("", port))
