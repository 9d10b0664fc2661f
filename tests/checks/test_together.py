"""All network checks side by side on one site, as a run makes them, in played time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from installer_gui import checks
from installer_gui.checks.names import GRACE_S
from installer_gui.domain.check import Area, Expected
from installer_gui.domain.job import Connection
from installer_gui.domain.names import NameStatus
from installer_gui.domain.outcome import NotMeasured
from installer_gui.domain.stream import TcpCause, TcpFailure, TlsCause, TlsFailure, TlsSession
from installer_gui.domain.timesync import TimeFault
from installer_gui.domain.verdict import Judgement, State, Verdict, judge
from installer_gui.session.plan import plan_run, rules
from installer_gui.session.runner import Runner

from . import virtual_time
from .fakes import (
    CLOUDFLARE,
    ETH,
    GOOGLE,
    HOSTS,
    HUB,
    POOL_ADDRESSES,
    PROBE,
    PROFILE,
    ROUTER,
    WORST_S,
    Site,
    http_reply,
    refusal,
    session,
)

DHCP = ("dhcp-server", "dhcp-capacity")
CHECKS = [c for c in checks.network(PROFILE, Connection.ETHERNET) if c.info.id not in DHCP]


@dataclass
class Together:
    """What a run came to, and how many seconds of played time it took."""

    judgement: Judgement
    took_s: float

    @property
    def states(self) -> dict[str, State]:
        return {r.info.id: r.state for r in self.judgement.results}

    @property
    def codes(self) -> set[str]:
        findings = (f for r in self.judgement.results for f in r.findings)
        return {f.code.name for f in findings if f.severity.value in ("warning", "failure")}


def play(site: Site) -> Together:
    plan = plan_run(site.profile, Connection.ETHERNET, skip=DHCP)

    async def whole() -> Together:
        records = await Runner(CHECKS, site.context(), lambda event: None, plan.givers).run()
        expected: list[Expected] = [e for e in plan.expected if e.check not in DHCP]
        return Together(judge(records, expected, rules(site.profile), site.profile), virtual_time.now())

    return virtual_time.run(whole())


def test_a_healthy_site_passes_in_every_area() -> None:
    run = play(Site())
    assert run.judgement.verdict is Verdict.PASSED
    areas = (Area.COMPUTER, Area.LINK, Area.DNS, Area.NTP, Area.MQTT, Area.HTTPS)
    assert {area: run.judgement.areas[area] for area in areas} == dict.fromkeys(areas, State.PASS)
    assert run.took_s < 5


def test_nobody_is_asked_more_than_politeness_allows() -> None:
    site = Site()
    play(site)
    assert max(Counter(site.names.asked).values()) == 1
    assert max(Counter(address for address, _ in site.timesync.asked).values()) <= 4
    assert set(Counter(site.connect.connected).values()) == {1}
    assert [data[:1] for data in site.server(HUB).heard] == [b"\x10"]


def drop(*endpoints: Any) -> Callable[[Site], None]:
    def change(site: Site) -> None:
        for endpoint in endpoints:
            site.server(endpoint).tcp = TcpFailure(TcpCause.DROPPED, 4000)

    return change


def handshake(hello: Any, *endpoints: Any) -> Callable[[Site], None]:
    def change(site: Site) -> None:
        for endpoint in endpoints:
            site.server(endpoint).hello = hello

    return change


def no_names(site: Site) -> None:
    site.names.answers = dict.fromkeys((ROUTER, GOOGLE, CLOUDFLARE), NameStatus.TIMEOUT)


def no_way_out(site: Site) -> None:
    drop(HUB, *HOSTS)(site)
    site.servers[PROBE, 80].tcp = TcpFailure(TcpCause.DROPPED, 4000)
    site.names.answers = dict.fromkeys((GOOGLE, CLOUDFLARE), NameStatus.TIMEOUT)
    site.timesync.answers = dict.fromkeys(POOL_ADDRESSES, TimeFault.TIMEOUT)
    site.link.pings = {GOOGLE: 0, CLOUDFLARE: 0}


def small_only(host: str, roots: str, verify: bool, at: Any, mss: int | None) -> TlsSession | TlsFailure:
    return session() if mss else refusal(TlsCause.STALLED)


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        (no_names, {"names.unresolved"}),
        (no_way_out, {"link.no-way-out", "tcp.dropped", "time.blocked"}),
        (drop(HUB), {"tcp.dropped"}),
        (drop(HOSTS[1]), {"tcp.dropped"}),
        (handshake(refusal(TlsCause.STALLED), HUB), {"tls.stalled"}),
        (handshake(refusal(TlsCause.STALLED), HUB, *HOSTS), {"tls.stalled"}),
        (handshake(small_only, HUB, *HOSTS), {"tcp.mtu-hole", "link.mtu-hole"}),
        (handshake(refusal(TlsCause.RESET), HUB), {"tls.reset"}),
        (handshake(refusal(TlsCause.EXPIRED, "x"), HUB), {"tls.expired"}),
        (handshake(refusal(TlsCause.UNTRUSTED, "Box"), *HOSTS), {"tls.intercepted"}),
        (handshake(refusal(TlsCause.UNTRUSTED, "Box"), HUB, *HOSTS), {"tls.intercepted"}),
    ],
)
def test_every_single_fault_fails_the_site_in_time_and_is_named(
    change: Callable[[Site], None], codes: set[str]
) -> None:
    site = Site()
    change(site)
    run = play(site)
    assert run.judgement.verdict is Verdict.FAILED
    assert codes <= run.codes
    assert "tls.issuer-not-confirmed" not in run.codes
    assert run.took_s <= WORST_S
    unmeasured = [r.info.id for r in run.judgement.results if isinstance(r.outcome, NotMeasured)]
    assert not unmeasured


def test_without_names_nothing_behind_them_is_called_good() -> None:
    site = Site()
    no_names(site)
    states = play(site).states
    behind = [c.info.id for c in CHECKS if c.info.area in (Area.NTP, Area.MQTT, Area.HTTPS)]
    assert {states[check] for check in behind} == {State.NOT_APPLICABLE}
    assert states["dns-lan"] is State.FAIL


def test_a_box_before_every_web_host_is_not_taken_for_the_makers_root() -> None:
    site = Site()
    handshake(lambda *how: session() if not how[2] else refusal(TlsCause.UNTRUSTED, "Box"), *HOSTS)(site)
    run = play(site)
    assert {run.states[f"https-{e.host}"] for e in HOSTS} == {State.FAIL}
    assert run.states["mqtt-hub"] is State.PASS


@pytest.mark.parametrize("offset_s", [3600.0, 3.2e7, -3.2e7])
def test_a_wrong_computer_clock_is_a_remark_about_the_computer_alone(offset_s: float) -> None:
    def hello(host: str, roots: str, verify: bool, at: Any, mss: int | None) -> TlsSession | TlsFailure:
        good = session(days=200 + offset_s / 86400)
        return good if at or abs(offset_s) < 1e5 else refusal(TlsCause.NOT_YET_VALID, "x")

    site = Site()
    site.timesync.answers = dict.fromkeys(POOL_ADDRESSES, offset_s)
    handshake(hello, HUB, *HOSTS)(site)
    for endpoint in HOSTS:
        site.server(endpoint).replies = (http_reply(ahead_s=offset_s),)
    run = play(site)
    assert run.judgement.verdict is Verdict.PASSED_WITH_REMARKS
    assert run.codes == {"computer.clock-wrong"}
    assert len([data for data in site.server(HUB).heard if data[:1] == b"\x10"]) == 1


def test_time_servers_that_lie_are_not_blamed_on_the_computer() -> None:
    site = Site()
    site.timesync.answers = dict.fromkeys(POOL_ADDRESSES, 86400.0)
    run = play(site)
    assert run.codes == {"time.wrong"}
    assert run.states["computer-clock"] is State.PASS


def test_dropped_icmp_and_a_blocked_google_leave_a_good_site_good() -> None:
    site = Site()
    site.link.pings = {ROUTER: 0, GOOGLE: 0, CLOUDFLARE: 0}
    site.names.answers = {GOOGLE: NameStatus.TIMEOUT}
    run = play(site)
    assert run.codes == {"names.public-blocked"}
    assert run.judgement.verdict is Verdict.PASSED_WITH_REMARKS


def test_a_dead_resolver_delays_nothing_but_its_own_check() -> None:
    site = Site()
    site.names.answers = {ROUTER: NameStatus.TIMEOUT}
    ended: dict[str, float] = {}
    context = site.context()

    async def whole() -> None:
        def emit(event: Any) -> None:
            if record := getattr(event, "record", None):
                ended[record.check] = virtual_time.now()

        await Runner(CHECKS, context, emit).run()

    virtual_time.run(whole())
    quick = [check for check, at in ended.items() if check.startswith(("https-", "mqtt-", "ntp-"))]
    assert len(quick) == 5
    assert max(ended[check] for check in quick) <= GRACE_S


def test_a_site_without_an_address_fails_at_the_link() -> None:
    site = Site(interface=replace(ETH, addresses=(), addresses6=("2001:db8::5/64",)))
    no_way_out(site)
    run = play(site)
    assert run.judgement.verdict is Verdict.FAILED
    assert run.states["link-gateway"] is State.FAIL
