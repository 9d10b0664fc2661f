"""Who answers a client's first question, and with what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from installer_gui.checks.dhcp_server import DhcpServer
from installer_gui.domain.finding import Quantity
from installer_gui.domain.lease import FOREVER, DhcpReply, DhcpWay, Lease
from installer_gui.ports.unavailable import Reason, Unavailable

from .dhcp_site import OWN_MAC, ROUTER, ROUTER_MAC, SETTINGS, Dnsmasq, Holding, Server, Site, addresses, look
from .virtual_time import now, run

ROGUE, ROGUE_MAC = "192.168.50.254", "00:1d:c0:00:00:99"
OTHER = replace(SETTINGS, server=ROGUE, routers=(ROGUE,), dns=(ROGUE,), sender=ROGUE_MAC)


def test_a_healthy_server_is_named_with_its_settings() -> None:
    found = look(Site(Server()), DhcpServer())
    assert set(found) == {"dhcp.prompt-offer", "dhcp.long-lease"}
    evidence = found["dhcp.prompt-offer"].evidence
    assert (evidence["server"], evidence["mac"], evidence["routers"]) == (ROUTER, ROUTER_MAC, (ROUTER,))
    assert found["dhcp.long-lease"].evidence["lease"] == Quantity(720, "min")


def measured_through(gateway: str, settings: DhcpReply, *more: tuple[str, str]) -> set[str]:
    site = Site(Server(settings=settings), gateway=gateway, alive=((ROUTER, ROUTER_MAC), *more))
    return set(look(site, DhcpServer())) & {"dhcp.other-router", "dhcp.router-silent", "dhcp.router-outside"}


def test_a_router_that_nothing_was_measured_through_fails() -> None:
    there = (ROGUE, ROGUE_MAC)
    assert measured_through(ROUTER, replace(SETTINGS, routers=(ROGUE,)), there) == {"dhcp.other-router"}
    assert measured_through(ROUTER, replace(SETTINGS, routers=(ROGUE, ROUTER)), there) == {"dhcp.other-router"}
    assert measured_through(ROUTER, replace(SETTINGS, routers=(ROUTER, ROGUE)), there) == set()


def test_a_router_in_another_subnet_than_the_computers_fails() -> None:
    elsewhere = replace(SETTINGS, address="", server="10.0.0.1", routers=("10.0.0.1",))
    site = Site(Server(pool=[f"10.0.0.{n}" for n in range(2, 100)], settings=elsewhere))
    assert "dhcp.other-router" in look(site, DhcpServer())


def test_another_address_of_the_same_router_is_the_same_way_out() -> None:
    assert measured_through(ROUTER, replace(SETTINGS, routers=(ROGUE,)), (ROGUE, ROUTER_MAC)) == set()


def test_a_silent_router_is_no_other_router() -> None:
    assert measured_through(ROUTER, replace(SETTINGS, routers=(ROGUE,))) == {"dhcp.router-silent"}


def test_without_a_way_out_of_its_own_the_computer_has_measured_no_other() -> None:
    assert measured_through("", replace(SETTINGS, routers=(ROGUE,)), (ROGUE, ROGUE_MAC)) == set()
    assert measured_through("192.168.50.9", SETTINGS) == set()


def test_one_question_is_enough_for_a_server_that_answers() -> None:
    site = Site(Server())
    look(site, DhcpServer())
    assert [(sent.kind, sent.way) for sent in site.sent] == [("discover", DhcpWay.CLIENT)]


def test_silence_is_a_fault_after_three_tries() -> None:
    site = Site()
    assert set(look(site, DhcpServer())) == {"dhcp.no-server"}
    invented = [sent for sent in site.discovers() if sent.client != OWN_MAC]
    assert [round(sent.at, 1) for sent in invented] == [0.0, 1.0, 3.0]
    assert len({sent.client for sent in invented}) == 1


def test_silence_is_told_within_eight_seconds() -> None:
    async def measure() -> float:
        ctx = Site().context(5)
        await DhcpServer().run(ctx)
        ctx.dhcp.close()
        return now()

    assert run(measure()) < 8


def test_a_lost_question_is_asked_again() -> None:
    site = Site(Server(), lost=lambda sent: sent.at < 0.5)
    assert "dhcp.prompt-offer" in look(site, DhcpServer())


def test_a_server_that_thinks_for_six_seconds_is_slow() -> None:
    found = look(Site(Server(delay_s=6.0)), DhcpServer())
    assert "dhcp.slow-offer" in found
    assert found["dhcp.slow-offer"].evidence["first"] == Quantity(6000, "ms")


def test_a_server_that_pings_before_it_offers_is_in_time() -> None:
    found = look(Site(Dnsmasq(pings=True)), DhcpServer())
    assert found["dhcp.prompt-offer"].evidence["first"] == Quantity(3001, "ms")


def test_a_second_server_with_other_settings_is_a_fault() -> None:
    found = look(Site(Server(), Server(settings=OTHER, delay_s=2.5), alive=_both()), DhcpServer())
    assert found["dhcp.rival-servers"].evidence["servers"] == (f"{ROUTER} ({ROUTER_MAC})", f"{ROGUE} ({ROGUE_MAC})")


def test_a_rival_is_heard_until_four_seconds_after_the_first_question() -> None:
    found = look(Site(Server(), Server(settings=OTHER, delay_s=3.9), alive=_both()), DhcpServer())
    assert "dhcp.rival-servers" in found


def test_the_computers_own_address_from_a_rival_is_said() -> None:
    site = Site(Server(), Server(settings=OTHER), alive=_both(), lease=Lease(dhcp=True, server=ROGUE))
    assert look(site, DhcpServer())["dhcp.own-lease"].evidence["server"] == ROGUE


def test_a_second_server_with_the_same_settings_is_a_remark() -> None:
    twin = replace(SETTINGS, server="192.168.50.2", dns=SETTINGS.dns[::-1])
    found = look(Site(Server(), Server(settings=twin)), DhcpServer())
    assert "dhcp.second-server" in found
    assert "dhcp.rival-servers" not in found


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        (replace(SETTINGS, routers=()), "dhcp.no-router"),
        (replace(SETTINGS, routers=("192.168.51.1",)), "dhcp.router-outside"),
        (replace(SETTINGS, routers=("192.168.50.9",)), "dhcp.router-silent"),
        (replace(SETTINGS, dns=()), "dhcp.no-dns"),
        (replace(SETTINGS, subnet_mask=""), "dhcp.no-mask"),
        (replace(SETTINGS, subnet_mask="255.0.255.0"), "dhcp.no-mask"),
        (replace(SETTINGS, lease_s=120), "dhcp.short-lease"),
        (replace(SETTINGS, lease_s=599), "dhcp.short-lease"),
        (replace(SETTINGS, lease_s=600), "dhcp.long-lease"),
        (replace(SETTINGS, lease_s=FOREVER), "dhcp.endless-lease"),
        (replace(SETTINGS, lease_s=None), "dhcp.no-lease-time"),
        (replace(SETTINGS, options=((121, "00c0a832fe"),)), "dhcp.other-routes"),
        (replace(SETTINGS, options=((121, "080ac0a83201"),)), "dhcp.other-routes"),
    ],
)
def test_each_setting_is_looked_at(settings: DhcpReply, code: str) -> None:
    assert code in look(Site(Server(settings=settings)), DhcpServer())


@pytest.mark.parametrize("routes", ["00c0a83201", "080ac0a832fe00c0a83201", "0100c0a832010180c0a83201", "21ff", ""])
def test_routes_that_lead_out_through_the_router_are_right(routes: str) -> None:
    settings = replace(SETTINGS, options=((121, routes),))
    assert "dhcp.other-routes" not in look(Site(Server(settings=settings)), DhcpServer())


def test_a_subnet_mask_that_is_none_is_no_reason_to_break() -> None:
    found = look(Site(Server(settings=replace(SETTINGS, subnet_mask="255.0.255.0"))), DhcpServer())
    assert "dhcp.prompt-offer" in found


def test_a_router_on_another_link_than_the_computer_is_not_called_silent() -> None:
    found = look(Site(Server(), own="10.1.1.1/24", alive=()), DhcpServer())
    assert "dhcp.router-silent" not in found


def test_a_server_without_free_addresses_is_no_missing_server() -> None:
    found = look(Site(Holding(pool=[])), DhcpServer())
    assert "dhcp.no-server" not in found
    assert "dhcp.answers-without-offer" in found


def test_a_computer_without_an_address_asks_too() -> None:
    found = look(Site(Server(), own=""), DhcpServer())
    assert "dhcp.prompt-offer" in found


def test_without_rights_nothing_is_measured() -> None:
    with pytest.raises(Unavailable) as refused:
        look(Site(Server(pool=addresses(100, 199)), denied=True), DhcpServer())
    assert refused.value.reason is Reason.NEEDS_PRIVILEGE


def _both() -> tuple[tuple[str, str], ...]:
    return ((ROUTER, ROUTER_MAC), (ROGUE, ROGUE_MAC))
