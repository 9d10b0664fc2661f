"""DHCP over the system's own UDP, as Windows and macOS have it, against real servers in network namespaces."""

import asyncio
import contextlib
import errno
import json
import os
import sys
from dataclasses import dataclass

import pytest

from installer_gui.domain.lease import DhcpKind, DhcpReply, DhcpWay
from installer_gui.domain.network import Interface
from installer_gui.platforms.net import dhcp
from installer_gui.platforms.net.dhcp import SocketDhcp
from installer_gui.ports.unavailable import Reason, Unavailable

from ...lab.conftest import lacking
from ...lab.dhcp_servers import Pool, dnsmasq
from ...lab.site import ROOT, Site

ETH0 = Interface("eth0", mac="3c:52:82:00:00:57", addresses=("192.168.50.57/24",))
CLIENT = "02:5a:50:00:00:01"
RUN = """
import asyncio, dataclasses, socket, sys
from installer_gui.cli.main import main
from installer_gui.platforms import linux
from installer_gui.platforms.linux.binding import DeviceBind
from installer_gui.platforms.net.dhcp import SocketDhcp

def network(interface):
    made = linux.platform().network(interface)
    def open_socket(port):
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sock.setblocking(False)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        DeviceBind(interface.name)(sock, port)
        return sock
    return dataclasses.replace(made, dhcp=SocketDhcp(interface, open_socket, made.link.resolve))

arguments = ("--interface", "eth0", "--stations", "5", "--only", "dhcp-server,dhcp-capacity", "--format", "json")
sys.exit(main(("check", *arguments), dataclasses.replace(linux.platform(), network=network)))
"""
NOTHING_COMES_IN = "table inet closed { chain in { type filter hook input priority 0; policy drop; }; }\n"
NO_BROADCAST_COMES_IN = (
    "table inet closed { chain in { type filter hook input priority 0; udp sport 67 pkttype broadcast drop; }; }\n"
)


@pytest.fixture
def laboratory():
    if reason := lacking():
        pytest.skip(reason)


@dataclass(frozen=True, slots=True)
class Told:
    codes: set[str]
    reasons: list[str | None]
    free: int | None
    sender: str


def told(pool: Pool | None, rules: str = "") -> Told:
    """What the two checks say of a pool (None: no server) on a laptop with these rules of its own."""
    with Site() as site:
        if pool is not None:
            dnsmasq(site, pool)
        if rules:
            assert not site.run("laptop", "nft", "-f", "-", text=rules).returncode
        site.ready()
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": "/run/home"}
        done = site.run("laptop", sys.executable, "-c", RUN, env=environment, timeout=60)
    checks = json.loads(done.stdout)["checks"]
    evidence = {name: value for check in checks for f in check["findings"] for name, value in f["evidence"].items()}
    return Told(
        {f["code"] for check in checks for f in check["findings"]},
        [check["reason"] for check in checks],
        evidence["free"]["value"] if "free" in evidence else None,
        evidence.get("mac", ""),
    )


@pytest.mark.lab
@pytest.mark.usefixtures("laboratory")
def test_addresses_are_counted_and_the_server_is_known_by_its_mac():
    made = told(Pool())
    assert (made.free, made.sender) == (7, "b8:27:eb:00:00:01")
    assert "dhcp.enough-addresses" in made.codes


@pytest.mark.lab
@pytest.mark.usefixtures("laboratory")
def test_a_pool_that_is_too_small_fails_once_the_server_is_known_to_be_quick():
    made = told(Pool.with_free(100, 101, 102))
    assert "dhcp.too-few-addresses" in made.codes
    assert made.free == 3


@pytest.mark.lab
@pytest.mark.usefixtures("laboratory")
def test_an_empty_pool_is_no_missing_server():
    made = told(Pool.with_free())
    assert {"dhcp.too-few-addresses", "dhcp.answers-without-offer"} <= made.codes
    assert made.free == 0


@pytest.mark.lab
@pytest.mark.usefixtures("laboratory")
def test_where_broadcasts_are_kept_from_us_a_relay_is_answered():
    assert told(Pool(), NO_BROADCAST_COMES_IN).free == 7


@pytest.mark.lab
@pytest.mark.usefixtures("laboratory")
@pytest.mark.parametrize("pool", [None, Pool()], ids=["no server", "hidden"])
def test_silence_that_a_firewall_may_have_made_is_no_verdict(pool):
    made = told(pool, NOTHING_COMES_IN if pool else "")
    assert (made.codes, made.reasons) == (set(), ["unclear", "unclear"])


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

    for method in (sock_sendto, sock_recvfrom):
        monkeypatch.setattr(asyncio.SelectorEventLoop, method.__name__, method)
    asyncio.run(work())
    assert log == [DhcpWay(way) for way in sent]
