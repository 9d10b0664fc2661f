"""A given resolver that leads elsewhere than where the endpoints' own checks have looked."""

from __future__ import annotations

from typing import Any

import pytest

from installer_gui.checks.detours import MOST
from installer_gui.checks.dns_lan import DnsLan
from installer_gui.checks.facts import NetworkTime, Tried
from installer_gui.checks.names import GRACE_S
from installer_gui.domain.names import NameStatus
from installer_gui.domain.outcome import Fact
from installer_gui.domain.stream import TcpCause, TcpFailure, TlsCause
from installer_gui.domain.timesync import TimeFault

from .fakes import ADDRESSES, CLOUDFLARE, GOOGLE, HUB, POOL, ROUTER, Server, Site, bad, found, refusal, run

CHECK = DnsLan()
SECOND, ELSEWHERE = "192.168.50.2", "203.0.113.66"
THERE = Tried(HUB.host, 30.0, verified=True)
TIME = NetworkTime(0.01, 30.0)


def site(server: Server, *told: Fact, host: str = HUB.host) -> Site:
    """The second of two resolvers leads to another server."""
    made = Site(resolvers=(ROUTER, SECOND), told=told)
    made.names.delays_s = {SECOND: 0.1}
    made.names.answers[SECOND, host] = (ELSEWHERE,)
    made.servers[ELSEWHERE, HUB.port] = server
    return made


DEAD, STALLING, WRONG = (
    Server(tcp=TcpFailure(TcpCause.DROPPED, 4000)),
    Server(hello=refusal(TlsCause.STALLED)),
    Server(hello=refusal(TlsCause.SELF_SIGNED, "block page")),
)


@pytest.mark.parametrize("server", [DEAD, STALLING, WRONG])
def test_a_second_resolver_that_leads_to_somebody_else_fails(server: Server) -> None:
    made = site(server, THERE)
    finding = found(CHECK, made)["names.astray"]
    assert finding.subject.name == SECOND
    assert (finding.evidence["names"], finding.evidence["addresses"]) == ((HUB.host,), (ELSEWHERE,))
    assert bad(CHECK, site(server, THERE)) == {"names.astray": "failure"}


def test_another_address_of_the_same_service_is_as_good() -> None:
    made = site(Server(), THERE)
    assert bad(CHECK, made) == {}
    assert [stream.closed for stream in made.servers[ELSEWHERE, HUB.port].streams] == [True]
    assert made.servers[ELSEWHERE, HUB.port].heard == []  # there is one CONNECT a run, and it is not this one
    assert made.given == []


def test_addresses_that_were_tried_are_not_tried_again() -> None:
    made = Site(resolvers=(ROUTER, SECOND))
    run(CHECK, made)
    assert made.connect.connected == []
    assert made.timesync.asked == []


def test_an_answer_that_comes_too_late_for_the_endpoint_is_tried_here() -> None:
    made = Site(told=(THERE,))
    made.names.delays_s = {ROUTER: GRACE_S + 1}
    made.names.answers[ROUTER, HUB.host] = (ELSEWHERE,)
    made.servers[ELSEWHERE, HUB.port] = DEAD
    assert bad(CHECK, made) == {"names.astray": "failure"}


def test_a_hub_that_no_way_leads_to_is_no_fault_of_the_resolvers() -> None:
    assert bad(CHECK, site(DEAD, Tried(HUB.host, None))) == {}


def test_the_latest_answer_and_the_slowest_way_still_come_in_time() -> None:
    made = Site(told=(THERE,))
    made.names.delays_s = {ROUTER: 4.9}
    made.names.answers = {(ROUTER, host): (ELSEWHERE,) for host in ADDRESSES}
    made.timesync.answers[ELSEWHERE] = TimeFault.TIMEOUT
    made.servers |= {(ELSEWHERE, port): STALLING for port in (443, 8883)}
    assert bad(CHECK, made) == {"names.astray": "failure"}


