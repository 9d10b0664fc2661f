"""DHCP questions on macOS, by ordinary sockets on ports 67 and 68.

Every user may open low ports, but only on all addresses at once; the interface is held by the bind. The system's own
client takes port 68 while it renews its lease and lets it go then, so ours is held for a run and no longer.
"""

from __future__ import annotations

import socket
from functools import partial

from ...domain.network import Interface
from ...ports.unavailable import Reason
from ..net.dhcp import Resolve, SocketDhcp
from ..net.sockets import Bind


def dhcp(interface: Interface, bind: Bind, resolve: Resolve) -> SocketDhcp:
    """`ports.dhcp.Dhcp` on one interface. Who has not been allowed the local network finds no way for a broadcast."""
    return SocketDhcp(interface, partial(_open_socket, bind), resolve, refused=Reason.PERMISSION_DENIED)


def _open_socket(bind: Bind, port: int) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        sock.setblocking(False)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        bind(sock, port)
    except BaseException:
        sock.close()
        raise
    return sock
