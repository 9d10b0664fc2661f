"""ARP, ping, binding and DHCP sockets on Windows, as far as they can be played elsewhere."""

import asyncio
import errno
import socket
import struct
import time
from typing import ClassVar

import pytest

from installer_gui.domain.network import Interface
from installer_gui.platforms.net.sockets import AddressBind
from installer_gui.platforms.windows import binding, dhcp
from installer_gui.platforms.windows.binding import IP_UNICAST_IF, UnicastBind, to_interface
from installer_gui.platforms.windows.iphlpapi import IpHelper
from installer_gui.platforms.windows.link import WindowsLink
from installer_gui.ports.unavailable import Reason, Unavailable

from .library import Iphlpapi

ETHERNET = Interface("Ethernet", index=7, mac="3c:52:82:00:00:57", addresses=("192.168.1.57/24",))
ROUTER, ROUTER_MAC = "192.168.1.1", "b8:27:eb:00:00:01"


@pytest.fixture
def library():
    return Iphlpapi(neighbours={ROUTER: ROUTER_MAC, "192.168.1.57": ETHERNET.mac}, alive={ROUTER})


@pytest.fixture
def link(library):
    return WindowsLink(ETHERNET, IpHelper(library))


def reason(work):
    with pytest.raises(Unavailable) as unavailable:
        asyncio.run(work)
    return unavailable.value.reason


def test_a_neighbour_is_known_by_its_mac_and_silence_is_none(link):
    assert asyncio.run(link.resolve(ROUTER, 1.0)) == ROUTER_MAC
    assert asyncio.run(link.resolve("192.168.1.77", 1.0)) is None


def test_windows_answer_for_our_own_address_is_nobody_elses(link):
    assert asyncio.run(link.resolve("192.168.1.57", 1.0)) is None


def test_an_answer_that_takes_longer_than_we_wait_is_silence_and_holds_up_nobody(link, library):
    slow = library.SendARP

    def send(*arguments):
        time.sleep(1.0)
        return slow(*arguments)

    link._helper._dll.SendARP = send

    async def many():
        began = time.monotonic()
        found = await asyncio.gather(*(link.resolve(ROUTER, 0.2) for _ in range(64)))
        return set(found), time.monotonic() - began

    found, seconds = asyncio.run(many())
    assert found == {None}
    assert seconds < 0.9


def test_an_address_that_is_not_ours_any_more_is_a_lost_interface(link, library):
    library.own = "192.168.1.99"
    assert reason(link.resolve(ROUTER, 1.0)) is Reason.INTERFACE_GONE


@pytest.mark.parametrize(("code", "expected"), [(50, Reason.UNSUPPORTED), (8, Reason.DRIVER_ERROR)])
def test_a_refusal_is_no_silence(link, code, expected):
    link._helper._dll.SendARP = lambda *arguments: code
    assert reason(link.resolve(ROUTER, 1.0)) is expected


def test_without_an_address_nobody_can_be_asked(library):
    link = WindowsLink(Interface("Ethernet", index=7), IpHelper(library))
    assert reason(link.resolve(ROUTER, 1.0)) is Reason.NO_ADDRESS
    assert asyncio.run(link.ping(ROUTER, 3, 0.2)) == ()


def test_a_duplicate_cannot_be_looked_for(link):
    assert reason(link.owners("192.168.1.57", 1.0)) is Reason.UNSUPPORTED


def test_ping_counts_what_came_back_and_closes_its_files(link, library):
    found = asyncio.run(link.ping(ROUTER, 5, 0.2))
    assert len(found) == 5
    assert all(0 <= ms < 200 for ms in found)
    assert asyncio.run(link.ping("192.168.1.77", 2, 0.2)) == ()
    assert library.open_files == 0


def test_an_error_in_place_of_an_answer_is_no_answer(link, library):
    helper = link._helper
    assert helper.echo(ROUTER, "192.168.1.57", b"x" * 16, 100)
    library.IcmpSendEcho2Ex = lambda *arguments: 1  # the reply's memory stays as it was: no status, no sender
    assert not helper.echo(ROUTER, "192.168.1.57", b"x" * 16, 100)


class Recorded(socket.socket):
    """A socket that notes the Windows option and does without it."""

    options: ClassVar[dict[int, bytes]] = {}

    def setsockopt(self, level, option, value):
        if (level, option) == (socket.IPPROTO_IP, IP_UNICAST_IF):
            Recorded.options[option] = value
        else:
            super().setsockopt(level, option, value)


def test_sockets_are_held_to_the_interface_by_its_index_in_network_order_and_by_its_address():
    with Recorded(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        UnicastBind(Interface("x", index=0x0102, addresses=("127.0.0.1/8",)))(sock)
        assert sock.getsockname()[0] == "127.0.0.1"
    assert Recorded.options == {31: bytes((0, 0, 1, 2))}


def test_an_interface_without_an_address_holds_nothing():
    with socket.socket() as sock, pytest.raises(Unavailable) as unavailable:
        UnicastBind(Interface("x", index=1))(sock)
    assert unavailable.value.reason is Reason.NO_ADDRESS
    assert to_interface(Interface("x", index=1)).backend == "IP_UNICAST_IF"


def test_where_windows_refuses_the_option_the_source_address_holds(monkeypatch):
    def refuse(self, sock, port=0):
        raise OSError(errno.ENOPROTOOPT, "no such option")

    monkeypatch.setattr(binding.UnicastBind, "__call__", refuse)
    bind = to_interface(Interface("x", index=1, addresses=("127.0.0.1/8",)))
    assert isinstance(bind, AddressBind)
    assert bind.backend == "source address"


def test_dhcp_is_asked_from_the_interfaces_own_address_and_may_broadcast():
    with dhcp._open_socket(AddressBind("127.0.0.1"), 0) as sock:
        assert sock.getsockname()[0] == "127.0.0.1"
        assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST)
        assert not sock.getblocking()


def test_a_port_that_is_taken_is_not_shared():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(OSError) as refused:
            dhcp._open_socket(AddressBind("127.0.0.1"), taken.getsockname()[1])
    assert refused.value.errno in (errno.EADDRINUSE, errno.EACCES)


def test_the_index_is_a_number_of_four_bytes():
    assert struct.unpack("!I", UnicastBind(ETHERNET)._index) == (7,)