@pytest.mark.parametrize("told", [TimeFault.TIMEOUT, TimeFault.UNSYNCHRONISED, 86400.0])
def test_a_resolver_that_leads_to_no_good_time_server_fails(told: Any) -> None:
    made = site(Server(), TIME, host=POOL.host)
    made.timesync.answers[ELSEWHERE] = told
    assert found(CHECK, made)["names.astray"].evidence["names"] == (POOL.host,)


def test_other_time_servers_that_are_right_are_as_good() -> None:
    assert bad(CHECK, site(Server(), TIME, host=POOL.host)) == {}


def test_where_no_time_server_answers_the_resolver_is_not_blamed() -> None:
    made = site(Server(), host=POOL.host)
    made.timesync.answers[ELSEWHERE] = TimeFault.TIMEOUT
    assert bad(CHECK, made) == {}


def test_a_late_time_server_of_the_sites_own_must_work() -> None:
    made = Site(told=(TIME,))
    made.names.delays_s = {ROUTER: GRACE_S + 1}
    made.names.answers[ROUTER, POOL.host] = (SECOND,)
    made.timesync.answers[SECOND] = TimeFault.TIMEOUT
    assert bad(CHECK, made) == {"names.own-time-server": "warning", "names.astray": "failure"}


@pytest.mark.parametrize("given", [(), (ROUTER,)])
def test_where_stations_depend_on_the_public_resolvers_each_must_lead_to_the_service(given: tuple[str, ...]) -> None:
    made = Site(resolvers=given, told=(THERE,))
    made.names.delays_s = {GOOGLE: 0.2}
    made.names.answers = {ROUTER: NameStatus.SERVFAIL, (GOOGLE, HUB.host): (ELSEWHERE,)}
    made.servers[ELSEWHERE, HUB.port] = DEAD
    assert found(CHECK, made)["names.astray"].subject.name == GOOGLE


def test_what_a_public_resolver_alone_names_is_not_tried_here() -> None:
    made = Site(told=(THERE,))
    made.names.answers = {(GOOGLE, HUB.host): (ELSEWHERE,), CLOUDFLARE: NameStatus.TIMEOUT}
    assert bad(CHECK, made) == {}
    assert made.connect.connected == []


def named(*addresses: str, server: Server = DEAD) -> Site:
    """One resolver that names several addresses for the hub, one of them elsewhere."""
    made = Site(told=(THERE,))
    made.names.answers[ROUTER, HUB.host] = addresses
    made.servers[ELSEWHERE, HUB.port] = server
    return made


def test_one_address_of_several_where_the_service_is_not_is_a_remark() -> None:
    made = named(ADDRESSES[HUB.host], ELSEWHERE)
    assert bad(CHECK, made) == {"names.partly-astray": "warning"}
    assert found(CHECK, made)["names.partly-astray"].evidence["addresses"] == (ELSEWHERE,)


def test_several_addresses_at_all_of_which_the_service_is_are_good() -> None:
    made = named(ADDRESSES[HUB.host], ELSEWHERE, server=Server())
    assert bad(CHECK, made) == {}
    assert made.connect.connected == [(ELSEWHERE, HUB.port)]  # the endpoint's own check tries the first one


def test_no_end_of_addresses_is_tried() -> None:
    made = named(*(f"203.0.113.{n}" for n in range(200, 230)))
    made.servers |= {(f"203.0.113.{n}", HUB.port): Server() for n in range(200, 230)}
    run(CHECK, made)
    assert len(made.connect.connected) == MOST


def test_one_dead_time_server_of_those_that_another_resolver_names_is_for_the_pool_to_mend() -> None:
    made = site(Server(), TIME, host=POOL.host)
    made.names.answers[SECOND, POOL.host] = ("203.0.113.105", ELSEWHERE)
    made.timesync.answers[ELSEWHERE] = TimeFault.TIMEOUT
    assert bad(CHECK, made) == {}
