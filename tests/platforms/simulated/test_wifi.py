import asyncio
import time
from collections import Counter

import pytest

from installer_gui.domain.wifi import Band, Security
from installer_gui.platforms.simulated import air, wifi
from installer_gui.platforms.simulated.sites import SITES
from installer_gui.platforms.simulated.wifi import PlayedWiFi
from installer_gui.protocols import ieee80211

OWN = "Laddning"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(wifi, "SWEEP_S", 0.0)


def sweep(radio, band=Band.B2_4):
    (adapter,) = radio.adapters()
    return ieee80211.networks(asyncio.run(radio.scan(adapter.name, band)).found)


def own(networks):
    return next(n.rssi_dbm for n in networks if n.ssid == OWN and n.band is Band.B2_4)


def test_several_networks_share_the_channels_and_the_sites_own_fits_a_station():
    networks = sweep(PlayedWiFi((-60,)))
    assert {n.band for n in networks} == {Band.B2_4}
    assert max(Counter(n.channel for n in networks).values()) >= 3
    (site,) = [n for n in networks if n.ssid == OWN]
    assert (site.channel, site.width_mhz, site.standards) == (6, 20, ("b", "g", "n"))
    assert site.security == (Security.WPA2,)
    assert site.fresh
    assert [n.ssid for n in networks if n.joined] == [OWN]
    assert {Security.OPEN, Security.WPA2, Security.WPA3} == {s for n in networks for s in n.security}


def test_all_bands_hold_more_than_one():
    assert {n.band for n in sweep(PlayedWiFi((-60,)), None)} == {Band.B2_4, Band.B5}


def test_the_same_sweep_at_the_same_place_always_hears_the_same():
    assert sweep(PlayedWiFi((-60,))) == sweep(PlayedWiFi((-60,)))


def test_levels_waver_from_sweep_to_sweep_but_stay_near():
    radio = PlayedWiFi((-60,))
    levels = {own(sweep(radio)) for _ in range(20)}
    assert len(levels) > 1
    assert all(abs(level + 60) <= 4 for level in levels)


def test_the_weak_site_has_two_places_below_the_limit_and_the_healthy_one_none():
    def weak(site):
        levels = SITES[site].levels
        return [place for place in range(len(levels)) if own(sweep(PlayedWiFi(levels, place))) < -75]

    assert weak("weak-wifi") == [3, 8]
    assert weak("healthy") == []


def test_a_pause_after_a_measurement_is_the_way_to_the_next_place(monkeypatch):
    radio = PlayedWiFi((-50, -70))
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now)
    first = [own(sweep(radio)) for _ in range(5)]
    now += 10
    second = [own(sweep(radio)) for _ in range(5)]
    assert all(level > -60 for level in first)
    assert all(level < -60 for level in second)


def test_a_pause_before_enough_sweeps_is_only_a_pause(monkeypatch):
    radio = PlayedWiFi((-50, -70))
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now)
    sweep(radio)
    now += 10
    assert own(sweep(radio)) > -60


def test_every_access_point_has_an_address_of_its_own():
    assert len({point.bssid for point in air.ACCESS_POINTS}) == len(air.ACCESS_POINTS)
