"""What is said of a wireless network from what was heard of it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from installer_gui.checks.air import Air
from installer_gui.checks.wifi_channel import Lock, WifiChannel
from installer_gui.checks.wifi_channel import evaluate as weigh_channel
from installer_gui.checks.wifi_congestion import WifiCongestion, crowding_of, foreign_radios
from installer_gui.checks.wifi_congestion import evaluate as weigh_congestion
from installer_gui.checks.wifi_network import WifiNetwork
from installer_gui.checks.wifi_network import evaluate as weigh_network
from installer_gui.domain.finding import Finding, Quantity
from installer_gui.domain.network import InterfaceKind
from installer_gui.domain.outcome import Measured, NotApplicable
from installer_gui.domain.survey import Sighting
from installer_gui.domain.wifi import Band, Bss, Network, Pmf, Security
from installer_gui.ports.unavailable import Reason, Unavailable
from installer_gui.ports.wifi import Adapter, Scan

from .fakes import PROFILE, Site

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
ONE, TWO = "02:00:00:00:00:01", "02:00:00:00:00:02"


def network(ssid: str = "Garage", channel: int = 6, rssi: int = -60, bssid: str | None = ONE, **more: Any) -> Network:
    values: dict[str, Any] = {
        "standards": ("b", "g", "n"),
        "security": (Security.WPA2,),
        "band": Band.B2_4,
        "fresh": True,
        **more,
    }
    return Network(ssid, ssid.encode(), bssid, 2407 + 5 * channel, channel, rssi_dbm=rssi, **values)


def air(*networks: Network) -> Air:
    return Air("Garage", networks, NOON)


def names(outcome: Measured | None) -> list[str]:
    assert outcome is not None
    return [finding.code for finding in outcome.findings]


def only(outcome: Measured | None) -> Finding:
    assert outcome is not None
    (finding,) = outcome.findings
    return finding


def test_a_plain_network_is_found() -> None:
    found = only(weigh_network(air(network(), network("Granne", 1))))
    assert found.code == "wifi.network-found"
    assert found.evidence["access_points"] == (f"{ONE} 6",)


def test_five_gigahertz_alone_is_another_failure_than_nothing() -> None:
    five = network(channel=36, band=Band.B5)
    assert names(weigh_network(air(five))) == ["wifi.only-5-ghz"]
    assert names(weigh_network(air(network("Granne")))) == ["wifi.network-not-found"]
    assert names(weigh_network(air(five, network()))) == ["wifi.network-found"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"security": (Security.WPA3,)}, "wifi.wpa3-only"),
        ({"security": (Security.OWE,)}, "wifi.owe-only"),
        ({"security": (Security.ENTERPRISE,)}, "wifi.enterprise"),
        ({"pmf": Pmf.REQUIRED}, "wifi.pmf-required"),
        ({"weak_cipher": True}, "wifi.weak-cipher"),
        ({"hidden": True}, "wifi.hidden"),
        ({"width_mhz": 40}, "wifi.wide-channel"),
        ({"excludes_bgn": True}, "wifi.excludes-bgn"),
    ],
)
def test_what_may_keep_a_station_out_is_told_once(more: dict[str, Any], code: str) -> None:
    outcome = weigh_network(air(network(**more), network(bssid=TWO, **more)))
    assert names(outcome) == ["wifi.network-found", code, "wifi.several-access-points"]


def test_security_that_stations_know_beside_newer_one_is_fine() -> None:
    mixed = network(security=(Security.WPA2, Security.WPA3), pmf=Pmf.CAPABLE)
    assert names(weigh_network(air(mixed))) == ["wifi.network-found"]
    assert names(weigh_network(air(network(security=())))) == ["wifi.network-found"]


def sightings(*channels: int, bssid: str = ONE, minutes: float = 1) -> list[Sighting]:
    return [Sighting(bssid, c, NOON + timedelta(minutes=i * minutes)) for i, c in enumerate(channels)]


def lock(minutes: float = 0) -> Lock:
    return Lock("Kim Berg", NOON + timedelta(minutes=minutes))


def test_a_look_alone_proves_nothing_and_neither_does_a_word_alone() -> None:
    assert weigh_channel(sightings(6), None, PROFILE) is None
    assert weigh_channel(sightings(6), lock(), PROFILE) is None
    assert weigh_channel(sightings(6, 6, minutes=30), None, PROFILE) is None
    assert weigh_channel([], lock(), PROFILE) is None
    assert weigh_channel(sightings(6, 6, minutes=4), lock(), PROFILE) is None


def test_looks_apart_in_time_and_a_named_word_make_a_pass() -> None:
    found = only(weigh_channel(sightings(6, 6, minutes=5), lock(), PROFILE))
    assert (found.code, found.evidence["by"]) == ("wifi.channel-fixed", "Kim Berg")


@pytest.mark.parametrize("channel", [12, 13, 14])
def test_a_channel_that_stations_do_not_use_fails_at_once(channel: int) -> None:
    assert names(weigh_channel(sightings(channel), None, PROFILE)) == ["wifi.channel-not-used"]
    assert names(weigh_channel(sightings(channel, channel, minutes=9), lock(), PROFILE)) == ["wifi.channel-not-used"]


def test_a_move_fails_with_both_channels_and_times() -> None:
    found = only(weigh_channel(sightings(6, 6, 11), None, PROFILE))
    assert found.code == "wifi.channel-moved"
    assert (found.evidence["from"], found.evidence["to"]) == (Quantity(6, "channel"), Quantity(11, "channel"))
    assert found.evidence["from_at"] == "2026-11-25T12:01:00+00:00"


def test_a_lock_put_in_after_a_move_explains_it_but_the_watch_begins_anew() -> None:
    moved = sightings(6, 11, minutes=1)
    after = [Sighting(ONE, 11, NOON + timedelta(minutes=m)) for m in (12, 16, 18)]
    assert weigh_channel([*moved, *after[:2]], lock(10), PROFILE) is None
    assert names(weigh_channel([*moved, *after], lock(10), PROFILE)) == ["wifi.channel-fixed"]


def test_a_move_after_the_word_fails_whatever_was_said() -> None:
    assert names(weigh_channel(sightings(6, 6, 11, minutes=9), lock(1), PROFILE)) == ["wifi.channel-moved"]


def test_another_access_point_on_another_channel_is_no_move() -> None:
    both = [*sightings(6, 6, minutes=9), *sightings(11, 11, bssid=TWO, minutes=9)]
    ordered = sorted(both, key=lambda s: s.at)
    assert names(weigh_channel(ordered, lock(), PROFILE)) == ["wifi.channel-fixed"]


def test_an_announced_move_is_a_move() -> None:
    assert names(weigh_channel(air(network(announced_channel=11)).sightings, None, PROFILE)) == ["wifi.channel-moved"]
    assert weigh_channel(air(network(announced_channel=6)).sightings, None, PROFILE) is None


def test_the_quietest_of_one_six_and_eleven_is_advised_where_it_is_worth_it() -> None:
    others = [network(f"N{i}", 6, -55, f"06:00:00:00:0{i}:00") for i in range(3)]
    found = only(weigh_congestion(air(network(), *others, network("Far", 1, -80, "06:00:00:00:09:00"))))
    assert (found.code, found.evidence["best"]) == ("wifi.quieter-channel", Quantity(11, "channel"))
    assert found.evidence["on_channel"] == Quantity(3, "access points")
    assert found.evidence["free"] == ("11",)
    alone = only(weigh_congestion(air(network())))
    assert (alone.code, alone.evidence["free"]) == ("wifi.channel-quiet", ("1", "6", "11"))


def test_several_names_of_one_radio_count_once_and_the_own_radio_never() -> None:
    guest = network("Gast", rssi=-61, bssid="02:00:00:00:00:0a")
    twins = [network(f"N{i}", 6, -70 - i, f"06:00:00:00:01:0{i}") for i in range(3)]
    assert [n.ssid for n in foreign_radios(air(network(), guest, *twins))] == ["N0"]
    assert len(foreign_radios(air(network(), network("x", bssid=None), network("y", bssid=None)))) == 2


def test_a_wide_neighbour_crowds_both_of_its_halves() -> None:
    wide = network("Wide", 1, -60, TWO, width_mhz=40, secondary=1)
    assert crowding_of(5, [wide]) > 10 * crowding_of(11, [wide]) + 1e-9
    assert crowding_of(5, [wide]) == pytest.approx(1e-6 * 1.09)


class Radio:
    """A WiFi port that hears one list."""

    def __init__(self, *lists: Sequence[Bss]) -> None:
        self.lists, self.asked = list(lists), list[tuple[str, Band | None, tuple[bytes, ...]]]()

    def adapters(self) -> tuple[Adapter, ...]:
        return (Adapter("wlan9", "", "test"),)

    async def scan(self, adapter: str, band: Band | None = Band.B2_4, ssids: Sequence[bytes] = ()) -> Scan:
        self.asked.append((adapter, band, tuple(ssids)))
        return Scan(tuple(self.lists.pop(0)), "test", 1.0)


def bss(ssid: bytes = b"Garage", channel: int = 6, **more: Any) -> Bss:
    beacon = bytes([0, len(ssid)]) + ssid
    return Bss(ssid, ONE, 2407 + 5 * channel, -60, beacon, beacon, 0x401, **{"fresh": True, **more})


def run(radio: Radio, ssid: str = "", kind: InterfaceKind = InterfaceKind.ETHERNET) -> tuple[Measured, Air]:
    site = Site()
    context = site.context()
    context = replace(
        context, ssid=ssid, platform=replace(context.platform, wifi=radio), interface=replace(site.interface, kind=kind)
    )
    outcome = asyncio.run(WifiNetwork().run(context))
    (given,) = site.given
    assert isinstance(given, Air)
    return outcome, given


def test_a_run_looks_at_two_gigahertz_for_the_network_of_the_job() -> None:
    radio = Radio([bss(), bss(b"Granne", 1)])
    outcome, given = run(radio, "Garage")
    assert radio.asked == [("wlan9", Band.B2_4, ())]
    assert (names(outcome), given.ssid) == (["wifi.network-found"], "Garage")


def test_without_a_job_the_network_is_the_one_the_computer_is_on() -> None:
    radio = Radio([bss(b"Granne", 1), bss(joined=True)])
    assert run(radio, kind=InterfaceKind.WIFI)[1].ssid == "Garage"
    assert radio.asked[0][0] == "eth0"


def test_a_network_that_is_not_heard_is_asked_for_on_all_bands_and_old_rows_do_not_count() -> None:
    radio = Radio([bss(fresh=False)], [bss(hidden := b"Garage")])
    outcome, _ = run(radio, "Garage")
    assert radio.asked[1] == ("wlan9", None, (hidden,))
    assert names(outcome)[0] == "wifi.network-found"


def test_without_any_network_to_ask_about_nothing_is_measured() -> None:
    with pytest.raises(Unavailable) as caught:
        run(Radio([bss()], [bss()]))
    assert caught.value.reason is Reason.NO_LINK


def test_a_run_alone_never_passes_the_channel() -> None:
    context = replace(Site().context(), fact=lambda kind: air(network()))
    with pytest.raises(Unavailable) as caught:
        asyncio.run(WifiChannel().run(context))
    assert caught.value.reason is Reason.UNCONFIRMED
    bad = replace(context, fact=lambda kind: air(network(channel=13)))
    assert names(asyncio.run(WifiChannel().run(bad))) == ["wifi.channel-not-used"]


def test_crowding_does_not_apply_where_the_network_is_not_heard() -> None:
    context = replace(Site().context(), fact=lambda kind: air())
    assert isinstance(asyncio.run(WifiCongestion().run(context)), NotApplicable)
