"""The DHCP checks against the servers that sites have: dnsmasq, ISC dhcpd, Kea and busybox udhcpd."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from .blueprint import LAPTOP_MAC
from .dhcp_servers import KINDS, Kind, Pool, dnsmasq, odd
from .product import Run, crowding, driftklar
from .site import Site
from .watch import Traffic, Watch, packets, peak

pytestmark = pytest.mark.lab

SIDE_BY_SIDE = 8
NOT_THE_LAPTOPS = ("b8:27:eb", "00:1d:c0")  # the router and the other devices
ENOUGH, FEW, TOO_FEW = "dhcp.enough-addresses", "dhcp.few-spare-addresses", "dhcp.too-few-addresses"
SCATTERED = random.Random(3).sample(range(60, 200), 8)
SNOOPING = (
    'table netdev snooping {{ chain snoop {{ type filter hook ingress device "lan1" priority 0;\n'
    "  udp dport 67 @th,288,48 != 0x{} drop; }}; }}\n"
).format(LAPTOP_MAC.replace(":", ""))
EVERYTHING_DROPPED = "table inet closed { chain in { type filter hook input priority 0; policy drop; }; }\n"


Play = Callable[[], "Played"]


@dataclass(frozen=True, slots=True)
class Played:
    """What the program said, what it sent, and whether the server's leases are what they were."""

    run: Run
    traffic: Traffic
    leases_are_untouched: bool

    def evidence(self, code: str) -> dict[str, Any]:
        """The evidence of a finding that there must be."""
        findings = [f for check in self.run.document["checks"] for f in check["findings"]]
        assert code in [f["code"] for f in findings], self.run.told
        found: dict[str, Any] = next(f["evidence"] for f in findings if f["code"] == code)
        return found

    def said(self, code: str, free: int) -> None:
        assert self.evidence(code)["free"]["value"] == free, self.run.told


def play(start: Callable[[Site], None], stations: int, root: bool = True) -> Played:
    """Run the two checks on a site that was made by `start`."""
    with Site() as site:
        start(site)
        site.ready()
        before = (site.outer / "leases").read_bytes() if (site.outer / "leases").exists() else b""
        watch = Watch(site)
        arguments = ("--interface", "eth0", "--connection", "ethernet", "--stations", str(stations), "--format", "json")
        run = driftklar(site, "check", *arguments, "--only", "dhcp-server,dhcp-capacity", root=root)
        traffic = watch.traffic()
        after = (site.outer / "leases").read_bytes() if before else b""
        return Played(run, traffic, before == after)


@dataclass(frozen=True, slots=True)
class Case:
    """A pool on each kind of server; `router` and `laptop` are nft rules there, `squatter` uses an address of it."""

    name: str
    stations: int
    pool: Pool
    router: str = ""
    laptop: str = ""
    squatter: str = ""


LARGE = Case("large", 20, Pool())
SHORT = Case("short", 10, Pool.with_free(*range(100, 109)))
TIGHT = Case("tight", 10, Pool.with_free(*range(100, 110)))
FAR = Case("far", 5, Pool.with_free(*range(193, 200)))
SPREAD = Case("spread", 6, Pool.with_free(*SCATTERED))
EMPTY = Case("empty", 1, Pool.with_free())
PINGING = Case("pinging", 4, Pool(tests=True))
SNOOPED = Case("snooped", 5, Pool(), router=SNOOPING)
CLOSED = Case("closed", 5, Pool(), laptop=EVERYTHING_DROPPED)
SQUATTED = Case("squatted", 6, Pool.with_free(*range(100, 109)), squatter="192.168.50.104")
CASES = (SQUATTED, LARGE, SHORT, TIGHT, FAR, SPREAD, EMPTY, PINGING, SNOOPED, CLOSED)


def served(kind: Kind, case: Case) -> Play:
    def start(site: Site) -> None:
        rule(site, "router", case.router)
        rule(site, "laptop", case.laptop)
        if case.squatter:
            site.shell("others", f"ip address add {case.squatter}/24 dev eth0")
        kind.start(site, case.pool)

    return partial(play, start, case.stations)


def nowhere(site: Site) -> None:
    """No server at all."""


def roundabout(site: Site) -> None:
    """The laptop's own lease lies in the middle of a small pool."""
    dnsmasq(site, Pool(56, 58))


