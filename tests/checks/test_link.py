"""The router, our address, and the way out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from installer_gui.checks.facts import NetworkTime, Tried
from installer_gui.checks.link_address import LinkAddress
from installer_gui.checks.link_gateway import LinkGateway
from installer_gui.checks.link_path import PROBES, LinkPath
from installer_gui.domain.names import Answer, NameStatus
from installer_gui.domain.outcome import NotApplicable
from installer_gui.ports.unavailable import Reason, Unavailable

from .fakes import CLOUDFLARE, ETH, GOOGLE, HOSTS, HUB, ROUTER, Link, Site, bad, codes, found, run

OWN, OTHER = ETH.address, "de:ad:be:ef:00:01"
GATEWAY, ADDRESS, PATH = LinkGateway(), LinkAddress(), LinkPath()
GOOD = tuple(Tried(e.host, 30.0, verified=True) for e in (HUB, *HOSTS))


def test_a_router_that_answers_arp_is_there() -> None:
    assert codes(GATEWAY, Site()) == {"link.gateway-answers": "ok"}


def test_a_router_that_ignores_ping_is_a_good_router() -> None:
    made = Site()
    made.link.pings[ROUTER] = 0
    assert codes(GATEWAY, made) == {"link.gateway-answers": "ok", "link.gateway-ignores-ping": "info"}


def test_a_router_that_answers_ping_but_not_arp_is_not_there() -> None:
    made = Site()
    made.link.macs = {}
    assert bad(GATEWAY, made) == {"link.gateway-silent": "failure"}


def test_without_a_default_route_there_is_no_way_out() -> None:
    assert bad(GATEWAY, Site(interface=replace(ETH, gateway=""))) == {"link.no-default-route": "failure"}


@pytest.mark.parametrize(
    ("four", "six", "code"),
    [
        ((), ("2001:db8::57/64", "fe80::1/64"), "link.ipv6-only"),
        ((), ("fe80::1/64",), "link.no-address"),
        ((), (), "link.no-address"),
        (("169.254.3.4/16",), (), "link.no-address"),
        (("169.254.3.4/16",), ("2001:db8::57/64",), "link.ipv6-only"),
    ],
)
def test_a_station_needs_an_address_of_version_four(four: Any, six: Any, code: str) -> None:
    assert bad(GATEWAY, Site(interface=replace(ETH, addresses=four, addresses6=six))) == {code: "failure"}


def test_an_address_that_only_we_have_is_good() -> None:
    assert codes(ADDRESS, Site()) == {"link.address-ours": "ok"}


def test_somebody_else_with_our_address_fails_and_is_named() -> None:
    made = Site()
    made.link.others[OWN] = (OTHER,)
    assert found(ADDRESS, made)["link.address-taken"].evidence["mac"] == OTHER
    assert bad(ADDRESS, made) == {"link.address-taken": "failure"}


def test_a_router_that_answers_for_everybody_has_not_taken_our_address() -> None:
    made = Site()
    made.link.others[OWN] = (made.link.macs[ROUTER],)
    assert codes(ADDRESS, made) == {"link.router-answers-for-all": "info"}


def test_a_router_that_answers_for_everybody_does_not_hide_who_has_our_address() -> None:
    made = Site()
    made.link.others[OWN] = (made.link.macs[ROUTER], OTHER)
    assert found(ADDRESS, made)["link.address-taken"].evidence["mac"] == OTHER


def test_a_second_device_with_the_routers_address_fails_and_both_are_named() -> None:
    made = Site()
    made.link.others[ROUTER] = (OTHER,)
    assert codes(GATEWAY, made) == {"link.gateway-twice": "failure"}
    assert found(GATEWAY, made)["link.gateway-twice"].evidence["macs"] == (made.link.macs[ROUTER], OTHER)


def test_without_the_right_to_ask_nothing_is_claimed() -> None:
    class Forbidden(Link):
        async def owners(self, address: str, timeout_s: float) -> tuple[str, ...]:
            raise Unavailable(Reason.NEEDS_PRIVILEGE)

    with pytest.raises(Unavailable):
        run(ADDRESS, Site(link=Forbidden()))
    assert codes(GATEWAY, Site(link=Forbidden())) == {"link.gateway-answers": "ok"}


def test_without_an_address_nobody_can_share_it() -> None:
    assert run(ADDRESS, Site(interface=replace(ETH, addresses=()))) == NotApplicable("link-gateway")


def test_a_near_site_without_loss_is_good() -> None:
    assert codes(PATH, Site(told=GOOD)) == {"link.near": "ok", "link.little-loss": "ok"}


def silent() -> Site:
    """Nothing beyond the router answers anything."""
    made = Site(told=tuple(Tried(e.host, None) for e in (HUB, *HOSTS)))
    made.link.pings = {GOOGLE: 0, CLOUDFLARE: 0}
    made.names.answers = {GOOGLE: NameStatus.TIMEOUT, CLOUDFLARE: NameStatus.TIMEOUT}
    return made


def test_when_nothing_answers_there_is_no_way_out() -> None:
    assert bad(PATH, silent()) == {"link.no-way-out": "failure"}


def test_a_firewalls_refusal_is_no_answer_from_beyond() -> None:
    made = silent()
    made.names.answers = {GOOGLE: NameStatus.PORT_CLOSED, CLOUDFLARE: NameStatus.UNREACHABLE}
    assert bad(PATH, made) == {"link.no-way-out": "failure"}


def test_one_answer_of_any_kind_proves_a_way_out() -> None:
    pinged, resolved, connected, timed = silent(), silent(), silent(), silent()
    pinged.link.pings[CLOUDFLARE] = PROBES
    resolved.names.answers[GOOGLE] = NameStatus.SERVFAIL
    connected.told = (*connected.told[1:], Tried(HUB.host, 30.0))
    timed.told = (*timed.told, NetworkTime(0.0, 30.0))
    for made in (pinged, resolved, connected, timed):
        assert "link.no-way-out" not in codes(PATH, made)


def test_filtered_ping_is_no_loss() -> None:
    made = Site(told=GOOD)
    made.link.pings = {GOOGLE: 0, CLOUDFLARE: 0}
    assert codes(PATH, made) == {"link.near": "ok", "link.ping-filtered": "info", "link.little-loss": "ok"}


@pytest.mark.parametrize("answers", [5, 12, 18])
def test_where_ping_is_filtered_lost_questions_are_a_remark(answers: int) -> None:
    assert bad(PATH, lossy_site(0, answers, ms=30)) == {"link.questions-lost": "warning"}


def test_who_may_not_ping_says_nothing_of_ping() -> None:
    made = Site(told=GOOD)
    made.link.may_ping = False
    assert codes(PATH, made) == {"link.near": "ok", "link.little-loss": "ok"}
    assert codes(GATEWAY, made) == {"link.gateway-answers": "ok"}


def test_where_nobody_could_be_asked_no_way_out_is_claimed_or_denied() -> None:
    made = Site()
    made.names.answers = dict.fromkeys((ROUTER, GOOGLE, CLOUDFLARE), NameStatus.TIMEOUT)
    made.link.may_ping = False
    with pytest.raises(Unavailable):
        run(PATH, made)
    made.told = (Tried(HUB.host, None),)
    assert bad(PATH, made) == {"link.no-way-out": "failure"}


def test_where_nothing_tells_of_loss_none_is_claimed_or_denied() -> None:
    near = {"link.near": "ok", "link.ping-filtered": "info"}
    assert codes(PATH, lossy_site(0, 20, ms=0.4)) == near
    made = lossy_site(0, 20, ms=30)
    made.names.answers = {GOOGLE: NameStatus.TIMEOUT, CLOUDFLARE: NameStatus.TIMEOUT}
    assert codes(PATH, made) == near


def test_a_blocked_google_is_no_loss() -> None:
    made = Site(told=GOOD)
    made.link.pings = {GOOGLE: 0}
    made.names.answers = {GOOGLE: NameStatus.TIMEOUT}
    assert bad(PATH, made) == {}


@pytest.mark.parametrize(
    ("ms", "expected"),
    [(300, {}), (301, {"link.far": "warning"}), (1000, {"link.far": "warning"}), (1001, {"link.too-far": "failure"})],
)
def test_the_round_trip_is_judged_by_the_profile(ms: float, expected: dict[str, str]) -> None:
    told = tuple(Tried(e.host, ms, verified=True) for e in (HUB, *HOSTS))
    assert bad(PATH, Site(told=told)) == expected


def test_a_box_that_answers_at_once_does_not_make_the_site_near() -> None:
    told = (*(Tried(e.host, 0.3) for e in (HUB, *HOSTS[1:])), Tried(HOSTS[0].host, 400.0, verified=True))
    assert bad(PATH, Site(told=told)) == {"link.far": "warning"}


@pytest.mark.parametrize("lost", [1, 3, 4])
def test_lost_connection_packets_do_not_make_the_site_far(lost: int) -> None:
    again = tuple(Tried(e.host, 1030.0, verified=True, handshake_ms=62.0) for e in (HUB, *HOSTS)[:lost])
    assert bad(PATH, Site(told=(*again, *GOOD[lost:]))) == {}


def test_a_line_that_really_is_that_slow_stays_slow() -> None:
    told = tuple(Tried(e.host, 1100.0, verified=True, handshake_ms=2200.0) for e in (HUB, *HOSTS))
    assert bad(PATH, Site(told=told)) == {"link.too-far": "failure"}


class LosesQuestions:
    """A public resolver that answers single questions only so often."""

    def __init__(self, answers_of_20: int) -> None:
        self.left = answers_of_20

    def __call__(self, asked: int) -> NameStatus:
        self.left -= 1
        return NameStatus.NXDOMAIN if self.left >= 0 else NameStatus.TIMEOUT


@pytest.mark.parametrize(
    ("pings", "dns", "expected"),
    [
        (19, 20, {}),
        (16, 16, {"link.loss": "warning"}),
        (15, 15, {"link.much-loss": "failure"}),
        (17, 15, {"link.loss": "warning"}),
        (16, 15, {"link.much-loss": "failure"}),  # one row's luck does not hide what all lose together
        (5, 20, {}),  # a firewall that lets five pings a second through
        (5, 17, {"link.loss": "warning"}),
    ],
)
def test_loss_counts_when_ping_and_dns_both_lose(pings: int, dns: int, expected: dict[str, str]) -> None:
    assert bad(PATH, lossy_site(pings, dns, ms=30)) == expected


def test_a_resolver_that_answers_from_next_door_does_not_clear_a_lossy_line() -> None:
    assert bad(PATH, lossy_site(15, 20, ms=0.4)) == {"link.loss-unconfirmed": "warning"}


def lossy_site(pings: int, dns: int, ms: float) -> Site:
    made = Site(told=GOOD)
    made.link.pings = {GOOGLE: pings, CLOUDFLARE: pings}
    ask, loses = made.names.ask, LosesQuestions(dns)

    async def lossy(server: str, name: str, kind: str = "A", *, timeouts_s: tuple[float, ...] = (2.0, 3.0)) -> Answer:
        if len(timeouts_s) == 1:
            return Answer(server, name, loses(0), ms=ms)
        return await ask(server, name, kind)

    made.names.ask = lossy  # type: ignore[method-assign]
    return made


def test_a_late_answer_on_a_long_line_is_not_a_lost_one() -> None:
    patience = []
    for ms in (30.0, 900.0, 5000.0):
        made = Site(told=tuple(Tried(e.host, ms, verified=True) for e in (HUB, *HOSTS)))
        run(PATH, made)
        patience.append(made.link.patience_s)
    assert patience == [1.0, 1.8, 2.0]


def test_loss_that_nothing_else_confirms_is_a_remark() -> None:
    made = Site(told=GOOD)
    made.link.pings = {GOOGLE: 5, CLOUDFLARE: 5}
    made.names.answers = {GOOGLE: NameStatus.TIMEOUT, CLOUDFLARE: NameStatus.TIMEOUT}
    assert bad(PATH, made) == {"link.loss-unconfirmed": "warning"}


def test_a_hole_in_the_packet_size_fails_the_link_too() -> None:
    made = Site(told=(*GOOD[1:], Tried(HUB.host, 30.0, small_only=True)))
    assert bad(PATH, made) == {"link.mtu-hole": "failure"}
    assert found(PATH, made)["link.mtu-hole"].evidence["hosts"] == (HUB.host,)
