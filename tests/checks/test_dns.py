"""Given resolvers, public resolvers, and their honesty."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from installer_gui.checks.dns_honesty import DnsHonesty
from installer_gui.checks.dns_lan import DnsLan
from installer_gui.checks.dns_offered import DnsOffered
from installer_gui.checks.dns_public import VERSION, DnsPublic
from installer_gui.domain.names import Answer, NameStatus
from installer_gui.domain.outcome import NotApplicable
from installer_gui.domain.stream import TcpCause, TcpFailure
from installer_gui.ports.unavailable import Reason, Unavailable

from .fakes import CLOUDFLARE, ETH, GOOGLE, HUB, POOL, PROFILE, ROUTER, Server, Site, bad, codes, found, run

LAN, OFFERED, PUBLIC, HONESTY = DnsLan(), DnsOffered(), DnsPublic(), DnsHonesty()
SECOND = "192.168.50.2"


def site(answers: dict[Any, Any], *resolvers: str) -> Site:
    made = Site(resolvers=resolvers or (ROUTER,))
    made.names.answers = answers
    return made


def everywhere(status: NameStatus) -> dict[Any, Any]:
    return {ROUTER: status, GOOGLE: status, CLOUDFLARE: status}


def took(ms: float) -> Answer:
    return Answer("", "", NameStatus.ANSWERED, ("203.0.113.10",), ms=ms)


def test_a_resolver_that_knows_every_name_is_good() -> None:
    assert codes(LAN, Site()) == {"names.resolved": "ok", "names.fast": "ok"}


def test_every_name_is_asked_at_every_given_resolver_once() -> None:
    made = site({}, ROUTER, SECOND)
    run(LAN, made)
    asked = [(server, name) for server, name, _ in made.names.asked if server in (ROUTER, SECOND)]
    assert sorted(asked) == sorted((server, name) for server in (ROUTER, SECOND) for name in PROFILE.hosts)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (NameStatus.NXDOMAIN, "names.denied"),
        (NameStatus.EMPTY, "names.without-address"),
        (NameStatus.TRUNCATED, "names.truncated"),
        (("0.0.0.0",), "names.misled"),
        (("127.0.0.1",), "names.misled"),
        (("192.168.50.1",), "names.misled"),
        (("10.0.0.1",), "names.misled"),
        (("169.254.1.1",), "names.misled"),
        (("100.64.0.9",), "names.misled"),
        (("255.255.255.255",), "names.misled"),
        (("203.0.113.10", "192.168.50.1"), "names.misled"),
        (("0.0.0.0", "203.0.113.10"), "names.misled"),
    ],
)
def test_a_wrong_answer_fails_though_the_public_resolvers_know_better(told: Any, code: str) -> None:
    assert bad(LAN, site({(ROUTER, HUB.host): told})) == {code: "failure"}


def test_a_wrong_answer_of_the_second_resolver_fails_too() -> None:
    made = site({(SECOND, HUB.host): NameStatus.NXDOMAIN}, ROUTER, SECOND)
    assert bad(LAN, made) == {"names.denied": "failure"}
    assert found(LAN, made)["names.denied"].evidence["names"] == (HUB.host,)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (NameStatus.TIMEOUT, "names.silent"),
        (NameStatus.UNREACHABLE, "names.silent"),
        (NameStatus.PORT_CLOSED, "names.port-closed"),
        (NameStatus.SERVFAIL, "names.refused"),
        (NameStatus.REFUSED, "names.refused"),
        (NameStatus.MALFORMED, "names.garbled"),
    ],
)
def test_a_useless_resolver_is_a_remark_while_a_public_one_works(status: NameStatus, code: str) -> None:
    assert bad(LAN, site({ROUTER: status})) == {code: "warning"}
    assert bad(LAN, site({ROUTER: status, GOOGLE: NameStatus.TIMEOUT})) == {code: "warning"}


@pytest.mark.parametrize(
    "status", [NameStatus.TIMEOUT, NameStatus.SERVFAIL, NameStatus.TRUNCATED, NameStatus.PORT_CLOSED]
)
def test_it_fails_when_no_resolver_works_at_all(status: NameStatus) -> None:
    made = site(everywhere(status))
    assert bad(LAN, made)["names.unresolved"] == "failure"
    assert found(LAN, made)["names.unresolved"].evidence["names"] == PROFILE.hosts


def test_one_name_that_nobody_knows_is_enough_to_fail() -> None:
    made = site({HUB.host: NameStatus.SERVFAIL})
    assert bad(LAN, made) == {"names.unresolved": "failure", "names.refused": "warning"}


def test_a_dead_resolver_beside_a_good_one_is_a_remark() -> None:
    assert bad(LAN, site({SECOND: NameStatus.TIMEOUT}, ROUTER, SECOND)) == {"names.silent": "warning"}


def test_one_finding_tells_all_names_of_one_resolvers_fault() -> None:
    finding = found(LAN, site({ROUTER: NameStatus.TIMEOUT}))["names.silent"]
    assert finding.evidence["names"] == PROFILE.hosts
    assert finding.subject.name == ROUTER


def test_a_network_without_resolvers_depends_on_the_public_ones() -> None:
    made = Site(resolvers=())
    assert codes(LAN, made) == {"names.none-given": "warning"}
    made.names.answers = {GOOGLE: NameStatus.TIMEOUT, CLOUDFLARE: NameStatus.TIMEOUT}
    assert bad(LAN, made) == {"names.none-given": "warning", "names.unresolved": "failure"}


def test_a_time_server_of_the_sites_own_is_a_remark() -> None:
    assert bad(LAN, site({(ROUTER, POOL.host): ("192.168.50.1",)})) == {"names.own-time-server": "warning"}


def test_a_time_server_that_is_nowhere_fails() -> None:
    assert bad(LAN, site({(ROUTER, POOL.host): ("0.0.0.0",)})) == {"names.misled": "failure"}


@pytest.mark.parametrize(
    ("ms", "expected"), [(500, {}), (501, {"names.slow": "warning"}), (2001, {"names.very-slow": "warning"})]
)
def test_slow_names_are_a_remark_and_no_failure(ms: float, expected: dict[str, str]) -> None:
    assert bad(LAN, site({ROUTER: took(ms)})) == expected


def offering(answers: dict[Any, Any], *resolvers: str) -> Site:
    made = site(answers)
    made.dhcp.resolvers = (resolvers,)
    return made


def test_stations_that_get_the_computers_resolvers_are_measured_with_it() -> None:
    made = Site()
    assert codes(OFFERED, made) == {"names.offered-same": "ok"}
    assert made.names.asked == []


def test_other_resolvers_that_stations_get_are_tried_too() -> None:
    good = {"names.offered-others": "info", "names.resolved": "ok", "names.fast": "ok"}
    assert codes(OFFERED, offering({}, SECOND)) == good
    assert codes(OFFERED, offering({}, ROUTER, SECOND)) == good


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (NameStatus.TIMEOUT, {"names.silent": "warning"}),
        (NameStatus.NXDOMAIN, {"names.denied": "failure"}),
        (("192.168.50.1",), {"names.misled": "failure"}),
    ],
)
def test_a_resolver_that_only_stations_get_is_judged_like_the_computers_own(told: Any, expected: Any) -> None:
    assert bad(OFFERED, offering({(SECOND, HUB.host): told}, SECOND)) == expected


def test_a_resolver_that_only_stations_get_must_not_lead_astray() -> None:
    made = offering({(SECOND, HUB.host): ("203.0.113.66",)}, SECOND)
    made.servers["203.0.113.66", HUB.port] = Server(tcp=TcpFailure(TcpCause.DROPPED, 4000))
    assert bad(OFFERED, made) == {"names.astray": "failure"}


def test_what_stations_in_another_subnet_get_cannot_be_tried_from_here() -> None:
    made = offering({}, SECOND)
    made.interface = replace(ETH, addresses=("10.0.0.57/24",))
    assert run(OFFERED, made) == NotApplicable("dhcp-server")


def test_where_servers_disagree_that_is_the_fault() -> None:
    made = Site()
    made.dhcp.resolvers = ((ROUTER,), (SECOND,))
    assert run(OFFERED, made) == NotApplicable("dhcp-server")


def test_without_an_offer_nobody_knows_what_stations_get() -> None:
    assert run(OFFERED, offering({})) == NotApplicable("dhcp-server")
    made = Site()
    made.dhcp.begins = Unavailable(Reason.NEEDS_PRIVILEGE)
    with pytest.raises(Unavailable):
        run(OFFERED, made)


def test_reachable_public_resolvers_are_good() -> None:
    assert codes(PUBLIC, Site()) == {"names.public-reached": "ok"}


@pytest.mark.parametrize("status", [NameStatus.TIMEOUT, NameStatus.PORT_CLOSED, NameStatus.UNREACHABLE])
def test_a_blocked_public_resolver_is_a_remark(status: NameStatus) -> None:
    assert bad(PUBLIC, site({GOOGLE: status})) == {"names.public-blocked": "warning"}
    assert bad(PUBLIC, site({GOOGLE: status, CLOUDFLARE: status})) == {"names.public-blocked": "warning"}


def test_a_public_resolver_that_lies_is_a_remark() -> None:
    assert bad(PUBLIC, site({(GOOGLE, HUB.host): NameStatus.NXDOMAIN})) == {"names.public-wrong": "warning"}


def test_one_lost_answer_is_no_blockade() -> None:
    assert bad(PUBLIC, site({(GOOGLE, HUB.host): NameStatus.TIMEOUT})) == {}


def version(text: str) -> Answer:
    return Answer("", "", NameStatus.ANSWERED, texts=(text,))


def test_a_forwarders_name_gives_away_that_the_router_answers() -> None:
    made = site({(GOOGLE, VERSION): version("dnsmasq-2.90")})
    assert bad(PUBLIC, made) == {"names.public-intercepted": "warning"}
    assert found(PUBLIC, made)["names.public-intercepted"].evidence["version"] == "dnsmasq-2.90"


def test_the_local_resolvers_own_words_give_it_away_too() -> None:
    assert bad(PUBLIC, site({VERSION: version("Our box 7")})) == {"names.public-intercepted": "warning"}


def test_an_answer_as_such_proves_nothing() -> None:
    assert bad(PUBLIC, site({(CLOUDFLARE, VERSION): version("2026.11.1")})) == {}


def test_a_network_that_gives_google_is_not_google_intercepted() -> None:
    assert bad(PUBLIC, site({(GOOGLE, VERSION): version("8.8")}, GOOGLE)) == {}


def test_an_unknown_name_is_unknown_on_an_honest_network() -> None:
    assert codes(HONESTY, Site()) == {"names.honest": "ok"}


def test_an_invented_name_that_is_answered_is_a_remark() -> None:
    made = Site()
    ask = made.names.ask

    async def lying(server: str, name: str, kind: str = "A", *, timeouts_s: tuple[float, ...] = (2.0, 3.0)) -> Answer:
        if server == ROUTER and name.startswith("driftklar-"):
            return Answer(server, name, NameStatus.ANSWERED, ("203.0.113.99",))
        return await ask(server, name, kind)

    made.names.ask = lying  # type: ignore[method-assign]
    assert bad(HONESTY, made) == {"names.invented-answered": "warning"}


def test_the_invented_name_is_another_one_each_time() -> None:
    names = set()
    for _ in range(2):
        made = Site()
        run(HONESTY, made)
        names.add(made.names.asked[0][1])
    assert len(names) == 2


@pytest.mark.parametrize("status", [NameStatus.TIMEOUT, NameStatus.SERVFAIL, NameStatus.REFUSED])
def test_silence_is_no_proof_of_honesty(status: NameStatus) -> None:
    assert run(HONESTY, site(everywhere(status))) == NotApplicable("dns-lan")
