"""DHCP over the system's own UDP, as Windows and macOS have it: what its sockets and its silence mean."""

import asyncio
import contextlib
import errno
import os

import pytest

from installer_gui.domain.lease import DhcpKind, DhcpReply, DhcpWay
from installer_gui.domain.network import Interface
from installer_gui.platforms.net import dhcp
from installer_gui.platforms.net.dhcp import SocketDhcp
from installer_gui.ports.unavailable import Reason, Unavailable

ETH0 = Interface("eth0", mac="3c:52:82:00:00:57", addresses=("192.168.50.57/24",))
CLIENT = "02:5a:50:00:00:01"


def opened(*refusals: int, interface: Interface = ETH0):
    """Open a probe whose ports are refused with these errors, one after the other."""
    waiting = list(refusals)

    def refuse(port: int):
        raise OSError(waiting.pop(0), os.strerror(errno.EACCES))

    async def nobody(address: str, timeout_s: float) -> None: ...

    asyncio.run(SocketDhcp(interface, refuse, nobody).open())


@pytest.mark.parametrize(
    ("errors", "reason"),
    [
        ((errno.EACCES, errno.EADDRINUSE), Reason.NEEDS_PRIVILEGE),
        ((errno.EADDRINUSE, errno.EADDRINUSE), Reason.BUSY),
        ((errno.EADDRNOTAVAIL, errno.EADDRNOTAVAIL), Reason.INTERFACE_GONE),
    ],
)
def test_ports_that_cannot_be_had_are_told_by_their_reason(errors, reason):
    with pytest.raises(Unavailable) as unavailable:
        opened(*errors)
    assert unavailable.value.reason is reason


@pytest.mark.parametrize(
    ("interface", "reason"),
    [(Interface("tun0"), Reason.UNSUPPORTED), (Interface("eth0", mac="3c:52:82:00:00:57"), Reason.NO_ADDRESS)],
)
def test_an_interface_without_a_mac_or_an_address_cannot_ask(interface, reason):
    with pytest.raises(Unavailable) as unavailable:
        opened(interface=interface)
    assert unavailable.value.reason is reason


class Clock:
    now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(dhcp, "time", made)
    return made


def answer(ms: float, client: str = "02:5a:50:00:00:99") -> DhcpReply:
    return DhcpReply(DhcpKind.OFFER, client, "192.168.50.100", "192.168.50.1", ms)


@pytest.mark.parametrize(
    ("heard_ms", "waited_s", "believed"),
    [(None, 4.9, True), (None, 5.1, False), (30, 99, True), (2900, 3.1, True), (2900, 3.3, False)],
)
def test_silence_is_believed_of_quick_servers_only(clock, heard_ms, waited_s, believed):
    silence = dhcp._Silence()
    silence.weigh(CLIENT)
    if heard_ms is not None:
        silence.ended(answer(heard_ms))
    clock.now += waited_s
    with contextlib.nullcontext() if believed else pytest.raises(Unavailable) as unavailable:
        silence.weigh(CLIENT)
    assert believed or unavailable.value.reason is Reason.UNCLEAR


def test_a_client_that_was_answered_late_may_be_asked_for_again(clock):
    silence = dhcp._Silence()
    silence.weigh(CLIENT)
    silence.ended(answer(2900, CLIENT))
    clock.now += 60
    silence.weigh(CLIENT)


class Sent:
    """A socket that keeps what is sent, under the way of its port."""

    def __init__(self, way: DhcpWay, log: list[DhcpWay]) -> None:
        self.way, self.log = way, log

    def close(self) -> None: ...


@pytest.mark.parametrize(
    ("there", "asked", "sent"),
    [
        ("both", ("client", "client", "client"), ["client", "relay", "client"]),
        ("both", ("relay", "client"), ["relay", "client"]),
        ("relay", ("client", "client"), ["relay", "relay"]),
        ("client", ("client", "relay"), ["client", "client"]),
    ],
)
def test_a_repeated_question_goes_the_other_way_where_there_is_one(monkeypatch, there, asked, sent):
    log: list[DhcpWay] = []

    async def work() -> None:
        for method in (sock_sendto, sock_recvfrom):
            monkeypatch.setattr(type(asyncio.get_running_loop()), method.__name__, method)
        ways = tuple(DhcpWay) if there == "both" else (DhcpWay(there),)
        probe = dhcp.SocketDhcpProbe(ETH0, {way: Sent(way, log) for way in ways}, None, Reason.NO_LINK)
        for way in asked:
            await probe.discover(CLIENT, "", DhcpWay(way))
        probe.close()

    async def sock_sendto(self, sock, data, target):
        assert target == ("255.255.255.255", 67)
        log.append(sock.way)

    async def sock_recvfrom(self, sock, size):
        await asyncio.sleep(9)

    asyncio.run(work())
    assert log == [DhcpWay(way) for way in sent]
