"""The way to an endpoint: every layer can fail, and each failure is told apart."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from installer_gui.checks.facts import NetworkTime, Tried
from installer_gui.checks.https import Https
from installer_gui.checks.mqtt_hub import MqttHub
from installer_gui.checks.names import GRACE_S
from installer_gui.checks.way import PAUSE_S
from installer_gui.domain.names import NameStatus
from installer_gui.domain.outcome import NotApplicable
from installer_gui.domain.profile import Endpoint
from installer_gui.domain.stream import TcpCause, TcpFailure, TlsCause, TlsFailure, TlsSession

from . import virtual_time
from .fakes import (
    ADDRESSES,
    CLOUDFLARE,
    GOOGLE,
    HOSTS,
    HUB,
    PROBE_HOST,
    ROUTER,
    Hello,
    Server,
    Site,
    bad,
    codes,
    found,
    refusal,
    run,
    session,
)

HUB_CHECK = MqttHub(HUB)
SINKHOLE = "203.0.113.66"
DEVICES = next(e for e in HOSTS if e.private_root)
API = next(e for e in HOSTS if not e.private_root)


def site(tcp: TcpFailure | None = None, hello: Hello | None = None, told: Any = (), endpoint: Endpoint = HUB) -> Site:
    made = Site(told=tuple(told))
    made.server(endpoint).tcp = tcp
    if hello is not None:
        made.server(endpoint).hello = hello
    return made


def only_when(works: Any, otherwise: TlsFailure) -> Any:
    """A handshake that succeeds under a condition on (host, roots, verify, at, mss)."""
    return lambda *how: session() if works(*how) else otherwise


@pytest.mark.parametrize(
    ("cause", "code"),
    [
        (TcpCause.DROPPED, "tcp.dropped"),
        (TcpCause.REFUSED, "tcp.refused"),
        (TcpCause.PROHIBITED, "tcp.prohibited"),
        (TcpCause.UNREACHABLE, "tcp.unreachable"),
    ],
)
def test_no_connection_fails_and_says_why(cause: TcpCause, code: str) -> None:
    assert bad(HUB_CHECK, site(TcpFailure(cause, 4000))) == {code: "failure"}


def test_a_failure_names_host_port_address_and_layer() -> None:
    finding = found(HUB_CHECK, site(TcpFailure(TcpCause.DROPPED, 4004)))["tcp.dropped"]
    assert finding.subject.name == "zapcloud.azure-devices.net:8883"
    assert finding.evidence["host"] == HUB.host
    assert finding.evidence["port"] == "8883"
    assert finding.evidence["layer"] == "tcp"
    assert finding.evidence["address"] == ADDRESSES[HUB.host]


def test_a_reset_that_is_faster_than_light_comes_from_a_firewall() -> None:
    told = [Tried("x", 30.0, verified=True)]
    assert bad(HUB_CHECK, site(TcpFailure(TcpCause.REFUSED, 0.2), told=told)) == {"tcp.refused-nearby": "failure"}
    assert bad(HUB_CHECK, site(TcpFailure(TcpCause.REFUSED, 29), told=told)) == {"tcp.refused": "failure"}


def test_a_host_that_did_not_prove_itself_is_no_measure_of_distance() -> None:
    told = [Tried("x", 30.0, verified=False)]
    assert bad(HUB_CHECK, site(TcpFailure(TcpCause.REFUSED, 0.2), told=told)) == {"tcp.refused": "failure"}


def test_a_second_address_is_tried_when_the_first_is_dead() -> None:
    made = site(TcpFailure(TcpCause.DROPPED, 4000))
    made.names.answers[HUB.host] = (ADDRESSES[HUB.host], "203.0.113.99")
    made.servers["203.0.113.99", 8883] = Server(replies=(b"\x20\x02\x00\x05",))
    assert bad(HUB_CHECK, made) == {"tcp.address-dead": "warning"}
    assert found(HUB_CHECK, made)["tcp.address-dead"].evidence["dead"] == (ADDRESSES[HUB.host],)


def test_no_more_than_two_addresses_are_tried() -> None:
    made = site(TcpFailure(TcpCause.DROPPED, 4000))
    made.names.answers[HUB.host] = ("203.0.113.91", "203.0.113.92", "203.0.113.93")
    for last in (91, 92, 93):
        made.servers[f"203.0.113.{last}", 8883] = Server(TcpFailure(TcpCause.DROPPED, 4000))
    assert bad(HUB_CHECK, made) == {"tcp.dropped": "failure"}
    assert len(made.connect.connected) == 2


@pytest.mark.parametrize(
    ("cause", "code"),
    [
        (TlsCause.RESET, "tls.reset"),
        (TlsCause.CLOSED, "tls.reset"),
        (TlsCause.STALLED, "tls.stalled"),
        (TlsCause.UNTRUSTED, "tls.intercepted"),
        (TlsCause.SELF_SIGNED, "tls.self-signed"),
        (TlsCause.NO_INTERMEDIATE, "tls.no-intermediate"),
        (TlsCause.EXPIRED, "tls.expired"),
        (TlsCause.NOT_YET_VALID, "tls.not-yet-valid"),
        (TlsCause.WRONG_HOST, "tls.wrong-host"),
        (TlsCause.VERSION, "tls.version"),
        (TlsCause.NOT_TLS, "tls.not-tls"),
        (TlsCause.OTHER, "tls.failed"),
    ],
)
def test_every_failed_handshake_fails_the_endpoint(cause: TlsCause, code: str) -> None:
    assert bad(HUB_CHECK, site(hello=refusal(cause, "Somebody"))) == {code: "failure"}


@pytest.mark.parametrize("cause", TlsCause)
def test_nothing_is_said_to_a_hub_that_was_not_verified(cause: TlsCause) -> None:
    made = site(hello=refusal(cause, "Somebody"))
    run(HUB_CHECK, made)
    assert made.server(HUB).heard == []
    assert all(stream.closed for stream in made.server(HUB).streams)


def test_interception_names_the_issuer_and_keeps_the_chain() -> None:
    evidence = found(HUB_CHECK, site(hello=refusal(TlsCause.UNTRUSTED, "FortiGate CA")))["tls.intercepted"].evidence
    assert evidence["issuer"] == "FortiGate CA"
    assert evidence["chain"] == ("host ← FortiGate CA",)


def test_a_refused_chain_that_could_not_be_read_is_still_a_failure() -> None:
    assert bad(HUB_CHECK, site(hello=refusal(TlsCause.UNTRUSTED))) == {"tls.intercepted": "failure"}


def test_a_filter_that_looks_at_the_name_is_found_by_asking_with_another() -> None:
    made = site(hello=only_when(lambda host, *_: host != HUB.host, refusal(TlsCause.RESET)))
    assert bad(HUB_CHECK, made) == {"tls.sni-filter": "failure"}
    assert [h[:2] for h in made.server(HUB).handshakes] == [(HUB.host, True), (HUB.host, True), (PROBE_HOST, False)]


def test_what_is_refused_beside_others_is_tried_once_more_alone() -> None:
    made = site()
    made.server(HUB).refusals = 1
    assert codes(HUB_CHECK, made) == {"mqtt.answered": "ok", "tls.long-valid": "ok"}
    assert made.took_s == pytest.approx(PAUSE_S)
    made.server(HUB).refusals = 2
    assert bad(HUB_CHECK, made) == {"tcp.refused": "failure"}


def resetting_the_first(then: TlsSession | TlsFailure) -> Site:
    """A firewall that lets everybody in, and resets what is too much at once."""
    made = site()
    made.server(HUB).hello = lambda *_: then if len(made.server(HUB).handshakes) > 1 else refusal(TlsCause.RESET)
    return made


def test_what_is_reset_beside_others_is_tried_once_more_alone() -> None:
    made = resetting_the_first(session())
    assert codes(HUB_CHECK, made) == {"mqtt.answered": "ok", "tls.long-valid": "ok"}
    assert made.given == [Tried(HUB.host, 30.0, verified=True, handshake_ms=60.0)]


def test_what_is_found_alone_is_what_is_told() -> None:
    assert bad(HUB_CHECK, resetting_the_first(refusal(TlsCause.EXPIRED))) == {"tls.expired": "failure"}


def test_second_tries_are_made_one_by_one() -> None:
    made = site()
    for endpoint in (HUB, API):
        made.server(endpoint).refusals = 1

    async def both() -> float:
        context = made.context()
        await asyncio.gather(HUB_CHECK.run(context), Https(API).run(context))
        context.names.close()
        return virtual_time.now()

    assert virtual_time.run(both()) == pytest.approx(2 * PAUSE_S)


def test_a_box_that_accepts_for_the_hub_and_then_resets_answers_too_soon() -> None:
    made = site(hello=refusal(TlsCause.RESET), told=[NetworkTime(0.0, 30.0)])
    made.server(HUB).ms = 0.4
    assert bad(HUB_CHECK, made) == {"tls.middlebox": "failure"}


def test_a_handshake_that_needs_small_segments_shows_a_hole_in_the_packet_size() -> None:
    made = site(hello=only_when(lambda *how: how[4] == 1200, refusal(TlsCause.STALLED)))
    assert bad(HUB_CHECK, made) == {"tcp.mtu-hole": "failure"}
    assert made.given == [Tried(HUB.host, 30.0, small_only=True)]


def test_an_expired_certificate_fails_also_at_the_time_servers_time() -> None:
    made = site(hello=refusal(TlsCause.EXPIRED, "Good CA"), told=[NetworkTime(0.1, 30.0)])
    assert bad(HUB_CHECK, made) == {"tls.expired": "failure"}


@pytest.mark.parametrize("cause", [TlsCause.EXPIRED, TlsCause.NOT_YET_VALID])
def test_a_wrong_computer_clock_does_not_fail_a_good_site(cause: TlsCause) -> None:
    made = site(hello=only_when(lambda *how: how[3] is not None, refusal(cause)), told=[NetworkTime(1e6, 30.0)])
    assert bad(HUB_CHECK, made) == {}
    assert "tls.judged-at-network-time" in codes(HUB_CHECK, made)


def test_the_time_servers_time_is_the_one_that_is_judged_at() -> None:
    made = site(
        hello=only_when(lambda *how: how[3] is not None, refusal(TlsCause.EXPIRED)), told=[NetworkTime(-1e6, 30)]
    )
    run(HUB_CHECK, made)
    at = made.server(HUB).handshakes[-1][2]
    assert abs((at - datetime.now(UTC)).total_seconds() + 1e6) < 60


def test_an_untrusted_chain_stays_untrusted_whatever_the_time() -> None:
    def hello(*how: Any) -> TlsFailure:
        return refusal(TlsCause.UNTRUSTED if how[3] else TlsCause.EXPIRED, "Box")

    assert bad(HUB_CHECK, site(hello=hello, told=[NetworkTime(1e6, 30)])) == {"tls.intercepted": "failure"}


def test_without_a_time_server_the_computers_clock_stands() -> None:
    made = site(hello=only_when(lambda *how: how[3] is not None, refusal(TlsCause.EXPIRED)))
    assert bad(HUB_CHECK, made) == {"tls.expired": "failure"}


@pytest.mark.parametrize(
    ("days", "expected"), [(14, {}), (13, {"tls.ending": "warning"}), (0, {"tls.ending": "warning"})]
)
def test_a_certificate_that_ends_soon_is_a_remark(days: int, expected: dict[str, str]) -> None:
    assert bad(HUB_CHECK, site(hello=session(days))) == expected


def test_days_are_counted_by_the_time_servers_before_bad_news_is_told() -> None:
    assert bad(HUB_CHECK, site(hello=session(5), told=[NetworkTime(-40 * 86400, 30)])) == {}


def test_a_public_root_that_the_hub_is_not_known_for_is_a_remark() -> None:
    made = site(hello=only_when(lambda *how: how[1] == "WEB ROOTS", refusal(TlsCause.UNTRUSTED, "Old Root")))
    assert bad(HUB_CHECK, made) == {"tls.other-root": "warning"}


def test_with_own_trust_anchors_there_is_no_second_bundle_to_try() -> None:
    made = site(hello=refusal(TlsCause.UNTRUSTED, "Box"))
    made.roots = {"azure-iot-hub": "OWN", "mozilla": "OWN"}
    assert bad(HUB_CHECK, made) == {"tls.intercepted": "failure"}
    assert len(made.server(HUB).handshakes) == 1


def private(*told: Tried, **changes: Any) -> Site:
    made = site(
        hello=only_when(lambda *how: not how[2], refusal(TlsCause.UNTRUSTED, "Root of Somebody")),
        endpoint=DEVICES,
        told=told,
    )
    made.profile = replace(made.profile, **changes)
    return made


def test_a_root_of_the_makers_own_is_a_remark_where_it_may_be() -> None:
    assert bad(Https(DEVICES), private()) == {"tls.issuer-not-confirmed": "warning"}


def test_an_issuer_that_stands_before_other_hosts_too_is_inspecting() -> None:
    told = Tried(API.host, 30.0, refused_issuer="Root of Somebody")
    assert bad(Https(DEVICES), private(told)) == {"tls.intercepted": "failure"}


def test_its_own_refusal_is_not_taken_for_another_hosts() -> None:
    told = Tried(DEVICES.host, 30.0, refused_issuer="Root of Somebody")
    assert bad(Https(DEVICES), private(told)) == {"tls.issuer-not-confirmed": "warning"}


def test_where_the_user_names_the_roots_nothing_is_left_open() -> None:
    assert bad(Https(DEVICES), private(trust_anchors="custom")) == {"tls.intercepted": "failure"}


def test_another_host_may_not_use_a_private_root() -> None:
    made = site(hello=refusal(TlsCause.UNTRUSTED, "Root of Somebody"), endpoint=API)
    assert bad(Https(API), made) == {"tls.intercepted": "failure"}


def test_a_self_signed_certificate_is_no_private_root() -> None:
    made = site(hello=refusal(TlsCause.SELF_SIGNED, "login.hotel"), endpoint=DEVICES)
    assert bad(Https(DEVICES), made) == {"tls.self-signed": "failure"}


def test_an_unverified_host_still_has_to_answer() -> None:
    made = private()
    made.server(DEVICES).replies = ()
    assert bad(Https(DEVICES), made) == {"tls.issuer-not-confirmed": "warning", "https.no-answer": "failure"}


def test_a_name_that_nobody_knows_is_not_tried_and_never_a_pass() -> None:
    made = site()
    made.names.answers[HUB.host] = NameStatus.SERVFAIL
    assert run(HUB_CHECK, made) == NotApplicable("dns-lan")
    assert made.connect.connected == []


def test_a_private_address_for_the_hub_is_not_connected_to() -> None:
    made = site()
    made.names.answers[ROUTER, HUB.host] = ("192.168.50.1",)
    assert bad(HUB_CHECK, made) == {}
    assert made.connect.connected == [(ADDRESSES[HUB.host], 8883)]


def test_a_dead_resolver_does_not_delay_the_endpoint() -> None:
    made = site()
    made.names.delays_s = {ROUTER: 60.0, GOOGLE: 60.0}
    made.names.answers[ROUTER] = made.names.answers[GOOGLE] = NameStatus.TIMEOUT
    assert bad(HUB_CHECK, made) == {}
    assert made.took_s <= GRACE_S
    assert (CLOUDFLARE, HUB.host, "A") in made.names.asked


def led_to_a_sinkhole(after_s: float) -> Site:
    made = site()
    made.names.delays_s = {ROUTER: after_s, GOOGLE: 0.01, CLOUDFLARE: 0.01}
    made.names.answers[ROUTER, HUB.host] = (SINKHOLE,)
    made.servers[SINKHOLE, HUB.port] = Server(tcp=TcpFailure(TcpCause.REFUSED, 30.0))
    return made


@pytest.mark.parametrize("after_s", [0.0, 0.3, GRACE_S])
def test_a_given_resolver_leads_the_way_though_a_public_one_answers_sooner(after_s: float) -> None:
    assert bad(HUB_CHECK, led_to_a_sinkhole(after_s)) == {"tcp.refused": "failure"}


def test_a_station_does_not_wait_longer_for_a_given_resolver() -> None:
    made = led_to_a_sinkhole(GRACE_S + 0.1)
    assert bad(HUB_CHECK, made) == {}
    assert made.took_s == pytest.approx(GRACE_S + 0.01)


@pytest.mark.parametrize("status", [NameStatus.SERVFAIL, NameStatus.REFUSED, NameStatus.PORT_CLOSED])
def test_an_unusable_answer_of_the_given_resolver_costs_no_time(status: NameStatus) -> None:
    made = site()
    made.names.answers[ROUTER] = status
    assert bad(HUB_CHECK, made) == {}
    assert made.took_s == 0


def test_of_two_good_resolvers_the_first_given_one_leads() -> None:
    made = led_to_a_sinkhole(0.3)
    made.resolvers = ("192.168.50.2", ROUTER)
    assert bad(HUB_CHECK, made) == {}
    assert made.took_s == 0
    made = led_to_a_sinkhole(0.3)
    made.resolvers = (ROUTER, "192.168.50.2")
    assert bad(HUB_CHECK, made) == {"tcp.refused": "failure"}


def test_a_dead_given_resolver_beside_a_good_one_delays_the_endpoint_no_longer() -> None:
    made = led_to_a_sinkhole(0.3)
    made.resolvers = ("192.168.50.9", ROUTER)
    made.names.answers["192.168.50.9"] = NameStatus.TIMEOUT
    assert bad(HUB_CHECK, made) == {"tcp.refused": "failure"}
    assert made.took_s == pytest.approx(GRACE_S + 0.01 + PAUSE_S)


def test_what_was_found_out_is_told_once_and_before_any_waiting() -> None:
    for made in (site(), site(TcpFailure(TcpCause.DROPPED, 4000)), site(hello=refusal(TlsCause.RESET))):
        run(HUB_CHECK, made)
        assert len(made.given) == 1


def test_a_verified_endpoint_is_told_as_verified() -> None:
    made = site()
    run(HUB_CHECK, made)
    assert made.given == [Tried(HUB.host, 30.0, verified=True, handshake_ms=60.0)]


@pytest.mark.parametrize("cause", [TlsCause.RESET, TlsCause.STALLED])
def test_a_second_connection_is_closed_when_it_has_told_what_it_can(cause: TlsCause) -> None:
    made = site(hello=only_when(lambda host, _r, _v, _a, mss: mss or host != HUB.host, refusal(cause)))
    run(HUB_CHECK, made)
    assert len(made.server(HUB).streams) == (3 if cause is TlsCause.RESET else 2)
    assert all(stream.closed for stream in made.server(HUB).streams)


def test_a_session_whose_chain_could_not_be_read_is_a_session() -> None:
    made = site(hello=TlsSession("TLSv1.2", "x", (), 60))
    assert codes(HUB_CHECK, made) == {"mqtt.answered": "ok"}
