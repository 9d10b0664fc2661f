"""Where a run takes place, and what happens when it cannot."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from installer_gui import profiles
from installer_gui.domain.job import Connection
from installer_gui.domain.network import Interface, InterfaceKind
from installer_gui.domain.outcome import NotMeasured
from installer_gui.errors import BadInput
from installer_gui.ports.platform import Platform
from installer_gui.ports.unavailable import Reason, Unavailable
from installer_gui.session import plan, site
from installer_gui.session.events import Event, Finished

PROFILE = profiles.load("zaptec-pro")
ETH = Interface("eth0", 2, InterfaceKind.ETHERNET, addresses=("192.168.1.2/24",), gateway="192.168.1.1")
WLAN = Interface("wlan0", 3, InterfaceKind.WIFI, addresses=("10.0.0.2/24",), gateway="10.0.0.1")
VPN = Interface("tun0", 4, InterfaceKind.VPN, addresses=("10.8.0.2/24",), gateway="10.8.0.1")


def on(*interfaces: Interface, network: Any = None) -> Platform:
    system: Any = SimpleNamespace(interfaces=lambda: interfaces)
    wifi: Any = None
    return Platform("test", system, wifi, network)


@pytest.mark.parametrize(
    ("interfaces", "chosen"),
    [
        ((ETH, WLAN), "eth0"),
        ((WLAN, ETH), "wlan0"),
        ((VPN, ETH), "eth0"),
        ((replace(ETH, up=False), WLAN), "wlan0"),
        ((replace(ETH, gateway=""), WLAN), "wlan0"),
        ((replace(ETH, gateway="", addresses=()), replace(WLAN, gateway="")), "wlan0"),
        ((VPN,), "tun0"),
        ((replace(ETH, up=False),), ""),
        ((), ""),
    ],
)
def test_the_way_that_a_stations_traffic_would_take_is_chosen(interfaces: Any, chosen: str) -> None:
    found = site.choose_interface(on(*interfaces))
    assert (found.name, found.up) == (chosen, bool(chosen))


def test_a_named_interface_is_taken_whatever_it_is_and_an_unknown_one_refused() -> None:
    assert site.choose_interface(on(ETH, VPN), "tun0") == VPN
    with pytest.raises(BadInput) as caught:
        site.choose_interface(on(ETH), "wlan9")
    assert caught.value.values == {"name": "wlan9"}


def run(platform: Platform, interface: Interface, **options: Any) -> tuple[Any, list[Event]]:
    events: list[Event] = []
    where = site.SiteUnderTest(platform, PROFILE, profiles.roots, interface, Connection.ETHERNET, 1)
    made = plan.plan_run(PROFILE, Connection.ETHERNET, **options)
    return asyncio.run(site.run(where, made, events.append)), events


def test_without_a_link_every_check_says_so_and_nothing_is_tried() -> None:
    records, events = run(on(), Interface("", up=False), skip=("dns-lan",))
    outcomes = {record.check: record.outcome for record in records}
    assert outcomes.pop("dns-lan") == NotMeasured("skipped")
    assert set(outcomes.values()) == {NotMeasured("no-link")}
    assert [e.record.check for e in events if isinstance(e, Finished)] == list(outcomes)


def test_a_network_that_cannot_be_opened_gives_its_reason_to_every_check() -> None:
    def gone(interface: Interface) -> Any:
        raise Unavailable(Reason.INTERFACE_GONE, interface.name)

    records, _ = run(on(ETH, network=gone), ETH)
    assert {record.outcome for record in records} == {NotMeasured("interface-gone", "eth0")}
