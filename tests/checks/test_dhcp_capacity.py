"""How many addresses are free, on servers that treat offers in different ways."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest

from installer_gui.checks.dhcp_capacity import DhcpCapacity
from installer_gui.checks.dhcp_server import DhcpServer
from installer_gui.domain.finding import Quantity
from installer_gui.domain.lease import DhcpWay, Lease
from installer_gui.domain.outcome import NotApplicable, NotMeasured
from installer_gui.ports.unavailable import Reason, Unavailable

from .dhcp_site import (
    OWN,
    OWN_MAC,
    ROUTER,
    ROUTER_MAC,
    SETTINGS,
    Dnsmasq,
    Holding,
    Sent,
    Server,
    Site,
    Udhcpd,
    addresses,
    look,
)
from .virtual_time import now, run

KINDS = [Server, Dnsmasq, Holding, Udhcpd]
ENOUGH, FEW, TOO_FEW = "dhcp.enough-addresses", "dhcp.few-spare-addresses", "dhcp.too-few-addresses"


def most_in_a_second(site: Site) -> int:
    times = [sent.at for sent in site.sent]
    return max(sum(start <= at < start + 1.0 for at in times) for start in times)


def seconds(site: Site, stations: int) -> float:
    async def measure() -> float:
        ctx = site.context(stations)
        await asyncio.gather(DhcpServer().run(ctx), DhcpCapacity().run(ctx))
        ctx.dhcp.close()
        return now()

    return run(measure())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("stations", [1, 20, 40])
def test_a_large_pool_is_enough_and_no_more_is_asked_than_needed(kind: type[Server], stations: int) -> None:
    site = Site(kind())
    found = look(site, DhcpCapacity(), stations)
    assert set(found) == {ENOUGH}
    assert found[ENOUGH].evidence["free"] == Quantity(stations + 2, "addresses")
    repeated = 1 if kind is Udhcpd else 0  # the first offer takes 2 s
    assert len(site.discovers()) == stations + 2 + repeated


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("free", "code"), [(12, ENOUGH), (11, FEW), (10, FEW), (9, TOO_FEW), (1, TOO_FEW)])
def test_a_small_pool_is_counted_exactly(kind: type[Server], free: int, code: str) -> None:
    found = look(Site(kind(pool=addresses(100, 99 + free))), DhcpCapacity(), 10)
    assert found[code].evidence["free"] == Quantity(free, "addresses")
    assert found[code].evidence["spare"] == Quantity(free - 10, "addresses")


@pytest.mark.parametrize("kind", KINDS)
def test_free_addresses_at_the_far_end_of_a_pool_are_found(kind: type[Server]) -> None:
    site = Site(kind(pool=addresses(50, 199), leased=set(addresses(50, 192))))
    assert set(look(site, DhcpCapacity(), 5)) == {ENOUGH}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("stations", "size"), [(2, 150), (6, 102), (6, 200), (20, 150), (20, 60)])
def test_a_few_scattered_free_addresses_are_found(kind: type[Server], stations: int, size: int) -> None:
    pool = addresses(50, 49 + size)
    free = set(random.Random(1).sample(pool, stations + 2))
    site = Site(kind(pool=pool, leased=set(pool) - free))
    assert set(look(site, DhcpCapacity(), stations)) <= {ENOUGH, FEW, "dhcp.count-unfinished"}


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_pool_is_a_fault_and_no_missing_server(kind: type[Server]) -> None:
    found = look(Site(kind(pool=[])), DhcpCapacity(), 1)
    assert found[TOO_FEW].evidence["free"] == Quantity(0, "addresses")


def test_a_static_address_inside_the_pool_is_neither_counted_nor_a_fault() -> None:
    site = Site(Holding(pool=addresses(57, 58), own_lease=""))
    found = look(site, DhcpCapacity(), 1)
    assert set(found) == {FEW}
    assert found[FEW].evidence["addresses"] == ("192.168.50.58",)


def test_an_address_that_no_station_can_use_does_not_count() -> None:
    beyond = addresses(250, 255) + [f"192.168.51.{n}" for n in range(20)]
    found = look(Site(Server(pool=beyond)), DhcpCapacity(), 6)
    assert found[TOO_FEW].evidence["free"] == Quantity(5, "addresses")  # .250 to .254


def test_a_router_that_no_offer_reaches_is_no_lack_of_addresses() -> None:
    lost = Server(pool=addresses(100, 140), settings=replace(SETTINGS, routers=("10.9.9.1",)))
    assert TOO_FEW not in look(Site(lost), DhcpCapacity(), 6)


def test_an_empty_pool_is_seen_by_a_computer_without_a_lease() -> None:
    assert TOO_FEW in look(Site(Server(pool=[], own_lease="")), DhcpCapacity(), 1)


def test_a_filter_on_client_addresses_is_no_empty_pool() -> None:
    found = look(Site(Server(), snooping=True), DhcpCapacity(), 5)
    assert set(found) == {"dhcp.not-countable"}


def test_nothing_is_concluded_when_a_filter_and_an_empty_pool_look_the_same() -> None:
    with pytest.raises(Unavailable) as unclear:
        look(Site(Server(answers_inform=False), snooping=True), DhcpCapacity(), 5)
    assert unclear.value.reason is Reason.UNCLEAR


@pytest.mark.parametrize("kind", KINDS)
def test_two_lost_questions_about_an_address_are_no_end_of_the_pool(kind: type[Server]) -> None:
    asked: Counter[str] = Counter()

    def lost(sent: Sent) -> bool:
        asked[sent.client] += 1
        return len(asked) == 3 and sent.kind == "discover" and asked[sent.client] < 3

    found = look(Site(kind(), lost=lost), DhcpCapacity(), 5)
    assert ENOUGH in found
    assert found[ENOUGH].evidence["free"] == Quantity(7, "addresses")


def test_without_a_server_there_is_nothing_to_count() -> None:
    assert run(DhcpCapacity().run(Site().context(5))) == NotApplicable("dhcp-server")


def estimated(site: Site) -> NotMeasured:
    outcome = run(DhcpCapacity().run(site.context(5)))
    assert isinstance(outcome, NotMeasured)
    assert outcome.reason == Reason.NEEDS_PRIVILEGE
    return outcome


def test_without_rights_nothing_is_counted_and_the_size_of_the_subnet_is_told() -> None:
    (finding,) = estimated(Site(Server(), denied=True)).findings
    assert finding.code == "dhcp.estimate"
    assert finding.evidence["most"] == Quantity(253, "addresses")  # the router has one
    assert finding.evidence["subnet"] == "192.168.50.0/24"


@pytest.mark.parametrize(("own", "most"), [(f"{OWN}/32", 0), (f"{OWN}/31", 0), (f"{OWN}/30", 2), (f"{OWN}/26", 61)])
def test_an_estimate_is_never_less_than_nothing(own: str, most: int) -> None:
    (finding,) = estimated(Site(Server(), denied=True, own=own)).findings
    assert finding.evidence["most"] == Quantity(most, "addresses")


@pytest.mark.parametrize("site", [Site(denied=True, lease=Lease(dhcp=False)), Site(denied=True, own="")])
def test_an_address_that_was_set_by_hand_tells_nothing_of_dhcp(site: Site) -> None:
    assert estimated(site).findings == ()


def test_a_count_that_a_server_would_let_go_on_for_ever_says_that_there_may_be_more() -> None:
    found = look(Site(Dnsmasq(pool=addresses(100, 104))), DhcpCapacity(), 5)
    assert found["dhcp.count-unfinished"].evidence["free"] == Quantity(5, "addresses")
    assert found[FEW].evidence["stop"] == "no-more-found"


def test_a_count_that_ends_in_silence_is_complete() -> None:
    found = look(Site(Holding(pool=addresses(100, 104))), DhcpCapacity(), 5)
    assert set(found) == {FEW}
    assert found[FEW].evidence["stop"] == "server-silent"


def test_addresses_that_answer_arp_are_told_and_not_counted() -> None:
    site = Site(Server(), alive=((ROUTER, ROUTER_MAC), ("192.168.50.102", "00:1d:c0:00:00:07")))
    found = look(site, DhcpCapacity(), 5)
    assert found["dhcp.taken-addresses"].evidence["addresses"] == ("192.168.50.102 (00:1d:c0:00:00:07)",)
    assert found[ENOUGH].evidence["free"] == Quantity(7, "addresses")
    assert len(site.discovers()) == 8


def test_a_pool_that_holds_the_routers_own_address_is_told() -> None:
    found = look(Site(Server(pool=addresses(1, 9))), DhcpCapacity(), 20)
    assert found["dhcp.taken-addresses"].evidence["addresses"] == (f"{ROUTER} ({ROUTER_MAC})",)


@pytest.mark.parametrize("gateway", [ROUTER, ""])
def test_a_router_that_answers_arp_for_everybody_has_not_taken_the_addresses(gateway: str) -> None:
    site = Site(Server(), alive=[(address, ROUTER_MAC) for address in addresses(1, 254)], gateway=gateway)
    assert (set(look(site, DhcpCapacity(), 5)) == {ENOUGH}) == bool(gateway)


def test_addresses_in_use_are_not_named_and_the_own_one_is_not_counted() -> None:
    site = Site(Server(pool=addresses(1, 60), own_lease=""))
    found = look(site, DhcpCapacity(), 80)
    assert not {ROUTER, "192.168.50.57", "192.168.50.0", "192.168.50.255"} & {sent.wanted for sent in site.sent}
    assert found[TOO_FEW].evidence["addresses"] != ()
    assert "192.168.50.57" not in found[TOO_FEW].evidence["addresses"]  # type: ignore[operator]


def test_the_checks_together_ask_as_much_as_the_count_alone() -> None:
    site = Site(Server())
    seconds(site, 20)
    assert len(site.discovers()) == 22


@pytest.mark.parametrize("stations", [20, 250])
def test_at_most_eight_questions_go_out_in_any_second(stations: int) -> None:
    site = Site(Server(pool=[f"192.168.{n}.{m}" for n in (50, 51) for m in range(1, 255)]))
    seconds(site, stations)
    assert most_in_a_second(site) <= 8


@pytest.mark.parametrize("servers", [(), (Holding(pool=[]),), (Dnsmasq(pool=addresses(9, 9), pings=True),)])
def test_faults_are_no_reason_for_haste(servers: tuple[Server, ...]) -> None:
    site = Site(*servers)
    seconds(site, 5)
    assert most_in_a_second(site) <= 8


def test_one_question_is_out_at_a_time() -> None:
    site = Site(Server(delay_s=0.4))
    seconds(site, 10)
    times = [sent.at for sent in site.discovers()]
    assert all(later - earlier > 0.399 for earlier, later in pairwise(times))


def test_a_healthy_site_with_twenty_stations_takes_less_than_five_seconds() -> None:
    assert seconds(Site(Server()), 20) < 5


def test_two_hundred_and_fifty_stations_take_little_more_than_half_a_minute() -> None:
    assert seconds(Site(Server(pool=addresses(2, 254)), own="192.168.50.1/24"), 250) < 36


@pytest.mark.parametrize("servers", [(), (Holding(pool=addresses(9, 12)),), (Dnsmasq(pool=addresses(9, 12)),)])
def test_faults_are_told_within_thirteen_seconds(servers: tuple[Server, ...]) -> None:
    assert seconds(Site(*servers), 10) < 13


def test_a_server_that_pings_takes_its_time_and_passes() -> None:
    site = Site(Dnsmasq(pings=True))
    assert set(look(site, DhcpCapacity(), 20)) == {ENOUGH}
    assert site.progress[0] == (1, 22)
    assert site.progress[-1] == (22, 22)


def test_a_server_that_is_busy_with_a_real_client_is_not_taken_for_an_empty_one() -> None:
    server = Dnsmasq(pings=True)

    def a_real_client_comes_first(sent: Sent) -> bool:
        server.waits(3.0 if sent.wanted else 0.0)
        return False

    site = Site(server, lost=a_real_client_comes_first)
    assert set(look(site, DhcpCapacity(), 5)) == {ENOUGH}


def test_a_second_run_is_offered_what_the_first_one_was() -> None:
    server = Holding(pool=addresses(100, 111))
    assert set(look(Site(server), DhcpCapacity(), 10)) == {ENOUGH}
    assert set(look(Site(server), DhcpCapacity(), 10)) == {ENOUGH}


def test_the_invented_clients_are_administered_locally_and_evenly_spaced() -> None:
    site = Site(Server())
    look(site, DhcpCapacity(), 5)
    clients = [int(sent.client.replace(":", ""), 16) for sent in site.discovers()]
    assert all(client >> 24 == 0x025A50 for client in clients)
    assert [b - a for a, b in pairwise(clients)] == [11] * 6


def test_over_the_air_the_count_goes_by_unicast_after_a_stations_own_question() -> None:
    site = Site(Server(), way=DhcpWay.RELAY)
    look(site, DhcpCapacity(), 5)
    assert [sent.way for sent in site.discovers()] == [DhcpWay.CLIENT] + [DhcpWay.RELAY] * 6


def test_a_server_that_does_not_listen_to_relays_is_counted_all_the_same() -> None:
    site = Site(Server(hears_relays=False), way=DhcpWay.RELAY)
    assert set(look(site, DhcpCapacity(), 5)) == {ENOUGH}
    assert [sent.way for sent in site.discovers()].count(DhcpWay.RELAY) == 1


@pytest.mark.parametrize("every", [3, 5])
def test_lost_questions_are_asked_again(every: int) -> None:
    count = iter(range(1, 10_000))
    site = Site(Server(), lost=lambda sent: next(count) % every == 0)
    assert set(look(site, DhcpCapacity(), 10)) == {ENOUGH}


def test_a_count_that_is_stopped_leaves_nothing_open() -> None:
    async def stop() -> bool:
        site = Site(Server(delay_s=0.5))
        ctx = site.context(50)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(3):
                await DhcpCapacity().run(ctx)
        ctx.dhcp.close()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return site.closed and len(asyncio.all_tasks()) == 1

    assert run(stop())


@pytest.mark.parametrize("trouble", [Unavailable(Reason.INTERFACE_GONE), ZeroDivisionError()])
def test_an_adapter_that_goes_deaf_is_not_taken_for_a_silent_server(trouble: Exception) -> None:
    site = Site(Server(), deaf_after=(3, trouble))
    with pytest.raises(type(trouble)):
        look(site, DhcpCapacity(), 5)


def test_a_computer_without_an_address_counts_too() -> None:
    found = look(Site(Server(), own=""), DhcpCapacity(), 5)
    assert set(found) == {ENOUGH}


def test_own_mac_is_asked_for_only_in_doubt() -> None:
    site = Site(Server())
    look(site, DhcpCapacity(), 20)
    assert OWN_MAC not in {sent.client for sent in site.sent}
