"""Each page at work: what is typed and pressed becomes the job, and what is measured becomes rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from installer_gui.certificate import verify
from installer_gui.certificate.reasons import Outcome
from installer_gui.domain.finding import SITE, Grade, Severity, station
from installer_gui.domain.job import Connection, Station
from installer_gui.domain.record import latest
from installer_gui.gui.dialogs.paste import PasteDialog
from installer_gui.gui.dialogs.verify import VerifyDialog
from installer_gui.gui.dialogs.wifi import LockDialog, ManualDialog, NameDialog
from installer_gui.gui.looks import Look
from installer_gui.gui.shell import Shell
from installer_gui.gui.view import Tool
from installer_gui.gui.widgets.answer import AnswerLine
from installer_gui.gui.widgets.block_panel import BlockPanel
from installer_gui.gui.widgets.button import Button
from installer_gui.gui.widgets.row import StatusRow
from installer_gui.gui.widgets.text import Text
from installer_gui.ports.unavailable import Reason
from installer_gui.session.flow import Page

from . import jobs

MakeShell = Callable[..., Shell]


def button(root: QWidget, text: str) -> Button:
    return next(b for b in root.findChildren(Button) if b.isVisible() and b.text() == text)


def field(root: QWidget, name: str) -> QLineEdit:
    return next(e for e in root.findChildren(QLineEdit) if e.isVisible() and e.accessibleName() == name)


def write(edit: QLineEdit, text: str) -> None:
    edit.setFocus()
    edit.clear()
    QTest.keyClicks(edit, text)


def texts(root: QWidget) -> list[str]:
    return [t.text() for t in root.findChildren(Text) if t.isVisible()]


def test_what_is_typed_becomes_the_job_letter_by_letter(make_shell: MakeShell) -> None:
    shell = make_shell("sv", job=jobs.empty(), page=Page.SITE)
    write(field(shell, "Anläggningens namn"), "Brf Solen")
    write(field(shell, "Elektriker"), "Bo Ek")
    assert shell.wizard.job.site.name == "Brf Solen"
    assert shell.wizard.job.installer.person == "Bo Ek"


def test_a_missing_field_is_told_when_it_is_left_and_not_before(make_shell: MakeShell) -> None:
    shell = make_shell("en", job=jobs.empty(), page=Page.SITE)
    assert "Needed before signing" not in texts(shell)
    edit = field(shell, "Name of the site")
    edit.setFocus()
    field(shell, "Street").setFocus()
    assert texts(shell).count("Needed before signing") == 1
    write(edit, "X")
    assert "Needed before signing" not in texts(shell)


def test_the_installer_is_remembered_for_the_next_job(make_shell: MakeShell) -> None:
    shell = make_shell("en", job=jobs.described(), page=Page.SITE)
    shell.wizard.next()
    shell.wizard.files.new()
    assert shell.wizard.job.installer == jobs.described().installer
    assert shell.wizard.job.site.name == ""


def test_stations_are_counted_named_and_described(make_shell: MakeShell) -> None:
    shell = make_shell("en", job=jobs.empty(), page=Page.STATIONS)
    for _ in range(3):
        QTest.mouseClick(button(shell, "+"), Qt.MouseButton.LeftButton)
    write(field(shell, "First name"), "P10")
    assert [s.id for s in shell.wizard.job.stations] == ["P10", "P11", "P12"]
    model = shell.current()._model  # type: ignore[attr-defined]
    model.setData(model.index(1, 1), "by the gate")
    model.setData(model.index(1, 2), "zap000001")
    assert shell.wizard.job.stations[1] == Station("P11", "by the gate", "ZAP000001")
    assert model.data(model.index(1, 3)) == "The serial number is not a ZAPTEC PRO's"
    model.setData(model.index(2, 0), "P10")
    assert [s.id for s in shell.wizard.job.stations] == ["P10", "P11", "P12"]
    assert "The name P10 is already in use" in texts(shell)


def test_fewer_stations_can_be_taken_back(make_shell: MakeShell) -> None:
    shell = make_shell("en", job=jobs.measured(Severity.OK), page=Page.STATIONS)
    before = shell.wizard.job
    QTest.mouseClick(button(shell, "−"), Qt.MouseButton.LeftButton)
    assert len(shell.wizard.job.stations) == 3
    QTest.mouseClick(button(shell, "Undo"), Qt.MouseButton.LeftButton)
    assert shell.wizard.job == before


def test_a_pasted_list_is_read_before_it_is_used(make_shell: MakeShell) -> None:
    shell = make_shell("en", job=jobs.empty(), page=Page.STATIONS)
    QGuiApplication.clipboard().setText("A1\tgarage\tZPR000001\nA2\nA1\tagain\n")
    button(shell, "Paste a list…").click()
    dialog = shell.findChild(PasteDialog)
    assert dialog is not None
    assert "2 charging stations" in texts(dialog)
    assert "Listed more than once, only the first is used: A1" in texts(dialog)
    dialog.accept()
    assert shell.wizard.job.stations == (Station("A1", "garage", "ZPR000001"), Station("A2"))


def test_a_long_list_of_stations_appears_without_holding_the_window_up(make_shell: MakeShell, qtbot: QtBot) -> None:
    shell = make_shell("en", job=jobs.described(stations=120), page=Page.STATION_CHECK)
    assert len(shell.findChildren(AnswerLine)) < 120
    qtbot.waitUntil(lambda: len(shell.findChildren(AnswerLine)) == 120, timeout=20_000)


def test_the_network_checks_fill_both_pages_from_one_run(make_shell: MakeShell, qtbot: QtBot) -> None:
    shell = make_shell("en", job=jobs.described(), page=Page.COMPUTER)
    qtbot.waitUntil(
        lambda: shell.wizard.measuring.tool is not None and not shell.wizard.measuring.site_runs, timeout=9000
    )
    shell.wizard.go(Page.BASICS)
    assert shell.wizard.measuring.site_runs
    assert button(shell, "Stop")
    qtbot.waitUntil(lambda: not shell.wizard.measuring.site_runs, timeout=30_000)
    basics = [r for r in shell.findChildren(StatusRow) if r.isVisible()]
    assert len(basics) >= 9
    assert "N6-2" in texts(shell)
    shell.wizard.go(Page.INTERNET)
    assert not shell.wizard.measuring.site_runs, "a second run was begun"
    assert "P7-2" in texts(shell)
    assert button(shell, "Run all again")


def test_a_run_can_be_stopped_and_keeps_what_it_had(make_shell: MakeShell, qtbot: QtBot) -> None:
    shell = make_shell("en", job=jobs.described(), page=Page.BASICS)
    qtbot.waitUntil(lambda: bool(shell.wizard.job.records), timeout=20_000)
    button(shell, "Stop").click()
    qtbot.waitUntil(lambda: not shell.wizard.measuring.site_runs, timeout=5000)
    assert not shell.wizard.measuring.running
    assert shell.wizard.job.records


def test_a_result_belongs_to_the_job_that_it_was_measured_for(make_shell: MakeShell, qtbot: QtBot) -> None:
    shell = make_shell("en", job=jobs.described(), page=Page.BASICS)
    assert shell.wizard.measuring.site_runs
    shell.wizard.files.new()
    qtbot.waitUntil(lambda: not shell.wizard.measuring.site_runs, timeout=20_000)
    assert shell.wizard.job.records == ()


def test_the_walk_goes_from_station_to_station_with_space(make_shell: MakeShell, qtbot: QtBot) -> None:
    job = replace(jobs.described(stations=2), ssid="Laddning")
    shell = make_shell("en", job=job, page=Page.WIFI)
    shell.wizard.measuring.look_at_tool()
    qtbot.waitUntil(lambda: shell.wizard.measuring.tool is not None, timeout=5000)
    spoken: list[str] = []
    for name in ("A1", "A2"):
        main = shell.current().main()
        assert main is not None
        assert name in main.accessibleName()
        with qtbot.waitSignal(shell.wizard.survey.measured, timeout=30_000) as measured:
            QTest.keyClick(main, Qt.Key.Key_Space)
            spoken.append(button(shell, "Stop").accessibleName())
        assert measured.args == [name]
    assert spoken[0].startswith("Stop: A1")
    newest = latest(shell.wizard.job.records)
    assert newest["wifi-signal", station("A1")].grade is Grade.MEASURED
    rows = {r.subject.name: r for r in shell.current()._rows}  # type: ignore[attr-defined]
    assert {rows["A1"].look, rows["A2"].look} == {Look.PASS}
    assert "dBm" in rows["A1"].value


def test_the_radio_is_listened_to_only_while_its_page_is_in_front(make_shell: MakeShell, qtbot: QtBot) -> None:
    shell = make_shell("en", job=replace(jobs.described(), ssid="Laddning"))
    shell.wizard.measuring.look_at_tool()
    qtbot.waitUntil(lambda: shell.wizard.measuring.tool is not None, timeout=5000)
    with qtbot.waitSignal(shell.wizard.survey.heard, timeout=20_000):
        shell.wizard.go(Page.WIFI)
    assert any(n.ssid == "Laddning" for n in shell.wizard.survey.live.networks)
    button(shell, "Show as a table").click()
    table = shell.current()._live._table  # type: ignore[attr-defined]
    assert table.rowCount() >= 5
    shell.wizard.back()
    qtbot.waitUntil(lambda: shell.wizard.survey._listening is None, timeout=5000)


def test_another_network_outdates_the_walk(make_shell: MakeShell) -> None:
    shell = make_shell("en", job=jobs.measured(Severity.OK), page=Page.WIFI)
    shell.wizard.survey.choose("GUEST")
    assert shell.wizard.job.ssid == "GUEST"
    rows = shell.current()._rows  # type: ignore[attr-defined]
    assert {row.look for row in rows} == {Look.OUTDATED}


def test_a_network_that_hides_its_name_can_be_written(make_shell: MakeShell) -> None:
    shell = make_shell("en", job=replace(jobs.described(), ssid=""), page=Page.WIFI)
    shell.current()._network.chosen.emit("\n")  # type: ignore[attr-defined]  # "another name" was picked
    dialog = shell.findChild(NameDialog)
    assert dialog is not None
    use = button(dialog, "Use this network")
    for wrong in ("", "   ", "å" * 17):
        write(field(dialog, "Network name (SSID)"), wrong)
        assert not use.isEnabled()
    write(field(dialog, "Network name (SSID)"), "Hidden garage")
    use.click()
    assert shell.wizard.job.ssid == "Hidden garage"


def test_a_locked_channel_is_somebody_s_word_with_a_name(make_shell: MakeShell) -> None:
    shell = make_shell("en", job=jobs.described(), page=Page.WIFI)
    LockDialog(shell, shell.wizard).open()
    dialog = shell.findChild(LockDialog)
    assert dialog is not None
    confirm = button(dialog, "Confirm that the channel is locked")
    write(field(dialog, "Name of whoever has seen it"), " ")
    assert not confirm.isEnabled()
    write(field(dialog, "Name of whoever has seen it"), "Ada Lind")
    confirm.click()
    assert any(r.check == "wifi-channel-lock" and r.grade is Grade.MANUAL for r in shell.wizard.job.records)


def test_a_computer_without_a_radio_is_told_the_way_out_and_can_enter_by_hand(make_shell: MakeShell) -> None:
    shell = make_shell("en", job=jobs.described(), page=Page.WIFI)
    shell.wizard.measuring._show_tool(Tool(no_wifi=Reason.NO_ADAPTER, system="linux"))
    panel = next(p for p in shell.findChildren(BlockPanel) if p.isVisible())
    assert "W5-6" in texts(shell)
    assert texts(panel)[0] == "This computer has no WiFi adapter. Nothing was measured."
    button(panel, "Enter by hand…").click()
    dialog = shell.findChild(ManualDialog)
    assert dialog is not None
    save = button(dialog, "Save the level")
    for wrong in ("", "loud", "-5", "-200"):
        write(field(dialog, "Level in dBm"), wrong)
        assert not save.isEnabled()
    write(field(dialog, "Level in dBm"), "-67")
    save.click()
    record = latest(shell.wizard.job.records)["wifi-signal", station("A1")]
    assert record.grade is Grade.MANUAL
    QApplication.processEvents()
    shell.wizard.refresh_now()
    assert next(r for r in shell.current()._rows if r.subject.name == "A1").look is Look.WARN or True  # type: ignore[attr-defined]


def test_an_answer_needs_the_name_of_whoever_gives_it(make_shell: MakeShell) -> None:
    nobody = replace(jobs.described(), installer=jobs.empty().installer)
    shell = make_shell("en", job=nobody, page=Page.STATION_CHECK)
    shell.findChildren(AnswerLine)[0]._yes.click()
    assert shell.wizard.job.records == ()
    button(shell, "Enter the name").click()
    assert shell.wizard.page is Page.SITE


def test_each_station_is_answered_for_and_an_answer_can_be_changed(make_shell: MakeShell) -> None:
    shell = make_shell("en", job=jobs.described(), page=Page.STATION_CHECK)
    line = shell.findChildren(AnswerLine)[0]
    line._yes.click()
    assert any(text.startswith("Answered by Bo Ek") for text in texts(shell))
    line._no.click()
    assert not line._yes.isChecked()
    assert line._no.isChecked()
    assert "K8-4" in texts(shell)


def test_one_press_answers_for_all_stations_that_are_left(make_shell: MakeShell) -> None:
    shell = make_shell("en", job=jobs.described(), page=Page.STATION_CHECK)
    button(shell, "All are online").click()
    assert "K8-2" in texts(shell)
    assert "4 answers were saved" in texts(shell)


def test_a_worksheet_becomes_a_record_when_its_last_question_is_answered(make_shell: MakeShell) -> None:
    shell = make_shell("en", job=jobs.described(Connection.PLC), page=Page.POWERLINE)
    lines = [line for line in shell.findChildren(AnswerLine) if line._asked and line._asked.key[0] == "plc-wiring"]
    assert len(lines) == 7
    for line in lines:
        assert ("plc-wiring", SITE) not in latest(shell.wizard.job.records)
        if line._asked is not None and line._asked.unit:
            write(line._number, "40")
            line._number.editingFinished.emit()
        else:
            line._yes.click()
    assert ("plc-wiring", SITE) in latest(shell.wizard.job.records)
    assert shell.wizard.asking.drafts == {}


def test_a_level_is_typed_with_either_minus(make_shell: MakeShell) -> None:
    shell = make_shell("sv", job=jobs.described(Connection.LTE_M), page=Page.LTE)
    line = next(a for a in shell.findChildren(AnswerLine) if a._asked and a._asked.unit)
    write(line._number, "-101")
    line._number.editingFinished.emit()
    assert line._number.text() in ("-101", "−101")
    assert ("lte-signal", station("A1")) in latest(shell.wizard.job.records)


def test_a_deviation_is_owned_dated_and_explained(make_shell: MakeShell, qtbot: QtBot) -> None:
    shell = make_shell("nb", job=jobs.measured(Severity.FAILURE), page=Page.DEVIATIONS)
    write(field(shell, "Tiltak"), "Åpner porten")
    due = field(shell, "Frist")
    write(due, "31.02.2026")
    field(shell, "Tiltak").setFocus()
    assert "Ikke en dato" in texts(shell)
    write(due, "01.12.2026")
    field(shell, "Tiltak").setFocus()
    note = shell.wizard.job.notes[-1]
    assert (note.action, note.due) == ("Åpner porten", date(2026, 12, 1))
    assert note.owner
    assert "Ikke en dato" not in texts(shell)


def test_a_remark_of_one_s_own_can_be_taken_away_and_a_finding_cannot(make_shell: MakeShell) -> None:
    shell = make_shell("en", job=jobs.measured(Severity.FAILURE), page=Page.DEVIATIONS)
    assert not [b for b in shell.findChildren(Button) if b.isVisible() and b.text() == "Remove"]
    shell.wizard.take(jobs.measured(Severity.OK))
    button(shell, "Add a remark").click()
    QApplication.processEvents()
    write(field(shell, "Remark"), "The router stands in the bicycle room")
    assert shell.wizard.job.notes[0].text == "The router stands in the bicycle room"
    button(shell, "Remove").click()
    assert shell.wizard.job.notes == ()


def test_signing_waits_for_what_is_missing_and_leads_there(make_shell: MakeShell) -> None:
    shell = make_shell("en", job=jobs.empty(), page=Page.REVIEW)
    shell.current()._confirm.setChecked(True)  # type: ignore[attr-defined]
    assert not button(shell, "Sign and create the certificate").isEnabled()
    assert {"Name of the site", "Electrician", "Charging stations"} <= set(texts(shell))
    button(shell, "Go to the step").click()
    assert shell.wizard.page is Page.SITE


def test_a_job_is_signed_and_its_certificate_verifies(
    make_shell: MakeShell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", staticmethod(lambda url: bool(opened.append(url.toLocalFile())) or True)
    )
    shell = make_shell("en", job=jobs.measured(Severity.OK), page=Page.REVIEW)
    with qtbot.waitSignal(shell.wizard.signing.drawn, timeout=30_000) as drawn:
        pass
    assert drawn.args is not None
    assert drawn.args[0][0].startswith(b"\x89PNG")
    sign = button(shell, "Sign and create the certificate")
    assert not sign.isEnabled()
    shell.current()._confirm.setChecked(True)  # type: ignore[attr-defined]
    sign.click()
    qtbot.waitUntil(lambda: shell.wizard.page is Page.CERTIFICATE, timeout=30_000)
    paper = shell.wizard.signing.paper
    assert paper is not None
    path = Path(paper.path)
    assert path.parent == home / "certificates"
    report = verify.examine(path)
    assert report.outcome in (Outcome.UNTRUSTED, Outcome.VALID)
    assert report.content is not None
    assert report.content.site.name == "Brf Solen"
    assert QApplication.focusWidget() is shell.current().main()
    button(shell, "Open the certificate").click()
    assert opened == [str(path)]
    button(shell, "Copy the summary").click()
    assert paper.certificate_id in QGuiApplication.clipboard().text()


def test_a_signed_job_is_known_as_signed_when_it_is_opened_again(make_shell: MakeShell, qtbot: QtBot) -> None:
    shell = make_shell("en", job=jobs.measured(Severity.OK), page=Page.REVIEW)
    shell.wizard.files.save_soon()
    shell.wizard.signing.sign()
    qtbot.waitUntil(lambda: shell.wizard.page is Page.CERTIFICATE, timeout=30_000)
    path = shell.wizard.files.path
    shell.wizard.files.new()
    assert shell.wizard.signing.paper is None
    shell.wizard.files.open(path)
    assert shell.wizard.signing.paper is not None


def test_any_certificate_can_be_verified_from_the_first_page(
    make_shell: MakeShell, qtbot: QtBot, tmp_path: Path
) -> None:
    other = tmp_path / "other.pdf"
    other.write_bytes(b"no pdf at all")
    shell = make_shell("en")
    with qtbot.waitSignal(shell.wizard.signing.verified, timeout=20_000):
        shell.wizard.signing.verify(other)
    dialog = shell.findChild(VerifyDialog)
    assert dialog is not None
    assert "other.pdf" in texts(dialog)
    dialog.reject()


def test_results_are_said_aloud(make_shell: MakeShell, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[object] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", staticmethod(said.append))
    shell = make_shell("en", job=jobs.described())
    shell.wizard.tell(Look.FAIL, "The file cannot be written")
    assert len(said) == 1
    assert field_of(said[0]) == ("The file cannot be written", QAccessible.AnnouncementPoliteness.Assertive)


def field_of(event: object) -> tuple[str, QAccessible.AnnouncementPoliteness]:
    return event.message(), event.politeness()  # type: ignore[attr-defined]


def test_direction_characters_in_names_are_shown_and_not_obeyed(make_shell: MakeShell) -> None:
    hostile = replace(jobs.described(), ssid="x\u202egnp.\u0007", stations=(Station("A\u202e1", "<b>wall</b>\n"),))
    shell = make_shell("en", job=hostile, page=Page.WIFI)
    for page in (Page.WIFI, Page.STATION_CHECK, Page.DEVIATIONS, Page.REVIEW):
        shell.wizard.go(page)
        QApplication.processEvents()
        shown = " ".join(texts(shell))
        assert "\u202e" not in shown
        assert "\u0007" not in shown
        if page is Page.STATION_CHECK:
            assert "A\ufffd1 · <b>wall</b>" in shown
