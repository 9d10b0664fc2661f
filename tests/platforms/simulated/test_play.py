import asyncio
import contextlib
import socket
import threading

import pytest

from installer_gui import profiles
from installer_gui.domain.lease import DhcpKind
from installer_gui.domain.names import NameStatus
from installer_gui.domain.profile import Protocol
from installer_gui.domain.stream import TcpCause, TcpFailure, TlsCause, TlsFailure, TlsSession
from installer_gui.domain.timesync import TimeFault, TimeSample
from installer_gui.errors import BadInput
from installer_gui.platforms.simulated import SITES, play
from installer_gui.protocols import http, mqtt

PROFILE = profiles.load("zaptec-pro")
(HUB,) = PROFILE.endpoints_of(Protocol.MQTT)
(CLOCK,) = PROFILE.endpoints_of(Protocol.NTP)
WEB = PROFILE.endpoints_of(Protocol.HTTPS)[0]
ROUTER = "192.168.1.1"
SOON = (0.2,)


class Visit:
    """Asks a played site through its ports."""

    def __init__(self, site):
        self.play = play(site, PROFILE)
        self.interface = self.play.platform.system.interfaces()[0]
        self.network = self.play.platform.network(self.interface)

    async def addresses(self, host):
        return (await self.network.names.ask("1.1.1.1", host)).addresses

    async def shake(self, endpoint, talk=None):
        (address,) = await self.addresses(endpoint.host)
        stream = await self.network.connect.tcp(address, endpoint.port, 0.3)
        if isinstance(stream, TcpFailure):
            return stream
        with contextlib.closing(stream):
            outcome = await stream.tls(endpoint.host, self.play.anchors, 2.0)
            return outcome if talk is None else await talk(stream)


@pytest.fixture
def visit():
    visits = []

    def make(site, ask):
        visits.append(Visit(site))
        return asyncio.run(ask(visits[-1]))

    yield make
    for one in visits:
        one.play.close()


@pytest.mark.parametrize("resolver", [ROUTER, *PROFILE.public_resolvers])
def test_every_name_of_the_profile_is_known_and_an_invented_one_is_not(visit, resolver):
    async def ask(site):
        names = site.network.names
        known = [await names.ask(resolver, host) for host in PROFILE.hosts]
        return known, await names.ask(resolver, "no-such-name.example.com")

    known, invented = visit("healthy", ask)
    assert all(answer.usable for answer in known)
    assert invented.status is NameStatus.NXDOMAIN


def test_only_the_router_says_which_resolver_it_is(visit):
    async def ask(site):
        return [await site.network.names.ask(s, "version.bind", "TXT-CH") for s in (ROUTER, "8.8.8.8")]

    router, public = visit("healthy", ask)
    assert router.texts == ("dnsmasq-2.90",)
    assert public.status is NameStatus.REFUSED


async def say_hello(stream):
    await stream.send(mqtt.connect("nobody", "nobody"))
    return await stream.receive(1.0)


def test_the_hub_turns_a_stranger_away(visit):
    assert mqtt.connack(visit("healthy", lambda site: site.shake(HUB, say_hello))) is mqtt.ReturnCode.NOT_AUTHORISED


async def fetch(stream):
    await stream.send(http.request("HEAD", WEB.host))
    return await stream.receive(1.0)


def test_a_web_host_answers_with_a_status_and_the_time(visit):
    response = http.response(visit("healthy", lambda site: site.shake(WEB, fetch)))
    assert response.status == 404
    assert response.date is not None


def test_every_time_server_has_this_computers_time(visit):
    async def ask(site):
        return [await site.network.timesync.ask(a, 1.0) for a in await site.addresses(CLOCK.host)]

    samples = visit("healthy", ask)
    assert len(samples) == 4
    assert all(isinstance(sample, TimeSample) and abs(sample.offset_s) < 0.1 for sample in samples)


def test_a_blocked_port_is_dropped_and_the_others_are_open(visit):
    failure = visit("mqtt-blocked", lambda site: site.shake(HUB))
    assert failure.cause is TcpCause.DROPPED
    assert failure.ms > 290
    assert isinstance(visit("mqtt-blocked", lambda site: site.shake(WEB)), TlsSession)


def test_dead_resolvers_are_silent(visit):
    async def ask(site):
        servers = (ROUTER, *PROFILE.public_resolvers)
        return [await site.network.names.ask(s, HUB.host, timeouts_s=SOON) for s in servers]

    assert {answer.status for answer in visit("dns-dead", ask)} == {NameStatus.TIMEOUT}


def test_a_silent_time_server_is_silent_from_port_123_too(visit):
    async def ask(site):
        address = (await site.addresses(CLOCK.host))[0]
        ask = site.network.timesync.ask
        return await ask(address, 0.2), await ask(address, 0.2, from_port_123=True)

    assert {failure.fault for failure in visit("ntp-silent", ask)} == {TimeFault.TIMEOUT}


