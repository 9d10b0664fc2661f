"""ARP, ping, binding and DHCP sockets on macOS, as far as they can be played elsewhere."""

import asyncio
import errno
import os
import socket
import sys
from typing import ClassVar

import pytest

from installer_gui.domain.network import Interface
from installer_gui.platforms.macos import dhcp
from installer_gui.platforms.macos.binding import IP_BOUND_IF, InterfaceBind
from installer_gui.platforms.macos.link import MacLink
from installer_gui.platforms.net.sockets import AddressBind
from installer_gui.ports.unavailable import Reason, Unavailable

from .tools import Tools, recorded

EN0 = Interface("en0", index=14, mac="3c:52:82:00:00:57", addresses=("192.168.1.57/24",), gateway="192.168.1.1")


class Poke:
    """A way to bind that fails as the system does when a datagram is sent."""

    backend = "played"

    def __init__(self, error: int = 0) -> None:
        self.error = error

    def __call__(self, sock: socket.socket, port: int = 0) -> None:
        if self.error:
            raise OSError(self.error, os.strerror(self.error))


def link(table="arp", error=0):
    tools = Tools(arp=recorded(table) if table else "")
    return MacLink(EN0, Poke(error), tools.asynchronously)


def resolve(address, timeout_s=0.3, **options):
    return asyncio.run(link(**options).resolve(address, timeout_s))


def test_a_neighbour_is_known_by_its_mac_with_all_its_zeros():
    assert resolve("192.168.1.1") == "b8:27:eb:00:00:01"
    assert resolve("192.168.1.9") == "02:0a:bb:0c:dd:0e"


def test_what_the_system_still_asks_for_or_never_asked_for_is_silence():
    assert resolve("192.168.1.77") is None
    assert resolve("192.168.1.78") is None
    assert resolve("192.168.1.1", table="") is None


def test_our_own_entry_is_nobody_elses():
    assert resolve("192.168.1.57") is None


def test_a_neighbour_that_is_down_is_silent_and_not_forbidden():
    assert resolve("192.168.1.77", error=errno.EHOSTDOWN) is None


def test_no_way_to_a_neighbour_is_a_missing_permission_but_to_the_router_it_is_not():
    with pytest.raises(Unavailable) as unavailable:
        resolve("192.168.1.9", error=errno.EHOSTUNREACH)
    assert unavailable.value.reason is Reason.PERMISSION_DENIED
    assert resolve("192.168.1.1", error=errno.EHOSTUNREACH) == "b8:27:eb:00:00:01"


def test_an_interface_that_vanished_is_gone():
    with pytest.raises(Unavailable) as unavailable:
        resolve("192.168.1.9", error=errno.ENXIO)
    assert unavailable.value.reason is Reason.INTERFACE_GONE


def test_a_duplicate_cannot_be_looked_for():
    with pytest.raises(Unavailable) as unavailable:
        asyncio.run(link().owners("192.168.1.57", 0.1))
    assert unavailable.value.reason is Reason.UNSUPPORTED


class Recorded(socket.socket):
    """A socket that notes the option of macOS and does without it."""

    options: ClassVar[dict[int, int]] = {}

    def setsockopt(self, level, option, value):
        if (level, option) == (socket.IPPROTO_IP, IP_BOUND_IF):
            Recorded.options[option] = value
        else:
            super().setsockopt(level, option, value)


def test_sockets_are_held_to_the_interface_by_its_index_and_take_a_port_on_request():
    with Recorded(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        InterfaceBind(14)(sock)
        assert Recorded.options == {25: 14}
        sock.bind(("", 0))
        port = sock.getsockname()[1]
    with Recorded(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        InterfaceBind(14)(sock, port)
        assert sock.getsockname() == ("0.0.0.0", port)


def test_dhcp_is_asked_from_a_socket_that_may_broadcast():
    with dhcp._open_socket(AddressBind("127.0.0.1"), 0) as sock:
        assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST)
        assert not sock.getblocking()


def test_a_broadcast_that_finds_no_way_is_a_missing_permission():
    made = dhcp.dhcp(EN0, AddressBind("127.0.0.1"), link().resolve)
    assert made._refused is Reason.PERMISSION_DENIED


@pytest.mark.skipif(sys.platform == "win32", reason="no such sockets on Windows")
def test_ping_counts_what_came_back_where_every_user_may_ping():
    try:
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_ICMP).close()
    except PermissionError:
        pytest.skip("net.ipv4.ping_group_range does not allow it here")
    found = asyncio.run(link().ping("127.0.0.1", 3, 0.3))
    assert len(found) == 3
