"""Two visits: what counts as worse, and what is only different."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from installer_gui.certificate.content import Content
from installer_gui.domain.finding import Finding, Quantity, station
from installer_gui.domain.job import Connection, Job, Station
from installer_gui.domain.outcome import Measured, NotApplicable, NotMeasured, Outcome
from installer_gui.domain.profile import Profile
from installer_gui.domain.verdict import State
from installer_gui.support.change import Change, Direction, Kind, between
from installer_gui.support.compare import Comparison, Remark, compare
from installer_gui.support.compare_rows import NOISE_DB
from installer_gui.support.job_content import content_of

from .jobs import ACCESS_POINT, GOOD, NOW, PROFILE, at_endpoint, hostile, job, level, seen

WORSE, BETTER, CHANGED = Direction.WORSE, Direction.BETTER, Direction.CHANGED
LATER = NOW + timedelta(days=180)


def content(made: Job, later: bool = False, profile: Profile = PROFILE) -> Content:
    return content_of(made, profile, "sv", LATER if later else NOW)


def compared(old: Job, new: Job) -> Comparison:
    return compare(content(old), content(new, later=True))


def of(kind: Kind, found: Comparison) -> list[Change]:
    return [change for change in found.changes if change.kind is kind]


def test_nothing_changed_is_nothing_to_tell() -> None:
    found = compared(job(3), job(3))
    assert (found.changes, found.remarks, found.is_worse) == ((), (), False)


def test_a_blocked_port_is_an_endpoint_that_got_worse_and_so_did_the_verdict() -> None:
    found = compared(job(3), job(3, {"mqtt-hub": at_endpoint("tcp.dropped")}))
    verdict, endpoint = found.changes
    assert (verdict.kind, verdict.direction, verdict.old, verdict.new) == (Kind.VERDICT, WORSE, "passed", "failed")
    assert (endpoint.kind, endpoint.direction, endpoint.old, endpoint.new) == (Kind.ENDPOINT, WORSE, "pass", "fail")
    assert (endpoint.check, endpoint.old_faults, endpoint.new_faults) == ("mqtt-hub", (), ("tcp.dropped",))
    assert found.is_worse


def test_what_was_repaired_is_better() -> None:
    found = compared(job(3, {"mqtt-hub": at_endpoint("tcp.dropped")}), job(3))
    assert {change.direction for change in found.changes} == {BETTER}
    assert not found.is_worse


@pytest.mark.parametrize(("old", "new"), list(product(State, State)))
def test_nothing_that_is_not_known_is_ever_an_improvement(old: State, new: State) -> None:
    went = between(old, new)
    if new in (State.NOT_MEASURED, State.NOT_APPLICABLE):
        assert went is not BETTER
    if new is State.FAIL and old is not State.FAIL:
        assert went is WORSE
    if went is BETTER:
        assert between(new, old) is WORSE or old in (State.NOT_MEASURED, State.NOT_APPLICABLE)


@pytest.mark.parametrize(
    ("outcome", "direction"),
    [
        (NotMeasured("timeout"), WORSE),
        (NotApplicable("link-gateway"), WORSE),
        (seen("names.silent", server="192.168.1.1"), WORSE),
        (seen("names.unresolved"), WORSE),
    ],
)
def test_what_has_to_be_known_and_is_not_is_worse(outcome: Outcome, direction: Direction) -> None:
    found = compared(job(2), job(2, {"dns-lan": outcome}))
    (change,) = of(Kind.CHECK, found)
    assert (change.check, change.direction) == ("dns-lan", direction)


def test_what_need_not_be_known_may_be_left_out() -> None:
    clock = {"computer-clock": seen("computer.clock-offset", offset=Quantity(0.1, "s"))}
    assert not compared(job(2, clock), job(2)).is_worse
    assert not compared(job(2, clock), job(2, {"computer-clock": NotMeasured("timeout")})).is_worse


def test_one_more_remark_is_worse_and_one_less_is_better() -> None:
    one = Measured((*GOOD["wifi-network"].findings, Finding("wifi.hidden", evidence={"ssid": "x"})))  # type: ignore[union-attr]
    two = Measured((*one.findings, Finding("wifi.wide-channel", evidence={"ssid": "x"})))
    other = Measured((*GOOD["wifi-network"].findings, Finding("wifi.wide-channel", evidence={"ssid": "x"})))  # type: ignore[union-attr]

    def went(old: Outcome, new: Outcome) -> list[Direction]:
        found = compared(job(1, {"wifi-network": old}), job(1, {"wifi-network": new}))
        return [c.direction for c in of(Kind.CHECK, found)]

    assert (went(one, two), went(two, one), went(one, other)) == ([WORSE], [BETTER], [CHANGED])


def test_another_fault_at_the_same_place_is_told() -> None:
    dropped, inspected = at_endpoint("tcp.dropped"), at_endpoint("tls.intercepted", issuer="FortiGate")
    (change,) = compared(job(1, {"mqtt-hub": dropped}), job(1, {"mqtt-hub": inspected})).changes
    assert (change.direction, change.old, change.new) == (CHANGED, "fail", "fail")
    assert (change.old_faults, change.new_faults) == (("tcp.dropped",), ("tls.intercepted",))


@pytest.mark.parametrize(
    ("dbm", "direction"),
    [(-58 - NOISE_DB, WORSE), (-58 + NOISE_DB, BETTER), (-58 - NOISE_DB + 1, CHANGED), (-57, CHANGED)],
)
def test_a_level_counts_once_it_is_more_than_chance(dbm: int, direction: Direction) -> None:
    found = compared(job(1), job(1, records=[level("A1", dbm)]))
    (change,) = of(Kind.LEVEL, found)
    assert (change.subject, change.direction) == (station("A1"), direction)
    assert (change.old, change.new) == (Quantity(-58.0, "dBm"), Quantity(float(dbm), "dBm"))


def test_channels_and_access_points_are_told_station_by_station() -> None:
    found = compared(job(3), job(3, records=[level("A2", -58, 11), level("A3", -58, 6, "f8:1a:67:0c:2e:99")]))
    (channel,) = of(Kind.CHANNEL, found)
    assert (channel.subject, channel.old, channel.new, channel.direction) == (station("A2"), "6", "11", CHANGED)
    (access_point,) = of(Kind.ACCESS_POINT, found)
    assert (access_point.subject, access_point.old) == (station("A3"), ACCESS_POINT)
    assert not found.is_worse


def servers(*named: str) -> Mapping[str, Outcome]:
    return {"dhcp-server": seen("dhcp.rival-servers", servers=named, settings=("a", "b"))}


def test_a_new_dhcp_server_is_named() -> None:
    rivals = servers("192.168.1.1 (00:00:5e:00:53:01)", "192.168.1.254 (00:00:5e:00:53:99)")
    (change,) = of(Kind.DHCP_SERVERS, compared(job(1), job(1, rivals)))
    assert change.old == ("192.168.1.1 (00:00:5e:00:53:01)",)
    assert change.new == ("192.168.1.1 (00:00:5e:00:53:01)", "192.168.1.254 (00:00:5e:00:53:99)")


def test_a_router_that_was_replaced_is_seen_by_its_mac_address() -> None:
    def offer(mac: str) -> Mapping[str, Outcome]:
        return {"dhcp-server": seen("dhcp.first-offer", server="192.168.1.1", mac=mac, first=Quantity(25, "ms"))}

    found = compared(job(1, offer("00:00:5e:00:53:01")), job(1, offer("00:00:5e:00:53:02")))
    assert [change.kind for change in found.changes] == [Kind.DHCP_SERVERS]
    assert not found.is_worse


def test_no_dhcp_server_at_all_is_a_fault_and_no_change_of_servers() -> None:
    found = compared(job(1), job(1, {"dhcp-server": seen("dhcp.no-server", tries=Quantity(3, "tries"))}))
    assert of(Kind.DHCP_SERVERS, found) == []
    assert found.is_worse


def test_another_root_of_a_certificate_is_told() -> None:
    old, new = (
        at_endpoint("mqtt.answered", answer="CONNACK 5", root=root) for root in ("DigiCert G2", "Microsoft RSA 2017")
    )
    (change,) = compared(job(1, {"mqtt-hub": old}), job(1, {"mqtt-hub": new})).changes
    assert (change.kind, change.old, change.new, change.direction) == (
        Kind.ROOT,
        "DigiCert G2",
        "Microsoft RSA 2017",
        CHANGED,
    )


def test_stations_that_came_and_went_are_told_without_their_checks() -> None:
    found = compared(job(2), replace(job(3), stations=job(3).stations[1:]))
    assert [(c.kind, c.old, c.new) for c in found.changes] == [(Kind.STATION, "A1", None), (Kind.STATION, None, "A3")]


def test_a_new_station_that_fails_is_worse() -> None:
    assert compared(job(2), job(3, records=[level("A3", -85)])).is_worse
    assert not compared(job(2), job(3)).is_worse


def test_a_renamed_station_is_known_by_its_serial_number() -> None:
    renamed = replace(
        job(1), stations=(Station("P7", "Garage", "ZPR100001"),), records=(*job(0).records, level("P7", -78))
    )
    found = compared(job(1), renamed)
    (change,) = of(Kind.STATION, found)
    assert (change.old, change.new) == ("A1", "P7")
    (measured,) = of(Kind.LEVEL, found)
    assert (measured.subject, measured.direction) == (station("P7"), WORSE)


def test_a_serial_number_that_two_stations_have_proves_nothing() -> None:
    twice = replace(job(0), stations=(Station("A1", "", "ZPR100001"), Station("A2", "", "ZPR100001")))
    found = compare(content(twice), content(replace(twice, stations=(Station("B1", "", "ZPR100001"),))))
    assert {(c.old, c.new) for c in of(Kind.STATION, found)} == {("A1", None), ("A2", None), (None, "B1")}


def test_another_connection_network_and_profile_are_told() -> None:
    other = replace(PROFILE, version="2027.1", sha256="other")
    old = content(job(1))
    new = content(replace(job(1), ssid="Ny", connection=Connection.PLC), later=True, profile=other)
    found = compare(old, new)
    assert [
        (c.kind, c.old, c.new) for c in found.changes if c.kind in (Kind.PROFILE, Kind.CONNECTION, Kind.NETWORK)
    ] == [
        (Kind.PROFILE, "zaptec-pro 2026.11", "zaptec-pro 2027.1"),
        (Kind.CONNECTION, "wifi", "plc"),
        (Kind.NETWORK, "Laddnät-Ö", "Ny"),
    ]
    assert found.remarks == (Remark.OTHER_PROFILE,)


def test_what_may_not_be_comparable_is_remarked() -> None:
    elsewhere = replace(job(1), site=replace(job(1).site, name="Brf Månen"), demo="garage")
    assert compare(content(job(1), later=True), content(elsewhere)).remarks == (
        Remark.OTHER_SITE,
        Remark.OLDER,
        Remark.SIMULATED,
    )


def test_an_outdated_measurement_is_none() -> None:
    made = job(1)
    old = replace(made, records=tuple(replace(r, outdated=r.check == "dns-lan") for r in made.records))
    (change,) = of(Kind.CHECK, compared(made, old))
    assert (change.new, change.direction) == ("not-measured", WORSE)


@given(st.text(max_size=30))
@settings(deadline=None)
def test_any_names_can_be_compared(text: str) -> None:
    compared(hostile(text), job(2))
    compared(job(2), hostile(text))


def test_two_hundred_stations_are_compared_at_once() -> None:
    old, new = content(job(200)), content(job(200, records=[level(f"A{i}", -80, 11) for i in range(1, 201)]))
    started = time.perf_counter()
    found = compare(old, new)
    assert time.perf_counter() - started < 1
    assert len(of(Kind.LEVEL, found)) == len(of(Kind.CHANNEL, found)) == 200


def test_the_order_is_the_same_in_every_process() -> None:
    root = Path(__file__).parents[2]
    program = (
        f"import sys; sys.path[:0] = [{str(root)!r}, {str(Path(__file__).parent)!r}]\n"
        "from jobs import *\n"
        "from installer_gui.support.compare import compare\n"
        "from installer_gui.support.job_content import content_of\n"
        "new = job(9, {'mqtt-hub': at_endpoint('tcp.dropped')}, [level(f'A{i}', -80, 11) for i in range(1, 9)])\n"
        "found = compare(*(content_of(made, PROFILE, 'sv', NOW) for made in (job(9), new)))\n"
        "print([(c.kind.value, c.check, c.subject.name) for c in found.changes])"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(told) == 1
