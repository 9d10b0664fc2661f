"""Time servers, and whose clock is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from installer_gui.checks.computer_clock import ComputerClock
from installer_gui.checks.facts import NetworkTime, ServerDate
from installer_gui.checks.ntp_servers import NtpServers
from installer_gui.domain.finding import Quantity
from installer_gui.domain.names import NameStatus
from installer_gui.domain.outcome import NotApplicable
from installer_gui.domain.timesync import TimeFailure, TimeFault

from .fakes import HOSTS, POOL, POOL_ADDRESSES, ROUTER, Site, bad, codes, found, run

CHECK, CLOCK = NtpServers(POOL), ComputerClock()
ONE, TWO, THREE, FOUR = POOL_ADDRESSES


def dates(offset_s: float = 0.0) -> tuple[ServerDate, ...]:
    return tuple(ServerDate(e.host, offset_s) for e in HOSTS)


def site(answers: dict[str, Any] | Any = None, date_s: float | None = 0.0) -> Site:
    made = Site(told=() if date_s is None else dates(date_s))
    made.timesync.answers = answers if isinstance(answers, dict) else dict.fromkeys(POOL_ADDRESSES, answers or 0.01)
    return made


def test_time_servers_that_agree_with_the_web_hosts_are_good() -> None:
    assert codes(CHECK, site()) == {"time.right": "ok", "time.servers-agree": "ok"}


def test_every_address_is_asked_and_none_more_than_four_times() -> None:
    made = site({ONE: [TimeFault.TIMEOUT, 0.01]})
    run(CHECK, made)
    counts = {a: sum(asked == a for asked, _ in made.timesync.asked) for a in POOL_ADDRESSES}
    assert min(counts.values()) >= 1
    assert max(counts.values()) <= 4
    assert sorted(counts.values())[:2] == [1, 1] or counts[ONE] == 2


def test_the_offset_is_handed_on() -> None:
    made = site(7.0)
    run(CHECK, made)
    assert made.given == [NetworkTime(7.0, 30.0)]


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (TimeFault.TIMEOUT, "time.server-silent"),
        (TimeFault.UNREACHABLE, "time.server-closed"),
        (TimeFault.PORT_CLOSED, "time.server-closed"),
        (TimeFailure("", TimeFault.KISS, "RATE"), "time.server-says-wait"),
        (TimeFailure("", TimeFault.KISS, "DENY"), "time.server-turns-away"),
        (TimeFault.UNSYNCHRONISED, "time.server-unsynchronised"),
        (TimeFault.SPOOFED, "time.server-invalid"),
        (TimeFault.MALFORMED, "time.server-invalid"),
        (TimeFault.DISTANT, "time.server-distant"),
    ],
)
def test_one_useless_server_of_four_is_a_remark(fault: Any, code: str) -> None:
    assert bad(CHECK, site({TWO: fault})) == {code: "warning"}


@pytest.mark.parametrize("fault", [TimeFault.TIMEOUT, TimeFault.PORT_CLOSED, TimeFault.UNREACHABLE])
def test_when_none_answers_the_way_is_blocked(fault: TimeFault) -> None:
    made = site(fault)
    assert bad(CHECK, made) == {"time.blocked": "failure"}
    assert made.given == []


@pytest.mark.parametrize(
    "fault", [TimeFault.UNSYNCHRONISED, TimeFault.SPOOFED, TimeFault.MALFORMED, TimeFault.DISTANT, TimeFault.KISS]
)
def test_answers_of_which_none_is_valid_fail(fault: TimeFault) -> None:
    made = site(fault)
    assert bad(CHECK, made)["time.none-valid"] == "failure"
    assert made.given == []


def test_one_invalid_answer_among_silence_is_no_blockade() -> None:
    made = site({**dict.fromkeys(POOL_ADDRESSES, TimeFault.TIMEOUT), TWO: TimeFault.UNSYNCHRONISED})
    assert bad(CHECK, made)["time.none-valid"] == "failure"
    assert "time.blocked" not in bad(CHECK, made)


def test_a_lost_packet_is_no_dead_server() -> None:
    assert bad(CHECK, site({a: [TimeFault.TIMEOUT, 0.01] for a in POOL_ADDRESSES})) == {}


def test_a_firewall_that_wants_source_port_123_is_a_remark() -> None:
    made = site()
    made.timesync.only_from_123 = True
    assert bad(CHECK, made) == {"time.only-source-port-123": "warning"}


def test_port_123_is_not_tried_at_every_address_of_a_dead_line() -> None:
    made = site(TimeFault.TIMEOUT)
    run(CHECK, made)
    assert sum(from_123 for _, from_123 in made.timesync.asked) == 2


def test_without_rights_for_port_123_silence_stays_a_blockade() -> None:
    made = site()
    made.timesync.only_from_123, made.timesync.may_123 = True, False
    assert bad(CHECK, made) == {"time.blocked": "failure"}


def test_port_123_is_not_used_while_an_ordinary_question_is_answered() -> None:
    made = site({TWO: TimeFault.TIMEOUT})
    run(CHECK, made)
    assert not any(from_123 for _, from_123 in made.timesync.asked)


def test_one_server_against_the_others_is_a_remark() -> None:
    made = site({TWO: 60.0})
    assert bad(CHECK, made) == {"time.server-off": "warning"}
    assert found(CHECK, made)["time.server-off"].subject.name == TWO


def test_the_web_hosts_say_which_servers_are_off_also_where_most_are() -> None:
    made = site({ONE: 0.0, TWO: 86400.0, THREE: 86400.0, FOUR: 86400.0})
    off = [f for f in run(CHECK, made).findings if f.code == "time.server-off"]  # type: ignore[union-attr]
    assert [f.subject.name for f in off] == [TWO, THREE, FOUR]
    assert bad(CHECK, made)["time.wrong"] == "failure"


def test_as_many_wrong_servers_as_right_ones_fail() -> None:
    made = site({ONE: 0.0, TWO: 86400.0, THREE: 0.0, FOUR: 86400.0})
    assert found(CHECK, made)["time.wrong"].evidence["offset"] == Quantity(86400.0, "s")
    assert set(bad(CHECK, made)) == {"time.wrong", "time.server-off"}


@pytest.mark.parametrize(("apart", "expected"), [(1.0, {}), (1.1, {"time.servers-apart": "warning"})])
def test_the_spread_is_judged_by_the_profile(apart: float, expected: dict[str, str]) -> None:
    assert bad(CHECK, site({ONE: 0.0, TWO: 0.0, THREE: 0.0, FOUR: apart})) == expected


def test_servers_that_all_tell_the_same_wrong_time_fail() -> None:
    assert bad(CHECK, site(3600.0)) == {"time.wrong": "failure"}


def test_two_servers_of_which_one_must_be_wrong_do_not_pass() -> None:
    made = site({ONE: 0.0, TWO: 3600.0})
    made.names.answers[POOL.host] = (ONE, TWO)
    assert bad(CHECK, made)["time.wrong"] == "failure"


def test_a_wrong_computer_clock_does_not_fail_the_time_servers() -> None:
    assert bad(CHECK, site(3600.0, date_s=3600.4)) == {}


def test_without_a_web_host_the_computer_may_confirm_but_not_accuse() -> None:
    assert codes(CHECK, site(0.2, date_s=None)) == {"time.as-this-computer": "ok", "time.servers-agree": "ok"}
    assert bad(CHECK, site(3600.0, date_s=None)) == {"time.unconfirmed": "warning"}


def test_one_odd_date_among_three_does_not_accuse_the_time_servers() -> None:
    made = site()
    made.told = (*dates()[:2], ServerDate("odd", 900.0))
    assert bad(CHECK, made) == {}


def test_a_name_that_nobody_knows_cannot_be_asked() -> None:
    made = site()
    made.names.answers[POOL.host] = NameStatus.SERVFAIL
    assert run(CHECK, made) == NotApplicable("dns-lan")


def test_the_sites_own_time_server_is_the_one_that_counts() -> None:
    made = site({"192.168.50.1": TimeFault.TIMEOUT})
    made.names.answers[ROUTER, POOL.host] = ("192.168.50.1",)
    assert bad(CHECK, made) == {"time.blocked": "failure"}


def clock(*told: Any) -> Site:
    return Site(told=told)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ((NetworkTime(0.1, 30), *dates()), {}),
        ((NetworkTime(60.0, 30), *dates(60)), {}),
        ((NetworkTime(61.0, 30), *dates(61)), {"computer.clock-wrong": "warning"}),
        ((NetworkTime(-3.2e7, 30), *dates(-3.2e7)), {"computer.clock-wrong": "warning"}),
        ((NetworkTime(3600.0, 30), *dates()), {}),  # then the time servers are wrong
        (dates(3600), {"computer.clock-wrong": "warning"}),
        ((NetworkTime(3600.0, 30),), {"computer.clock-wrong": "warning"}),
        ((NetworkTime(0.0, 30), *dates(3600)), {"computer.clock-wrong": "warning"}),
    ],
)
def test_the_computers_clock_is_judged_by_whoever_can_tell(told: Any, expected: dict[str, str]) -> None:
    assert bad(CLOCK, clock(*told)) == expected


def test_a_clock_that_nothing_can_be_compared_with_is_not_called_right() -> None:
    assert run(CLOCK, clock()) == NotApplicable("ntp-servers")


def test_the_finding_says_which_way_the_clock_is_off() -> None:
    assert found(CLOCK, clock(NetworkTime(90.0, 30)))["computer.clock-wrong"].evidence["direction"] == "behind"
    assert found(CLOCK, clock(NetworkTime(-90.0, 30)))["computer.clock-wrong"].evidence["direction"] == "ahead"