def test_an_interceptor_shows_itself_on_443_and_leaves_the_hub_alone(visit):
    failure = visit("tls-intercepted", lambda site: site.shake(WEB))
    assert isinstance(failure, TlsFailure)
    assert failure.cause is TlsCause.UNTRUSTED
    assert "firewall" in failure.chain[0].issuer
    assert isinstance(visit("tls-intercepted", lambda site: site.shake(HUB)), TlsSession)


async def fetch_probe(site):
    (address,) = await site.addresses("www.msftconnecttest.com")
    stream = await site.network.connect.tcp(address, 80, 1.0)
    with contextlib.closing(stream):
        await stream.send(http.request("GET", "www.msftconnecttest.com", "/connecttest.txt"))
        return http.response(await stream.receive(1.0))


def test_the_probes_page_is_as_expected_unless_a_portal_stands_in_between(visit):
    assert visit("healthy", fetch_probe).body.decode() == PROFILE.portal_answer
    portal = visit("captive-portal", fetch_probe)
    assert portal.status == 302
    assert portal.headers["location"].startswith("http://192.168.1.1/")
    assert visit("captive-portal", lambda site: site.shake(WEB)).cause is TlsCause.SELF_SIGNED


def clients(count):
    return [f"02:5a:50:00:00:{i:02x}" for i in range(count)]


async def offers(site, count):
    probe = await site.network.dhcp.open()
    with contextlib.closing(probe):
        for client in clients(count):
            await probe.discover(client)
        await probe.inform(clients(count)[-1])
        heard = []
        while reply := await probe.reply(0.2):
            heard.append(reply)
        return heard


def test_a_large_pool_offers_everybody_another_address(visit):
    *found, informed = visit("healthy", lambda site: offers(site, 8))
    assert len({reply.address for reply in found}) == 8
    assert {(r.kind, r.server, r.routers, r.dns, r.lease_s) for r in found} == {
        (DhcpKind.OFFER, ROUTER, (ROUTER,), (ROUTER,), 86400)
    }
    assert informed.kind is DhcpKind.ACK


def test_an_exhausted_pool_is_silent_but_still_answers_inform(visit):
    kinds = [reply.kind for reply in visit("dhcp-small-pool", lambda site: offers(site, 5))]
    assert kinds == [DhcpKind.OFFER, DhcpKind.OFFER, DhcpKind.ACK]


def test_the_computer_is_offered_the_address_that_it_has(visit):
    async def ask(site):
        probe = await site.network.dhcp.open()
        await probe.discover(probe.own_mac)
        return (await probe.reply(1.0)).address, site.interface.address

    offered, own = visit("healthy", ask)
    assert offered == own


def test_only_the_router_answers_arp_and_the_cloud_answers_ping(visit):
    async def ask(site):
        link = site.network.link
        cloud = (await site.addresses(HUB.host))[0]
        assert await link.resolve("192.168.1.200", 0.05) is None
        assert await link.owners(site.interface.address, 0.05) == ()
        assert len(await link.owners(ROUTER, 0.05)) == 1
        assert await link.ping("198.51.100.1", 3, 0.05) == ()
        return await link.resolve(ROUTER, 1.0), len(await link.ping(cloud, 3, 1.0))

    assert visit("healthy", ask) == ("00:00:5e:00:53:01", 3)


def test_one_play_serves_several_event_loops_one_after_the_other():
    with play("healthy", PROFILE) as site:
        network = site.platform.network(site.platform.system.interfaces()[0])
        for _ in range(3):
            assert asyncio.run(network.names.ask(ROUTER, HUB.host)).usable


def test_a_closed_play_leaves_neither_threads_nor_open_ports():
    before = threading.active_count()
    site = play("healthy", PROFILE)
    network = site.platform.network(site.platform.system.interfaces()[0])
    assert asyncio.run(network.names.ask(ROUTER, HUB.host)).usable
    site.close()
    assert threading.active_count() == before
    assert asyncio.run(network.names.ask(ROUTER, HUB.host, timeouts_s=SOON)).status is NameStatus.PORT_CLOSED


def test_nothing_of_a_play_leaves_this_computer(visit, monkeypatch):
    targets = set()
    real = socket.socket.connect

    def note(self, address):
        targets.add(address[0])
        return real(self, address)

    monkeypatch.setattr(socket.socket, "connect", note)
    visit("healthy", lambda site: site.shake(HUB, say_hello))
    assert targets == {"127.0.0.1"}


def test_a_site_that_nobody_knows_is_bad_input():
    with pytest.raises(BadInput) as error:
        play("atlantis")
    assert error.value.code == "input.no-such-site"
    assert set(str(error.value.values["known"]).split(", ")) == set(SITES)
