"""The Qt-free parts beside the rows: the level now, questions, deviations, stages, blocks, reports, settings."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from installer_gui import i18n
from installer_gui.checks import confirmation
from installer_gui.domain.check import Area
from installer_gui.domain.finding import SITE, Severity, station
from installer_gui.domain.job import Connection, Installer, Job, Note
from installer_gui.domain.outcome import NotApplicable
from installer_gui.domain.record import Record, latest
from installer_gui.domain.wifi import Band, Network, Security
from installer_gui.gui import answers, blocks, deviation_view, paper, report, settings, stages, wifi_view
from installer_gui.gui.looks import Look
from installer_gui.gui.paper import Paper
from installer_gui.gui.settings import Settings
from installer_gui.gui.view import Live, Tool, View
from installer_gui.ports.unavailable import Reason
from installer_gui.session import confirm
from installer_gui.session.flow import Page
from installer_gui.support import result_code

from . import jobs


def view(job: Job, spoken: str = "en", **more: object) -> View:
    return View(job, jobs.PROFILE, jobs.RULES, i18n.load(spoken), **more)  # type: ignore[arg-type]  # keywords of View


def network(ssid: str, rssi: int, channel: int = 6, band: Band = Band.B2_4) -> Network:
    return Network(ssid, ssid.encode(), "00:00:5e:00:53:01", 2437, channel, band, rssi, security=(Security.WPA2,))


@pytest.mark.parametrize(("dbm", "look"), [(-60, Look.PASS), (-73, Look.WARN), (-76, Look.FAIL)])
def test_the_level_now_is_judged_by_the_profile(dbm: int, look: Look) -> None:
    level = wifi_view.level_now(view(jobs.described(), live=Live(readings=((100.0, dbm),))), 101.0, "")
    assert level.look is look
    assert level.value == f"−{-dbm}\u00a0dBm"


def test_an_old_reading_is_never_the_level_of_now() -> None:
    level = wifi_view.level_now(view(jobs.described(), live=Live(readings=((100.0, -50),))), 120.0, "")
    assert (level.look, level.value) == (Look.UNTESTED, "")


def test_a_network_that_is_not_heard_is_a_failure_and_not_a_gap() -> None:
    level = wifi_view.level_now(view(jobs.described(), live=Live(readings=((100.0, None),))), 101.0, "")
    assert (level.look, level.value) == (Look.FAIL, "")
    assert level.remedy


def test_names_are_offered_once_strongest_first_and_the_chosen_one_always() -> None:
    heard = (network("weak", -80), network("strong", -50), network("weak", -70), network("far", -40, band=Band.B5))
    offered = wifi_view.names(view(replace(jobs.described(), ssid="gone"), live=Live(heard)))
    assert [name for name, _ in offered] == ["gone", "strong", "weak", wifi_view.OTHER]
    assert "−70" in offered[2][1]


def test_without_a_choice_the_first_line_asks_for_one() -> None:
    offered = wifi_view.names(view(replace(jobs.described(), ssid=""), live=Live((network("x", -50),))))
    assert offered[0][0] == ""


def test_the_table_says_what_the_chart_draws() -> None:
    shown = view(jobs.described(), "sv", live=Live((network("LADD-GARAGE", -61), network("", -80))))
    assert wifi_view.table(shown)[0] == ("LADD-GARAGE", "6", "−61\u00a0dBm", "20\u00a0MHz", "wpa2-psk")
    assert [c.own for c in wifi_view.curves(shown.live, shown.job)] == [True, False]


def test_answers_are_read_back_from_the_record_they_made() -> None:
    job, asked = jobs.described(Connection.PLC), confirmation.PLC_WIRING
    given = {q.id: 40 if q.unit == "m" else 12 if q.unit else True for q in asked.questions} | {"earth": False}
    made = confirm.confirm(job, asked.id, SITE, given, "Bo Ek", jobs.NOW)
    record = latest(made.records)[asked.id, SITE]
    assert answers.answered(asked, record) == given
    assert answers.said(record)[0] == "Bo Ek"
    assert answers.answered(asked, replace(record, outdated=True)) == {}


def test_the_lte_m_worksheet_asks_everything_on_one_page() -> None:
    job = jobs.described(Connection.LTE_M)
    ids = [c.id for c in answers.asked_on(Page.LTE, job)]
    assert ids == ["lte-subscription", "lte-signal", "station-online"]
    assert answers.asked_on(Page.STATION_CHECK, job) == ()


def test_a_draft_answer_shows_until_all_are_given() -> None:
    asked = confirmation.PLC_WIRING
    shown = answers.questions(asked, SITE, None, {"earth": True}, i18n.load("sv"))
    assert {q.id: q.answer for q in shown}["earth"] is True
    assert {q.id: q.answer for q in shown}["terminals"] is None


def test_a_deviation_is_owned_by_whoever_its_finding_names() -> None:
    items = deviation_view.items(view(jobs.measured(Severity.FAILURE)))
    mqtt = next(item for item in items if item.page is Page.INTERNET)
    assert mqtt.note.owner == "network-owner"
    assert mqtt.hint
    assert [item.number for item in items] == list(range(1, len(items) + 1))


def test_what_was_not_tested_is_the_installer_s_to_explain() -> None:
    items = deviation_view.items(view(jobs.unmeasured("skipped", detail="no-access")))
    assert {(item.note.owner, item.look) for item in items} == {("installer", Look.SKIPPED)}


def test_a_remark_of_one_s_own_comes_last_and_keeps_its_words() -> None:
    job = jobs.measured(Severity.OK).with_note(Note(SITE, text="The router stands in the bicycle room"))
    items = deviation_view.items(view(job))
    assert [item.remark for item in items] == [True]
    assert items[0].note.text.startswith("The router")


def test_stages_end_where_the_way_ended() -> None:
    from installer_gui.domain.finding import Finding, endpoint
    from installer_gui.domain.outcome import Measured

    about = endpoint("zapcloud.azure-devices.net", 8883)
    finding = Finding("tcp.dropped", about, {"layer": "tcp"})
    job = jobs.described().with_records(Record("mqtt-hub", jobs.NOW, 1.0, Measured((finding,))))
    result = next(r for r in view(job).judgement.results if r.info.id == "mqtt-hub")
    assert [(s.name, s.look) for s in stages.stages(result)] == [
        ("DNS", Look.PASS),
        ("TCP", Look.FAIL),
        ("TLS", Look.UNTESTED),
        ("MQTT", Look.UNTESTED),
    ]


def test_a_name_that_nobody_knows_ends_the_way_at_once() -> None:
    job = jobs.described().with_records(Record("mqtt-hub", jobs.NOW, 1.0, NotApplicable("dns-lan")))
    result = next(r for r in view(job).judgement.results if r.info.id == "mqtt-hub")
    assert [s.look for s in stages.stages(result)] == [Look.FAIL, *[Look.UNTESTED] * 3]
    dns = next(r for r in view(job).judgement.results if r.info.area is Area.DNS)
    assert stages.stages(dns) == ()


@pytest.mark.parametrize("spoken", i18n.LANGUAGES)
@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_a_way_out_in_every_language(reason: Reason, spoken: str) -> None:
    block = blocks.block(reason, Tool(system="linux"), i18n.load(spoken))
    assert block.title
    assert block.steps
    assert not block.title.startswith("gui.")


def test_windows_and_macos_are_told_their_own_steps() -> None:
    words = i18n.load("sv")
    windows = blocks.block(Reason.PERMISSION_DENIED, Tool(system="windows"), words)
    macos = blocks.block(Reason.PERMISSION_DENIED, Tool(system="macos"), words)
    assert windows.setting == "ms-settings:privacy-location"
    assert len(windows.steps) == 4
    assert macos.setting.startswith("x-apple.systempreferences:")
    assert windows.title != macos.title


def test_the_report_for_support_names_no_customer_and_no_address() -> None:
    text = report.report(view(jobs.measured(Severity.FAILURE)), jobs.NOW)
    for private in ("Brf Solen", "Storgatan", "Bo Ek", "Ada Lind", "070-123", "LADD-GARAGE", "ZPR000001"):
        assert private not in text
    assert "P7-4" in text
    assert re.search(r"^ {6}\d{3} ", text, re.MULTILINE), "no finding's number"


def test_the_report_holds_the_code_that_says_it_all_on_the_phone() -> None:
    shown = view(jobs.measured(Severity.FAILURE))
    code = report.spoken_code(shown)
    heard = result_code.decode(code)
    assert heard.verdict is shown.judgement.verdict
    assert heard.stations == 4
    assert code in report.report(shown, jobs.NOW)


def test_the_summary_for_the_customer_lists_who_does_what() -> None:
    text = report.summary(view(jobs.measured(Severity.FAILURE), "sv"))
    assert "Brf Solen" in text
    assert "nätverksansvarig" in text


def test_settings_survive_a_restart_and_a_damaged_file_gives_the_defaults(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    assert settings.load(path) == Settings()
    kept = Settings("nb", "dark", 1.25, Installer("Elfirman AB", person="Bo Ek"))
    settings.save(kept, path)
    assert settings.load(path) == kept
    path.write_text('{"language": 7}')
    assert settings.load(path) == Settings()


def test_a_paper_belongs_to_one_revision_and_is_forgotten_with_its_file(tmp_path: Path) -> None:
    job, beside = jobs.described(), tmp_path / "TEST.dkjob"
    file = tmp_path / "x.pdf"
    file.write_bytes(b"%PDF")
    made = Paper(str(file), "A", "b", "c", job.revision, draft=False)
    paper.remember(made, beside)
    assert paper.newest(beside) == made
    assert made.is_of(job)
    assert not made.is_of(replace(job, revision=2))
    file.unlink()
    assert not made.is_of(job)
    assert paper.newest(beside) == made


def test_a_station_s_place_is_read_beside_its_name() -> None:
    rows = wifi_view.station_rows(
        [r for r in _wifi_rows() if r.subject.kind == "station"], view(jobs.measured(Severity.OK))
    )
    assert rows[0].title == "A1 · garage, left wall"
    assert rows[0].word == "Good signal"
    assert rows[1].subject == station("A2")


def _wifi_rows() -> tuple[object, ...]:
    from installer_gui.gui.state import page_state

    return page_state(Page.WIFI, view(jobs.measured(Severity.OK))).rows