def addressless(site: Site) -> None:
    site.shell("laptop", "ip address flush dev eth0")
    dnsmasq(site, Pool())


def elsewhere(site: Site) -> None:
    """The laptop was given an address of another subnet by hand."""
    site.shell("laptop", "ip address flush dev eth0; ip address add 10.1.1.1/24 dev eth0")
    dnsmasq(site, Pool())


def large(site: Site) -> None:
    widen = "ip address del 192.168.50.{0}/24 dev {1}; ip address add 192.168.50.{0}/23 broadcast + dev {1}"
    site.shell("laptop", widen.format(57, "eth0"))
    site.shell("router", widen.format(1, "br0"))
    dnsmasq(site, Pool(), reach="192.168.50.100,192.168.51.250")


def mute_and_snooped(site: Site) -> None:
    rule(site, "router", SNOOPING)
    odd(site, "mute")


def rule(site: Site, namespace: str, text: str) -> None:
    done = site.run(namespace, "nft", "-f", "-", text=text)
    assert not done.returncode, done.stderr


SINGLE: dict[str, Play] = {
    "large": partial(play, large, 250),
    "nowhere": partial(play, nowhere, 5),
    "roundabout": partial(play, roundabout, 2),
    "addressless": partial(play, addressless, 5),
    "elsewhere": partial(play, elsewhere, 5),
    "mute and snooped": partial(play, mute_and_snooped, 1),
    "ordinary user": partial(play, partial(dnsmasq, pool=Pool()), 5, root=False),
    **{kind: partial(play, partial(odd, behaviour=kind), 1) for kind in ("polite", "slow:6", "garbage", "mute")},
}


class Bench:
    """Plays several sites side by side, each once: most of a run is waiting."""

    def __init__(self) -> None:
        self._workers = ThreadPoolExecutor(SIDE_BY_SIDE)
        plays: dict[Any, Play] = dict(SINGLE)
        plays |= {(kind, case): served(kind, case) for kind in KINDS for case in CASES if not kind.is_missing}
        self._played = {name: self._workers.submit(work) for name, work in plays.items()}

    def __getitem__(self, name: str | tuple[Kind, Case]) -> Played:
        return self._played[name].result()

    def close(self) -> None:
        self._workers.shutdown(cancel_futures=True)


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.close()


@pytest.fixture(params=KINDS, ids=str)
def kind(request: pytest.FixtureRequest) -> Kind:
    made: Kind = request.param
    if made.is_missing:
        message = f"NOT TRIED: missing Debian package {made.package}"
        if os.environ.get("CI") == "true":
            pytest.fail(message, pytrace=False)
        pytest.skip(message)
    return made


def test_a_large_pool_passes_and_no_more_is_asked_for_than_needed(kind: Kind, bench: Bench) -> None:
    played = bench[kind, LARGE]
    played.said(ENOUGH, 22)
    assert played.run.document["areas"]["dhcp"] == "pass"
    assert played.traffic.dhcp["DISCOVER"] <= 23
    assert len(played.traffic.offered) == 22
    assert played.run.seconds < 8 * crowding()


def test_one_address_too_few_is_counted_exactly(kind: Kind, bench: Bench) -> None:
    bench[kind, SHORT].said(TOO_FEW, 9)
    assert bench[kind, SHORT].run.document["verdict"] == "failed"
    assert bench[kind, SHORT].run.seconds < 13 * crowding()


def test_an_address_for_each_station_and_none_to_spare_is_a_remark(kind: Kind, bench: Bench) -> None:
    bench[kind, TIGHT].said(FEW, 10)


def test_seven_free_addresses_at_the_end_of_a_pool_of_150_are_enough_for_five(kind: Kind, bench: Bench) -> None:
    bench[kind, FAR].said(ENOUGH, 7)


def test_eight_addresses_scattered_over_a_pool_of_150_are_found(kind: Kind, bench: Bench) -> None:
    bench[kind, SPREAD].said(ENOUGH, 8)


def test_an_exhausted_pool_is_no_missing_server(kind: Kind, bench: Bench) -> None:
    bench[kind, EMPTY].said(TOO_FEW, 0)
    bench[kind, EMPTY].evidence("dhcp.answers-without-offer")
    assert bench[kind, EMPTY].run.seconds < 13 * crowding()


