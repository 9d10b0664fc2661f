"""What the pages show, worked out without a window."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from installer_gui import i18n
from installer_gui.domain.finding import SITE, Finding, Quantity, Severity, station
from installer_gui.domain.job import Connection, Job
from installer_gui.domain.outcome import Broken, Measured, NotApplicable
from installer_gui.domain.record import Record
from installer_gui.gui.looks import Look
from installer_gui.gui.paper import Paper
from installer_gui.gui.standing import Digit, blocked, done_stations, missing, standing
from installer_gui.gui.state import page_state, steps
from installer_gui.gui.view import Tool, View
from installer_gui.ports.unavailable import Reason
from installer_gui.session.flow import Page

from . import jobs

QT_FREE = (
    *(
        "answers",
        "blocks",
        "cable",
        "deviation_view",
        "elimination",
        "instrument",
        "looks",
        "paper",
        "paperwork",
        "report",
        "rows",
    ),
    *("settings", "stages", "standing", "state", "view", "wifi_view", "worksheet"),
)


def view(job: Job, spoken: str = "en", **more: object) -> View:
    return View(job, jobs.PROFILE, jobs.RULES, i18n.load(spoken), **more)  # type: ignore[arg-type]  # keywords of View


@pytest.mark.parametrize("module", QT_FREE)
def test_what_a_page_shows_is_worked_out_without_qt(module: str) -> None:
    code = f"import sys; sys.modules['PySide6'] = None; import installer_gui.gui.{module}"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=30)


@pytest.mark.parametrize(
    ("job", "page", "code"),
    [
        (jobs.empty(), Page.START, "A0-0"),
        (jobs.empty(), Page.SITE, "B1-0"),
        (jobs.empty(), Page.STATIONS, "C2-0"),
        (jobs.empty(), Page.CONNECTION, "D3-0"),
        (jobs.described(), Page.SITE, "B1-2"),
        (jobs.described(), Page.STATIONS, "C2-2"),
        (jobs.described(), Page.CONNECTION, "D3-2"),
        (jobs.described(), Page.WIFI, "W5-0"),
        (jobs.described(), Page.DEVIATIONS, "V9-0"),
        (jobs.measured(Severity.OK), Page.WIFI, "W5-2"),
        (jobs.measured(Severity.OK), Page.DEVIATIONS, "V9-2"),
        (jobs.measured(Severity.WARNING), Page.BASICS, "N6-3"),
        (jobs.measured(Severity.FAILURE), Page.INTERNET, "P7-4"),
        (jobs.measured(Severity.FAILURE), Page.DEVIATIONS, "V9-3"),
        (jobs.unmeasured("permission-denied"), Page.WIFI, "W5-5"),
        (jobs.unmeasured("needs-privilege"), Page.BASICS, "N6-5"),
        (jobs.unmeasured("no-adapter"), Page.WIFI, "W5-6"),
        (jobs.unmeasured("no-link"), Page.INTERNET, "P7-6"),
        (jobs.unmeasured("skipped", detail="no-access"), Page.WIFI, "W5-7"),
        (jobs.outdated(), Page.BASICS, "N6-8"),
        (jobs.measured(Severity.OK, Connection.LTE_M), Page.LTE, "M5-2"),
        (jobs.measured(Severity.FAILURE, Connection.PLC), Page.POWERLINE, "L5-4"),
    ],
)
def test_the_screen_code_tells_how_a_page_stands(job: Job, page: Page, code: str) -> None:
    assert page_state(page, view(job)).code == code


def test_a_site_without_its_installer_is_a_warning_and_names_what_is_open() -> None:
    job = replace(jobs.described(), installer=jobs.empty().installer)
    assert standing(Page.SITE, view(job)).digit is Digit.WARNING
    assert standing(Page.SITE, view(job)).open_points == 2


def test_a_check_that_broke_is_an_internal_error_and_never_a_pass() -> None:
    job = jobs.described().with_records(Record("dns-lan", jobs.NOW, 0.1, Broken("ab12cd34")))
    state = page_state(Page.BASICS, view(job))
    assert state.digit is Digit.BROKEN
    row = next(row for row in state.rows if row.check == "dns-lan")
    assert row.look is Look.UNTESTED


def test_a_failure_outweighs_what_is_still_running() -> None:
    job = jobs.measured(Severity.FAILURE)
    running = {("dns-lan", SITE): (1, 5)}
    assert page_state(Page.BASICS, view(job, running=running)).digit is Digit.FAIL
    assert page_state(Page.BASICS, view(jobs.described(), running=running)).digit is Digit.RUNNING


def test_a_running_check_says_how_far_it_has_come() -> None:
    state = page_state(Page.BASICS, view(jobs.described(), running={("dns-lan", SITE): (2, 5)}))
    row = next(row for row in state.rows if row.check == "dns-lan")
    assert (row.look, row.word) == (Look.RUNNING, "2 of 5 done")


def test_a_row_tells_what_why_and_what_to_do() -> None:
    rows = page_state(Page.INTERNET, view(jobs.measured(Severity.FAILURE))).rows
    row = next(row for row in rows if row.check == "mqtt-hub")
    assert row.look is Look.FAIL
    assert row.word
    assert row.remedy
    assert row.details[0].number
    assert row.details[0].meaning
    assert row.details[0].who


def test_a_pass_needs_no_remedy_and_unfolds_nothing() -> None:
    row = page_state(Page.INTERNET, view(jobs.measured(Severity.OK))).rows[-1]
    assert (row.look, row.remedy, row.details) == (Look.PASS, "", ())


def test_three_kinds_of_not_passed_look_different() -> None:
    failed = page_state(Page.BASICS, view(jobs.measured(Severity.FAILURE))).rows[0]
    untested = page_state(Page.BASICS, view(jobs.unmeasured("no-link"))).rows[0]
    skipped = page_state(Page.BASICS, view(jobs.unmeasured("skipped", detail="later-visit"))).rows[0]
    assert len({failed.look, untested.look, skipped.look}) == 3
    assert untested.word == "Not tested: no network connection"
    assert skipped.word == "Skipped: To be measured on a later visit"


def test_a_reason_in_the_installer_s_own_words_is_shown_as_written() -> None:
    row = page_state(Page.BASICS, view(jobs.unmeasured("skipped", detail="the dog {bites}"))).rows[0]
    assert row.word == "Skipped: the dog {bites}"


def test_a_check_that_others_depend_on_is_named_by_its_title() -> None:
    job = jobs.described().with_records(Record("mqtt-hub", jobs.NOW, 0.0, NotApplicable("dns-lan")))
    row = next(r for r in page_state(Page.INTERNET, view(job)).rows if r.check == "mqtt-hub")
    assert i18n.load("en").text("check.dns-lan.title") in row.word


def test_what_was_measured_at_a_station_that_is_gone_is_not_shown() -> None:
    job = jobs.measured(Severity.FAILURE)
    fewer = replace(job, stations=job.stations[:1]).outdate(lambda r: r.subject.name in {"A2", "A3", "A4"})
    names = {row.subject.name for row in page_state(Page.WIFI, view(fewer)).rows}
    assert names == {"", "A1"}


def test_stations_are_counted_when_everything_about_them_is_known() -> None:
    job = jobs.described().with_records(jobs.record("wifi-signal", station("A1"), Severity.OK))
    assert done_stations(job, view(job)) == (0, 4)
    both = job.with_records(jobs.record("station-online", station("A1"), Severity.OK))
    assert done_stations(both, view(both)) == (1, 4)
    assert page_state(Page.WIFI, view(job)).progress == "1 of 4 stations done"


def test_the_step_list_has_the_path_and_its_looks() -> None:
    shown = steps(view(jobs.measured(Severity.FAILURE), "sv"))
    assert [step.page.code for step in shown][:6] == ["A0", "B1", "C2", "D3", "E4", "W5"]
    assert {step.page: step.look for step in shown}[Page.BASICS] is Look.FAIL
    assert shown[5].title == "WiFi-mätning"


@pytest.mark.parametrize(
    ("reason", "digit"), [(Reason.PERMISSION_DENIED, Digit.NO_PERMISSION), (Reason.NO_ADAPTER, Digit.NO_ADAPTER)]
)
def test_a_radio_that_may_not_look_blocks_the_pages_that_need_it(reason: Reason, digit: Digit) -> None:
    shown = view(jobs.described(), tool=Tool(no_wifi=reason))
    assert standing(Page.WIFI, shown).digit is digit
    assert standing(Page.COMPUTER, shown).digit is digit
    assert standing(Page.BASICS, shown).digit is Digit.EMPTY
    assert blocked(Page.COMPUTER, view(jobs.described(Connection.ETHERNET), tool=Tool(no_wifi=reason))) is None


def test_only_what_must_be_signed_keeps_a_job_from_being_signed() -> None:
    assert missing(view(jobs.described())) == ()
    assert missing(view(jobs.empty())) == (
        (Page.SITE, "site.name"),
        (Page.SITE, "installer.company"),
        (Page.SITE, "installer.person"),
        (Page.STATIONS, "stations"),
        (Page.CONNECTION, "connection"),
    )


def test_a_signed_draft_is_a_warning_and_a_signed_certificate_a_pass() -> None:
    paper = Paper("x.pdf", "A", "b", "c", 1, draft=False)
    assert standing(Page.CERTIFICATE, view(jobs.described(), paper=paper)).digit is Digit.PASS
    draft = replace(paper, draft=True)
    assert standing(Page.REVIEW, view(jobs.described(), paper=draft)).digit is Digit.WARNING


def test_only_a_level_in_dbm_stands_alone_beside_its_row() -> None:
    rows = page_state(Page.WIFI, view(jobs.measured(Severity.WARNING), "sv")).rows
    level = next(row for row in rows if row.subject == station("A1"))
    assert level.value == "−75\u00a0dBm"
    finding = Finding("dns.time", evidence={"ms": Quantity(3, "ms")})
    other = jobs.described().with_records(Record("dns-lan", jobs.NOW, 0.1, Measured((finding,))))
    assert all(not row.value for row in page_state(Page.BASICS, view(other)).rows)
