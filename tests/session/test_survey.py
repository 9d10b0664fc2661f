"""Measuring at a station: which samples count, and what comes of them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from installer_gui import profiles
from installer_gui.domain.outcome import Measured
from installer_gui.domain.survey import nearest_rank
from installer_gui.domain.verdict import weigh
from installer_gui.domain.wifi import Band, Bss
from installer_gui.ports.unavailable import Reason, Unavailable
from installer_gui.ports.wifi import Adapter, Scan
from installer_gui.session import plan
from installer_gui.session.survey import Survey, Sweep, measure, record

PROFILE = profiles.load("zaptec-pro")
GARAGE, ONE, TWO = b"Garage-2G", "02:00:00:00:00:01", "02:00:00:00:00:02"


def element(kind: int, body: bytes) -> bytes:
    return bytes([kind, len(body)]) + body


def bss(
    dbm: int,
    channel: int = 6,
    bssid: str | None = ONE,
    ssid: bytes = GARAGE,
    *,
    hidden: bool = False,
    fresh: bool = True,
    age: float = 0.1,
    moving_to: int = 0,
    estimate: bool = False,
    mhz: int = 0,
) -> Bss:
    beacon = element(0, b"" if hidden else ssid) + element(3, bytes([channel]))
    if moving_to:
        beacon += element(37, bytes([0, moving_to, 5]))
    frequency = mhz or 2407 + 5 * channel
    return Bss(ssid, bssid, frequency, dbm, b"", beacon, 0x411, age, fresh, estimate)


class Air:
    """A radio that hears one list after another, the last one for ever; None is a sweep that could not be made."""

    def __init__(self, *sweeps: Sequence[Bss] | None) -> None:
        self.sweeps, self.asked = list(sweeps), list[tuple[bytes, ...]]()

    def adapters(self) -> tuple[Adapter, ...]:
        return (Adapter("wlan0", "", "test"),)

    async def scan(self, adapter: str, band: Band | None = Band.B2_4, ssids: Sequence[bytes] = ()) -> Scan:
        assert band is Band.B2_4
        self.asked.append(tuple(ssids))
        heard = self.sweeps.pop(0) if len(self.sweeps) > 1 else self.sweeps[0]
        if heard is None:
            raise Unavailable(Reason.BUSY)
        return Scan(tuple(heard), "test", 0.9)


def survey(air: Air, emitted: list[Sweep] | None = None, samples: int | None = None) -> Survey:
    told: list[Sweep] = [] if emitted is None else emitted
    return asyncio.run(measure(air, "wlan0", GARAGE, PROFILE, told.append, samples))


def levels(found: Survey) -> list[int | None]:
    return [s.rssi_dbm for s in found.samples]


def code(found: Survey) -> str:
    made = record(found, "A1", datetime.now().astimezone())
    assert isinstance(made.outcome, Measured)
    (finding,) = made.outcome.findings
    return weigh(finding, plan.rules(PROFILE), PROFILE).code.name


def test_five_fresh_sweeps_give_the_lowest_of_five_as_p20() -> None:
    air = Air(*([bss(level)] for level in (-71, -74, -70, -72, -73)))
    found = survey(air)
    assert (found.p20_dbm, found.median_dbm, found.min_dbm, found.max_dbm, found.missing) == (-74, -72, -74, -70, 0)
    assert (found.bssid, found.channel, found.channels_seen, found.backend) == (ONE, 6, (6,), "test")
    assert len(air.asked) == 5


def test_a_miss_is_looked_at_once_more_before_it_counts() -> None:
    air = Air([bss(-60)], [], [bss(-61)], [bss(-60)], [bss(-60)], [bss(-60)])
    found = survey(air)
    assert levels(found) == [-60, -61, -60, -60, -60]
    assert len(air.asked) == 6


def test_after_one_miss_there_are_ten_samples_and_it_is_forgiven() -> None:
    air = Air([bss(-60)], [], [], *([[bss(-62)]] * 8))
    found = survey(air)
    assert (len(found.samples), found.missing, found.p20_dbm, found.median_dbm) == (10, 1, -62, -62)


def test_two_misses_in_ten_leave_no_level_and_fail() -> None:
    air = Air([bss(-60)], [], [], [], [], *([[bss(-62)]] * 7))
    found = survey(air)
    assert (len(found.samples), found.missing, found.p20_dbm) == (10, 2, None)
    assert (found.min_dbm, found.max_dbm) == (-62, -60)
    assert code(found) == "wifi.signal-lost"


def test_a_network_that_is_never_heard_is_a_measured_failure() -> None:
    found = survey(Air([bss(-50, ssid=b"Granne")]))
    assert (levels(found), found.bssid, found.channel, found.p20_dbm) == ([None] * 5, None, None, None)
    assert code(found) == "wifi.not-heard"
    assert [n.ssid for n in found.networks] == ["Granne"]


def test_old_rows_of_the_place_before_are_never_used() -> None:
    found = survey(Air([bss(-40, fresh=False, age=12.0)]))
    assert levels(found) == [None] * 5


def test_a_sweep_that_could_not_be_made_is_no_sample() -> None:
    with pytest.raises(Unavailable) as caught:
        survey(Air([bss(-60)], [bss(-60)], None))
    assert caught.value.reason is Reason.BUSY


def test_estimated_levels_are_not_a_measurement() -> None:
    with pytest.raises(Unavailable) as caught:
        survey(Air([bss(-60, estimate=True)]))
    assert caught.value.reason is Reason.UNSUPPORTED


def test_the_same_name_on_five_gigahertz_never_counts() -> None:
    assert survey(Air([bss(-40, mhz=5180, bssid=TWO), bss(-80)])).p20_dbm == -80


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (-70, "wifi.signal-good"),
        (-71, "wifi.signal-near-limit"),
        (-75, "wifi.signal-near-limit"),
        (-76, "wifi.signal-weak"),
    ],
)
def test_the_profiles_limits_decide(level: int, expected: str) -> None:
    assert code(survey(Air([bss(level)]))) == expected


def test_the_access_point_with_the_best_median_is_judged() -> None:
    found = survey(Air([bss(-66, bssid=ONE), bss(-60, 11, TWO)]))
    assert (found.bssid, found.channel, found.channels_seen) == (TWO, 11, (11,))
    assert {str(s) for s in found.sightings} == {f"{ONE} 6", f"{TWO} 11"}


def test_a_far_access_point_that_flickers_costs_no_second_looks_and_is_not_judged() -> None:
    steady, strong_but_rare = bss(-72), bss(-50, 11, TWO)
    air = Air([steady], [steady], [steady, strong_but_rare], [steady], [steady])
    found = survey(air)
    assert (found.bssid, len(air.asked)) == (ONE, 5)


def test_a_move_to_another_channel_while_measuring_is_seen() -> None:
    air = Air([bss(-60)], [bss(-60, age=0.9), bss(-61, 11, age=0.1)], [bss(-60, fresh=False), bss(-61, 11)])
    found = survey(air)
    assert levels(found) == [-60, -61, -61, -61, -61]
    assert (found.channel, found.channels_seen) == (11, (6, 11))


def test_an_announced_move_is_kept() -> None:
    found = survey(Air([bss(-60, moving_to=11)], [bss(-60)]))
    assert found.channels_seen == (6,)
    assert [str(s) for s in found.sightings] == [f"{ONE} 6", f"{ONE} 11"]
    assert len(survey(Air([bss(-60, moving_to=6)])).sightings) == 1


def test_a_network_is_asked_for_by_name_only_when_it_hides_it() -> None:
    shown, hidden = Air([bss(-60)]), Air([], [bss(-60, hidden=True)])
    assert survey(shown).missing == 0
    assert set(shown.asked) == {()}
    assert survey(hidden).missing == 0
    assert hidden.asked[:2] == [(), (GARAGE,)]
    assert set(hidden.asked[1:]) == {(GARAGE,)}


def test_an_access_point_that_was_named_once_is_known_without_its_name() -> None:
    nameless = bss(-64, ssid=b"", hidden=True)
    found = survey(Air([bss(-60, hidden=True)], [nameless]))
    assert levels(found) == [-60, -64, -64, -64, -64]
    assert levels(survey(Air([nameless]))) == [None] * 5


def test_every_sample_is_told_while_it_is_made() -> None:
    told: list[Sweep] = []
    survey(Air([bss(-60)], [], [], [bss(-61), bss(-80, ssid=b"Granne", bssid=TWO)]), told)
    assert [s.number for s in told] == list(range(1, 11))
    assert [s.of for s in told][:3] == [5, 10, 10]
    assert [s.rssi_dbm for s in told][:3] == [-60, None, -61]
    assert len(told[-1].networks) == 2


def test_more_samples_can_be_asked_for_but_not_fewer_than_the_profile_wants() -> None:
    assert len(survey(Air([bss(-60)]), samples=8).samples) == 8
    assert len(survey(Air([bss(-60)]), samples=2).samples) == 5


def test_the_record_holds_what_the_certificate_prints() -> None:
    found = survey(Air([bss(-60)], [], [], *([[bss(-62)]] * 8)))
    made = record(found, "A1", datetime.now().astimezone(), "Linux")
    assert (made.check, made.subject.name, made.interface, made.backend) == ("wifi-signal", "A1", "wlan0", "test")
    assert isinstance(made.outcome, Measured)
    evidence = made.outcome.findings[0].evidence
    assert {"p20", "median", "min", "max", "samples", "scans", "missing", "bssid", "channel", "ssid"} <= evidence.keys()


@given(st.lists(st.none() | st.integers(-110, -20), min_size=1, max_size=40), st.integers(1, 100))
def test_the_nearest_rank_is_one_of_the_samples_with_missed_ones_below_all(
    samples: list[int | None], percent: int
) -> None:
    found = nearest_rank(samples, percent)
    assert found in samples
    at_or_below = sum(s is None or (found is not None and s <= found) for s in samples)
    assert at_or_below >= percent / 100 * len(samples)
    if found is None:
        assert samples.count(None) >= percent / 100 * len(samples) - 1


@given(st.lists(st.integers(-95, -40), min_size=5, max_size=5))
def test_any_five_readings_keep_their_order(readings: list[int]) -> None:
    found = survey(Air(*([bss(level)] for level in readings)))
    assert levels(found) == readings
    assert (found.p20_dbm, found.median_dbm) == (min(readings), median(readings))