def test_a_server_that_pings_first_passes(kind: Kind, bench: Bench) -> None:
    bench[kind, PINGING].said(ENOUGH, 6)


def test_a_filter_on_client_addresses_is_no_empty_pool(kind: Kind, bench: Bench) -> None:
    bench[kind, SNOOPED].evidence("dhcp.not-countable")
    assert bench[kind, SNOOPED].run.document["areas"]["dhcp"] == "warn"


def test_an_address_that_somebody_uses_is_told_and_not_counted(kind: Kind, bench: Bench) -> None:
    bench[kind, SQUATTED].said(ENOUGH, 8)
    assert bench[kind, SQUATTED].evidence("dhcp.taken-addresses")["addresses"] == ["192.168.50.104 (00:1d:c0:00:00:99)"]


def test_the_laptops_own_firewall_hides_nothing(kind: Kind, bench: Bench) -> None:
    bench[kind, CLOSED].said(ENOUGH, 7)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_server_holds_no_more_than_before_and_was_asked_politely(kind: Kind, case: Case, bench: Bench) -> None:
    played = bench[kind, case]
    assert played.leases_are_untouched
    assert_polite(played.traffic)


def test_the_own_lease_does_not_count(bench: Bench) -> None:
    assert sorted(bench["roundabout"].evidence(FEW)["addresses"]) == ["192.168.50.56", "192.168.50.58"]


def test_without_a_server_the_wait_is_short(bench: Bench) -> None:
    bench["nowhere"].evidence("dhcp.no-server")
    assert bench["nowhere"].run.seconds < 13 * crowding()


def test_an_ordinary_user_measures_nothing_and_sends_nothing(bench: Bench) -> None:
    played = bench["ordinary user"]
    assert [check["reason"] for check in played.run.document["checks"]] == ["needs-privilege"] * 2
    assert played.run.document["verdict"] == "incomplete"
    assert not played.traffic.dhcp


@pytest.mark.parametrize("site", ["addressless", "elsewhere"])
def test_a_laptop_without_an_address_of_the_subnet_sees_what_a_station_gets(site: str, bench: Bench) -> None:
    bench[site].said(ENOUGH, 7)


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [("polite", "dhcp.prompt-offer"), ("slow:6", "dhcp.slow-offer"), ("garbage", ENOUGH), ("mute", ENOUGH)],
)
def test_odd_servers_are_understood(behaviour: str, code: str, bench: Bench) -> None:
    bench[behaviour].evidence(code)


def test_an_empty_pool_and_a_filter_are_not_told_apart_when_the_server_is_mute(bench: Bench) -> None:
    capacity = bench["mute and snooped"].run.document["checks"][1]
    assert (capacity["outcome"], capacity["reason"]) == ("not-measured", "unclear")


def test_two_hundred_and_fifty_stations_are_counted(bench: Bench) -> None:
    bench["large"].said(ENOUGH, 252)
    assert len(bench["large"].traffic.offered) == 252
    assert bench["large"].run.seconds < 45 * crowding()


@pytest.mark.parametrize("site", [name for name in SINGLE if name != "ordinary user"])
def test_every_site_is_asked_politely(site: str, bench: Bench) -> None:
    assert_polite(bench[site].traffic)


def test_a_second_run_is_not_told_that_the_first_one_has_emptied_the_pool(kind: Kind) -> None:
    with Site() as site:
        kind.start(site, Pool.with_free(*range(100, 106)))
        site.ready()
        arguments = ("--interface", "eth0", "--stations", "4", "--only", "dhcp-capacity", "--format", "json")
        runs = [driftklar(site, "check", *arguments) for _ in range(2)]
    assert [run.document["areas"]["dhcp"] for run in runs] == ["pass", "pass"], runs[1].told


def assert_polite(traffic: Traffic) -> None:
    assert set(traffic.dhcp) <= {"DISCOVER", "INFORM"}
    assert peak([at for kind in ("DISCOVER", "INFORM") for at in traffic.dhcp_times(kind)]) <= 8
    assert {source for source in traffic.sources if not source.startswith(NOT_THE_LAPTOPS)} == {LAPTOP_MAC}
    mine = packets(frame for frame in traffic.frames if frame.source == LAPTOP_MAC)
    assert {(p.target, p.ports[1]) for p in mine} <= {("255.255.255.255", 67)}
