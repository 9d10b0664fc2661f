"""What every platform promises, tried on each that can be built here. Only loopback is spoken to."""

import asyncio
import contextlib
import dataclasses
import time
from ipaddress import IPv4Address, IPv4Interface, IPv6Address

import pytest

from installer_gui.domain.names import NameStatus
from installer_gui.domain.network import Interface
from installer_gui.domain.stream import TcpFailure
from installer_gui.domain.timesync import TimeFailure
from installer_gui.platforms import current, simulated
from installer_gui.ports.unavailable import Unavailable

from . import played

LOOPBACK = Interface("lo", index=1, addresses=("127.0.0.1/8",))
NOBODY = "127.0.0.1"  # port 53, 123 and 9 of this computer: nobody listens, or in a played site nobody answers
PATIENCE_S = 0.3


@pytest.fixture(params=["this computer", "Windows", "macOS", "healthy", "dns-dead"])
def platform(request, monkeypatch):
    match request.param:
        case "this computer":
            yield current()
        case "Windows":
            yield played.on_windows(monkeypatch)
        case "macOS":
            yield played.on_macos(monkeypatch)
        case site:
            with simulated.play(site) as play:
                yield play.platform


@pytest.fixture
def network(platform):
    return platform.network(platform.system.interfaces()[0] if platform.demo else LOOPBACK)


def within(seconds, work):
    """The outcome of a coroutine that keeps its time."""
    clock = time.monotonic()
    outcome = asyncio.run(work)
    assert time.monotonic() - clock < seconds + 0.5
    return outcome


def test_interfaces_have_names_of_their_own_and_readable_addresses(platform):
    interfaces = platform.system.interfaces()
    assert len({i.name for i in interfaces}) == len(interfaces)
    for interface in interfaces:
        assert interface.index > 0
        assert interface.mac == interface.mac.lower()
        assert [str(IPv4Interface(a)) for a in interface.addresses] == list(interface.addresses)
        assert all(IPv6Address(a) for a in interface.addresses6)
        assert not interface.gateway or IPv4Address(interface.gateway)


def test_the_best_way_out_comes_first(platform):
    interfaces = platform.system.interfaces()
    with_gateway = [i for i in interfaces if i.gateway]
    assert with_gateway == sorted(with_gateway, key=lambda i: i.metric)
    if with_gateway:
        assert interfaces[0].gateway or interfaces[0].kind == "vpn"


def test_a_lease_names_its_source(platform):
    for interface in platform.system.interfaces():
        lease = platform.system.lease(interface)
        assert lease.source
        assert all(IPv4Address(a) for a in (*lease.dns, *lease.routers))


def test_the_computer_has_a_system_and_shows_no_passwords(platform, monkeypatch):
    monkeypatch.setenv("https_proxy", "http://user:secret@proxy.example:3128")
    computer = platform.system.computer()
    assert computer.system
    assert "secret" not in repr(computer)


def test_every_port_is_there_and_the_way_of_binding_is_named(network):
    assert all(getattr(network, field.name) for field in dataclasses.fields(network))


def test_a_question_that_nobody_answers_is_a_status(network):
    answer = within(2 * PATIENCE_S, network.names.ask(NOBODY, "a.example", timeouts_s=(PATIENCE_S, PATIENCE_S)))
    assert answer.status in (NameStatus.TIMEOUT, NameStatus.PORT_CLOSED)
    assert (answer.server, answer.name, answer.addresses) == (NOBODY, "a.example", ())


def test_a_connection_that_does_not_come_about_is_a_cause(network):
    failure = within(PATIENCE_S, network.connect.tcp(NOBODY, 9, PATIENCE_S))
    assert isinstance(failure, TcpFailure)
    assert failure.ms >= 0


def test_a_time_server_that_is_not_there_is_a_fault(network):
    failure = within(PATIENCE_S, network.timesync.ask(NOBODY, PATIENCE_S))
    assert isinstance(failure, TimeFailure)
    assert failure.server == NOBODY


def test_roots_can_be_prepared_twice(network):
    roots = simulated.play("healthy")
    with roots:
        asyncio.run(network.connect.prepare([roots.anchors, roots.anchors]))
        asyncio.run(network.connect.prepare([roots.anchors]))


def test_the_link_answers_or_says_why_it_cannot_look(network):
    with contextlib.suppress(Unavailable):
        assert within(PATIENCE_S, network.link.resolve("192.0.2.77", PATIENCE_S)) is None
    with contextlib.suppress(Unavailable):
        assert within(PATIENCE_S, network.link.owners("127.0.0.1", PATIENCE_S)) == ()
    with contextlib.suppress(Unavailable):
        assert within(1.0, network.link.ping("127.0.0.1", 2, PATIENCE_S)) is not None


def test_dhcp_is_opened_and_closed_or_unavailable(network):
    async def use():
        with contextlib.suppress(Unavailable), contextlib.closing(await network.dhcp.open()) as probe:
            assert await probe.reply(0.05) is None

    within(0.5, use())


def test_an_adapter_that_is_not_there_cannot_scan(platform):
    with pytest.raises(Unavailable):
        asyncio.run(platform.wifi.scan("no-such-adapter"))


def test_adapters_are_listed_or_it_is_said_why_not(platform):
    with contextlib.suppress(Unavailable):
        for adapter in platform.wifi.adapters():
            assert adapter.name
            assert adapter.backend


def test_the_computer_can_be_asked_to_stay_awake_twice_at_once_and_lets_go(platform):
    async def twice():
        async with platform.awake.kept() as one, platform.awake.kept() as other:
            return one, other

    one, other = within(8, twice())
    assert one is other
    assert one in (True, False)
