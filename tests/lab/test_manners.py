"""What a run puts on the wire. An impolite check is wrong even when its verdict is right."""

from __future__ import annotations

import socket
from collections import Counter

import pytest

from .blueprint import CLOUDFLARE, GOOGLE, HUB, LAPTOP_MAC, POOL, PROBE, ROUTER, SINKHOLE, WEB
from .outcome import Outcomes
from .situations import ALL, Situation
from .watch import ETH_P_IPV6, Traffic, peak

pytestmark = pytest.mark.lab
every_situation = pytest.mark.parametrize("situation", ALL, ids=lambda situation: situation.name)
NETWORK = {"b8:27:eb:00:00:01", "b8:27:eb:00:00:11", "b8:27:eb:00:00:12", "00:1d:c0:00:00:99"}
DISCOVERS_A_SECOND = 8
REPEATED = 4  # questions that a slow server answered late
NAMES = 9  # that a resolver is asked for
NTP_SAMPLES = 4
CONNECTIONS_TO_A_HOST = 6
ARP_SWEEP = 2 * 254


@every_situation
def test_dhcp_takes_nothing_and_is_in_no_hurry(situation: Situation, outcomes: Outcomes) -> None:
    traffic = outcomes[situation].traffic
    assert set(traffic.dhcp) <= {"DISCOVER", "INFORM"}
    assert peak(traffic.dhcp_times("DISCOVER")) <= DISCOVERS_A_SECOND


@every_situation
def test_nothing_is_left_behind_at_the_dhcp_server(situation: Situation, outcomes: Outcomes) -> None:
    assert not outcomes[situation].leases


@every_situation
def test_the_hub_is_asked_once_at_most(situation: Situation, outcomes: Outcomes) -> None:
    assert outcomes[situation].connects <= 1


@every_situation
def test_a_pool_that_is_large_enough_is_not_emptied(situation: Situation, outcomes: Outcomes) -> None:
    outcome = outcomes[situation]
    pool = situation.site.dhcp
    if pool and not pool.scattered and outcome.run.areas["dhcp"] == "pass":
        assert outcome.traffic.dhcp["DISCOVER"] <= situation.stations + 2 + REPEATED
        assert len(outcome.traffic.offered) <= situation.stations + 2


@every_situation
def test_only_the_laptops_own_address_is_used_on_the_cable(situation: Situation, outcomes: Outcomes) -> None:
    assert outcomes[situation].traffic.sources - NETWORK <= {LAPTOP_MAC}


@every_situation
def test_nothing_is_sent_to_anybody_but_the_documented_endpoints(situation: Situation, outcomes: Outcomes) -> None:
    assert not strangers(outcomes[situation].traffic)
    assert set(outcomes[situation].traffic.unknown) <= {ETH_P_IPV6}  # the kernel's own, where it is switched on


@every_situation
def test_endpoints_are_asked_a_handful_of_times(situation: Situation, outcomes: Outcomes) -> None:
    traffic = outcomes[situation].traffic
    assert all(traffic.udp[address, 123] <= NTP_SAMPLES for address in POOL)
    assert all(n <= CONNECTIONS_TO_A_HOST for (_, port), n in traffic.connections.items() if port != 53)
    assert all(n <= NAMES for (_, port), n in traffic.connections.items() if port == 53)
    assert len(traffic.arp) <= ARP_SWEEP


def strangers(traffic: Traffic) -> Counter[tuple[str, int]]:
    """Who was sent something that the manners do not allow, by address and port."""
    resolvers = (ROUTER, GOOGLE, CLOUDFLARE, "192.168.50.9")
    allowed = {(address, 53) for address in resolvers} | {(address, 123) for address in POOL}
    allowed |= {(address, 443) for address in WEB.values()} | {(HUB, 8883), (PROBE, 80), (ROUTER, 80)}
    allowed |= {(SINKHOLE, port) for _, port in allowed}
    found: Counter[tuple[str, int]] = Counter()
    for packet in traffic.sent:
        target, port = packet.target, packet.ports[1]
        ping = packet.protocol == socket.IPPROTO_ICMP and target in {a for a, _ in allowed}
        dhcp = packet.protocol == socket.IPPROTO_UDP and port == 67
        poke = target.startswith("192.168.50.") and packet.protocol == socket.IPPROTO_UDP
        if not (ping or dhcp or poke or (target, port) in allowed):
            found[target, port] += 1
    return found
