"""DHCP questions on Windows, by ordinary sockets on ports 67 and 68, which every user may open.

As a relay (67) we are answered by unicast, which Windows' firewall lets in for three seconds after our question. As a
client (68) answers are broadcast, which it does not. Port 68 may be the system's own client's: then another user's
socket cannot have it, and we do not ask to share it, because answers to a shared port go to either.
"""

from __future__ import annotations

import socket
from functools import partial

from ...domain.network import Interface
from ..net.dhcp import Resolve, SocketDhcp
from ..net.sockets import Bind


def dhcp(interface: Interface, bind: Bind, resolve: Resolve) -> SocketDhcp:
    """`ports.dhcp.Dhcp` on one interface."""
    return SocketDhcp(interface, partial(_open_socket, bind), resolve)


def _open_socket(bind: Bind, port: int) -> socket.socket:
    """Bound to the interface's own address it hears broadcasts as well, and sends them into this network only."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        sock.setblocking(False)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        bind(sock, port)
    except BaseException:
        sock.close()
        raise
    return sock
