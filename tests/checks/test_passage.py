"""A VPN that lets nothing out is told from a site that lets nothing out, as far as anybody can."""

from __future__ import annotations

from dataclasses import replace

import pytest

from installer_gui.checks.passage import Passage, needs_passage
from installer_gui.domain.names import NameStatus
from installer_gui.domain.network import Interface, InterfaceKind
from installer_gui.domain.stream import TcpCause, TcpFailure

from . import virtual_time
from .fakes import CLOUDFLARE, ETH, GOOGLE, PROFILE, ROUTER, Site, System

VPN = Interface("tun0", 7, InterfaceKind.VPN, addresses=("10.8.0.2/24",))
CLOSED = TcpFailure(TcpCause.DROPPED, 3000)


def behind_a_vpn(*interfaces: Interface) -> Site:
    """Nothing comes through the interface under test."""
    made = Site(system=System(seen=interfaces or (VPN, ETH)))
    made.names.answers = dict.fromkeys((ROUTER, GOOGLE, CLOUDFLARE), NameStatus.UNREACHABLE)
    made.link.pings = {GOOGLE: 0, CLOUDFLARE: 0}
    for server in made.servers.values():
        server.tcp = CLOSED
    return made


def blocked(site: Site) -> bool:
    async def look() -> bool:
        context = site.context()
        try:
            return await Passage(context).is_blocked()
        finally:
            context.names.close()

    return virtual_time.run(look())


def test_where_nothing_comes_through_beside_a_vpn_it_may_be_the_vpn() -> None:
    assert blocked(behind_a_vpn())


@pytest.mark.parametrize("others", [(ETH,), (replace(VPN, up=False), ETH), (replace(VPN, addresses=()), ETH)])
def test_without_a_vpn_silence_is_the_sites_and_nothing_is_asked(others: tuple[Interface, ...]) -> None:
    made = behind_a_vpn(*others)
    assert not blocked(made)
    assert made.names.asked == []


@pytest.mark.parametrize("status", [NameStatus.ANSWERED, NameStatus.REFUSED, NameStatus.SERVFAIL])
def test_an_answer_of_a_public_resolver_came_from_outside(status: NameStatus) -> None:
    made = behind_a_vpn()
    made.names.answers[CLOUDFLARE] = ("203.0.113.10",) if status is NameStatus.ANSWERED else status
    assert not blocked(made)
    assert made.connect.connected == []


def test_an_echo_came_from_outside() -> None:
    made = behind_a_vpn()
    made.link.pings[GOOGLE] = 1
    assert not blocked(made)


def test_a_connection_was_made_outside_and_is_closed() -> None:
    made = behind_a_vpn()
    del made.names.answers[ROUTER]  # a VPN may let the local network through
    assert blocked(made)
    hub = next(iter(made.servers.values()))
    hub.tcp = None
    assert not blocked(made)
    assert all(stream.closed for stream in hub.streams)


def test_only_what_goes_beyond_the_router_needs_a_passage() -> None:
    from installer_gui import checks

    ids = {info.id for info in checks.infos(PROFILE) if not needs_passage(info)}
    assert {"computer-path", "link-gateway", "link-address", "dhcp-server", "dhcp-capacity", "wifi-signal"} <= ids
    assert ids.isdisjoint({"link-path", "captive-portal", "dns-lan", "ntp-servers", "mqtt-hub"})
