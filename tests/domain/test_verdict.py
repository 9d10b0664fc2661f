"""Every way in which a site that was not proved good might still be called good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from installer_gui.domain.check import Area, CheckInfo, Expected, Rules
from installer_gui.domain.finding import Code, Finding, Quantity, Scale, Severity, Value, station
from installer_gui.domain.outcome import Broken, Measured, NotApplicable, NotMeasured, Outcome
from installer_gui.domain.profile import Better, Limit, Profile
from installer_gui.domain.record import Record
from installer_gui.domain.verdict import UNKNOWN, Judgement, State, Verdict, judge, weigh

GOOD = Code("names.good", 1, Severity.OK)
SLOW = Code("names.slow", 2, Severity.WARNING)
DEAD = Code("names.dead", 3, Severity.FAILURE)
NOTE = Code("names.note", 4, Severity.INFO)
STRONG, FAIR, WEAK = Code("s.ok", 5, Severity.OK), Code("s.w", 6, Severity.WARNING), Code("s.f", 7, Severity.FAILURE)
LEVEL = Scale("signal.level", "p20", "wifi-signal", STRONG, WEAK, FAIR)
OFF = Scale("time.off", "off", "ntp-offset", GOOD, DEAD)

RULES = Rules(
    (
        CheckInfo("dns-lan", Area.DNS, (GOOD, SLOW, DEAD, NOTE)),
        CheckInfo("dns-public", Area.DNS),
        CheckInfo("dns-honesty", Area.DNS),
        CheckInfo("ntp-servers", Area.NTP, scales=(OFF,)),
        CheckInfo("wifi-signal", Area.WIFI, scales=(LEVEL,)),
    )
)
PROFILE = Profile(
    id="p",
    name="P",
    version="1",
    date=date(2026, 1, 1),
    sources=(),
    public_resolvers=(),
    portal_probe="",
    endpoints=(),
    limits={
        "wifi-signal": Limit(Better.HIGH, -70, "dBm", "s", -75),
        "ntp-offset": Limit(Better.LOW, 5, "s", "s"),
    },
    values={},
    required={},
    serial_prefixes=(),
)
NOW = datetime(2026, 11, 22, tzinfo=UTC)
DNS = Expected("dns-lan")


def saw(*codes: Code | str, **evidence: Value) -> Measured:
    return Measured(tuple(Finding(c if isinstance(c, str) else c.name, evidence=evidence) for c in codes))


def record(outcome: Outcome, check: str = "dns-lan") -> Record:
    return Record(check, NOW, 0.1, outcome)


def judged(*records: Record, expected: tuple[Expected, ...] = (DNS,)) -> Judgement:
    return judge(records, expected, RULES, PROFILE)


@pytest.mark.parametrize(
    ("codes", "verdict", "area"),
    [
        ((GOOD,), Verdict.PASSED, State.PASS),
        ((GOOD, NOTE), Verdict.PASSED, State.PASS),
        ((GOOD, SLOW), Verdict.PASSED_WITH_REMARKS, State.WARN),
        ((GOOD, SLOW, DEAD), Verdict.FAILED, State.FAIL),
    ],
)
def test_the_worst_finding_decides(codes: tuple[Code, ...], verdict: Verdict, area: State) -> None:
    judgement = judged(record(saw(*codes)))
    assert (judgement.verdict, judgement.areas) == (verdict, {Area.DNS: area})


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        (NotMeasured("needs-privilege"), "needs-privilege"),
        (NotMeasured("skipped"), "skipped"),
        (NotApplicable("dhcp-server"), "dhcp-server"),
        (Broken("12ab"), "broken"),
        (Measured(()), "nothing-seen"),
        (saw("names.from-a-later-version"), "unknown-finding"),
        (saw(GOOD, "names.from-a-later-version"), "unknown-finding"),
    ],
)
def test_a_required_check_that_proved_nothing_makes_the_site_incomplete(outcome: Outcome, reason: str) -> None:
    judgement = judged(record(outcome))
    assert judgement.verdict is Verdict.INCOMPLETE
    assert judgement.areas[Area.DNS] in (State.NOT_MEASURED, State.NOT_APPLICABLE)
    assert judgement.results[0].reason == reason


@pytest.mark.parametrize("told", [GOOD, SLOW, DEAD])
def test_what_was_told_without_looking_is_shown_and_counts_for_nothing(told: Code) -> None:
    judgement = judged(record(NotMeasured("needs-privilege", findings=saw(told).findings)))
    assert (judgement.verdict, judgement.areas[Area.DNS]) == (Verdict.INCOMPLETE, State.NOT_MEASURED)
    assert [judged.code for judged in judgement.results[0].findings] == [told]
    assert judgement.results[0].reason == "needs-privilege"


def test_what_passed_has_no_reason_for_not_counting() -> None:
    assert judged(record(saw(GOOD))).results[0].reason is None


def test_a_check_that_was_never_run_makes_the_site_incomplete() -> None:
    judgement = judged()
    assert (judgement.verdict, judgement.results[0].reason) == (Verdict.INCOMPLETE, "not-run")


def test_nothing_measured_and_nothing_required_is_no_pass() -> None:
    assert judged(expected=()).verdict is Verdict.INCOMPLETE


def test_what_was_measured_but_not_required_cannot_pass_a_site() -> None:
    assert judged(record(saw(GOOD)), expected=()).verdict is Verdict.INCOMPLETE


def test_an_outdated_record_counts_as_not_measured() -> None:
    judgement = judged(replace(record(saw(GOOD)), outdated=True))
    assert (judgement.verdict, judgement.results[0].reason) == (Verdict.INCOMPLETE, "outdated")


def test_an_outdated_failure_is_not_held_against_the_site_either() -> None:
    judgement = judged(replace(record(saw(DEAD)), outdated=True))
    assert (judgement.verdict, judgement.areas[Area.DNS]) == (Verdict.INCOMPLETE, State.NOT_MEASURED)


def test_the_newest_record_counts_whichever_way_it_went() -> None:
    good, bad = record(saw(GOOD)), record(saw(DEAD))
    assert judged(good, bad).verdict is Verdict.FAILED
    assert judged(bad, good).verdict is Verdict.PASSED
    assert judged(good, record(NotMeasured("timeout"))).verdict is Verdict.INCOMPLETE


def test_a_required_check_that_this_version_does_not_have_is_never_passed_over() -> None:
    judgement = judged(record(saw(GOOD)), expected=(DNS, Expected("dns-over-carrier-pigeon")))
    assert judgement.verdict is Verdict.INCOMPLETE
    assert "dns-over-carrier-pigeon" in {r.info.id for r in judgement.results}


def test_a_record_of_a_check_that_this_version_does_not_have_is_shown_and_helps_nothing() -> None:
    judgement = judged(record(saw(GOOD)), record(saw(GOOD, "later"), "later-check"))
    assert judgement.verdict is Verdict.INCOMPLETE


@pytest.mark.parametrize("outcome", [saw(DEAD), saw("later", DEAD), saw(DEAD, "later")])
def test_a_failure_that_nobody_required_to_look_for_fails_the_site(outcome: Measured) -> None:
    assert judged(record(saw(GOOD)), record(outcome, "dns-honesty")).verdict is Verdict.FAILED


def test_a_warning_that_nobody_required_to_look_for_is_a_remark() -> None:
    judgement = judged(record(saw(GOOD)), record(saw(SLOW), "dns-honesty"))
    assert judgement.verdict is Verdict.PASSED_WITH_REMARKS


@pytest.mark.parametrize("outcome", [NotMeasured("timeout"), Broken("x"), NotApplicable("dns-lan"), Measured(())])
def test_a_check_that_nobody_required_may_stay_unmeasured(outcome: Outcome) -> None:
    assert judged(record(saw(GOOD)), record(outcome, "dns-honesty")).verdict is Verdict.PASSED


def test_something_seen_that_cannot_be_weighed_may_not_be_passed_over_even_where_it_was_not_required() -> None:
    assert judged(record(saw(GOOD)), record(saw("later"), "dns-honesty")).verdict is Verdict.INCOMPLETE


@pytest.mark.parametrize(
    ("evidence", "code"),
    [
        ({"p20": Quantity(-70, "dBm")}, STRONG),
        ({"p20": Quantity(-70.1, "dBm")}, FAIR),
        ({"p20": Quantity(-75, "dBm")}, FAIR),
        ({"p20": Quantity(-75.1, "dBm")}, WEAK),
        ({}, UNKNOWN),
        ({"p20": "-60"}, UNKNOWN),
        ({"p20": Quantity(-60, "mW")}, UNKNOWN),
        ({"median": Quantity(-60, "dBm")}, UNKNOWN),
    ],
)
def test_the_profile_turns_a_number_into_a_code_and_anything_else_into_none(
    evidence: Mapping[str, Value], code: Code
) -> None:
    assert weigh(Finding("signal.level", evidence=evidence), RULES, PROFILE).code is code


def test_a_number_that_has_no_limit_in_the_profile_is_not_weighed() -> None:
    finding = Finding("signal.level", evidence={"p20": Quantity(-20, "dBm")})
    assert weigh(finding, RULES, replace(PROFILE, limits={})).code is UNKNOWN


@pytest.mark.parametrize(("seconds", "code"), [(5, GOOD), (5.001, DEAD)])
def test_where_nothing_lies_between_good_and_bad_the_limit_itself_is_good(seconds: float, code: Code) -> None:
    assert weigh(Finding("time.off", evidence={"off": Quantity(seconds, "s")}), RULES, PROFILE).code is code


def test_one_station_that_was_not_measured_keeps_the_site_from_passing() -> None:
    wanted = tuple(Expected("wifi-signal", station(name)) for name in ("A1", "A2"))
    level = saw("signal.level", p20=Quantity(-60, "dBm"))
    first = replace(record(level, "wifi-signal"), subject=station("A1"))
    assert judged(first, expected=wanted).verdict is Verdict.INCOMPLETE
    assert judged(first, replace(first, subject=station("A2")), expected=wanted).verdict is Verdict.PASSED


def test_the_computers_own_level_is_not_a_stations() -> None:
    level = record(saw("signal.level", p20=Quantity(-60, "dBm")), "wifi-signal")
    assert judged(level, expected=(Expected("wifi-signal", station("A1")),)).verdict is Verdict.INCOMPLETE


def test_an_area_of_which_a_part_could_not_be_tried_was_not_tried() -> None:
    good, untried = record(saw(GOOD)), record(NotApplicable("link-gateway"), "dns-public")
    judgement = judged(good, untried, expected=(DNS, Expected("dns-public")))
    assert (judgement.verdict, judgement.areas[Area.DNS]) == (Verdict.INCOMPLETE, State.NOT_MEASURED)


def test_a_failure_in_an_area_outweighs_what_could_not_be_tried_there() -> None:
    judgement = judged(
        record(saw(DEAD)), record(NotApplicable("dns-lan"), "dns-public"), expected=(DNS, Expected("dns-public"))
    )
    assert judgement.areas[Area.DNS] is State.FAIL


def test_an_area_of_which_nothing_could_be_tried_says_so() -> None:
    assert judged(record(NotApplicable("link-gateway"))).areas[Area.DNS] is State.NOT_APPLICABLE


def test_results_of_an_area_stand_in_the_order_of_the_checks_also_where_some_were_not_required() -> None:
    records = [record(saw(GOOD), name) for name in ("dns-honesty", "dns-public", "dns-lan")]
    judgement = judged(*records, expected=(Expected("dns-public"),))
    assert [r.info.id for r in judgement.results] == ["dns-lan", "dns-public", "dns-honesty"]


def test_results_stand_in_the_order_of_the_areas() -> None:
    judgement = judged(record(saw(GOOD)), expected=(Expected("wifi-signal"), Expected("ntp-servers"), DNS))
    assert [r.info.area for r in judgement.results] == [Area.DNS, Area.NTP, Area.WIFI]


codes = st.sampled_from(["names.good", "names.slow", "names.dead", "names.note", "unheard-of"])
any_outcome: st.SearchStrategy[Outcome] = st.one_of(
    st.lists(codes, max_size=3).map(lambda names: saw(*names)),
    st.builds(NotMeasured, st.sampled_from(["skipped", "timeout", "no-link"])),
    st.builds(NotApplicable, st.just("link-gateway")),
    st.builds(Broken, st.just("1")),
)
any_record = st.builds(
    Record, st.sampled_from(["dns-lan", "dns-public", "later"]), st.just(NOW), st.just(0.0), any_outcome,
    outdated=st.booleans(),
)  # fmt: skip


@given(st.lists(any_record, max_size=5))
def test_a_site_passes_only_when_every_required_check_saw_something_and_all_of_it_is_known_and_good(
    records: list[Record],
) -> None:
    wanted = (DNS, Expected("dns-public"))
    judgement = judged(*records, expected=wanted)
    newest = {r.check: r for r in records}
    harmless = {"names.good", "names.note", "names.slow"}

    def proved(check: str) -> bool:
        r = newest.get(check)
        seen = r.outcome.findings if r and not r.outdated and isinstance(r.outcome, Measured) else ()
        return bool(seen) and all(f.code in harmless for f in seen)

    if judgement.verdict in (Verdict.PASSED, Verdict.PASSED_WITH_REMARKS):
        assert proved("dns-lan")
        assert proved("dns-public")
        assert State.FAIL not in judgement.areas.values()
    if judgement.verdict is Verdict.PASSED:
        assert set(judgement.areas.values()) == {State.PASS}
