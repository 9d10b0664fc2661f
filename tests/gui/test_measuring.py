"""Measuring at work: what is run and walked becomes rows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from installer_gui import i18n
from installer_gui.domain.finding import Grade, Severity, station
from installer_gui.domain.record import latest
from installer_gui.gui.dialogs.wifi import LockDialog, ManualDialog, NameDialog
from installer_gui.gui.looks import Look
from installer_gui.gui.view import Tool
from installer_gui.gui.widgets.block_panel import BlockPanel
from installer_gui.gui.widgets.row import StatusRow
from installer_gui.platforms.simulated import Play
from installer_gui.ports.rights import Advice, RightsState
from installer_gui.ports.unavailable import Reason
from installer_gui.session.flow import Page

from . import jobs
from .hands import MakeShell, button, field, texts, write


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
    shell.wizard.refresh_now()
    row = next(r for r in shell.current()._rows if r.subject.name == "A1")  # type: ignore[attr-defined]
    assert (row.look, row.value) == (Look.PASS, "−67\u00a0dBm")


class Grudging:
    """A system that gives the rights when it is asked, or refuses."""

    def __init__(self, answer: RightsState) -> None:
        self._answer, self.asked = answer, 0

    def state(self, interface: str) -> RightsState:
        return self._answer if self.asked else RightsState.CAN_ASK

    async def request(self, interface: str) -> RightsState:
        self.asked += 1
        return self._answer

    def advice(self) -> tuple[Advice, ...]:
        return (Advice("ask"), Advice("setcap", "sudo setcap x"))


@pytest.mark.parametrize("answer", [RightsState.HELPER_READY, RightsState.CAN_ASK])
def test_who_lacks_rights_is_told_how_to_get_them_and_asked_once(
    make_shell: MakeShell, qtbot: QtBot, site: Play, answer: RightsState
) -> None:
    rights = Grudging(answer)
    platform = replace(site.platform, rights=rights)
    shell = make_shell("en", job=jobs.unmeasured("needs-privilege"), page=Page.BASICS, platform=platform)
    shell.wizard.measuring.look_at_tool()
    qtbot.waitUntil(lambda: any(p.isVisible() for p in shell.findChildren(BlockPanel)), timeout=5000)
    panel = next(p for p in shell.findChildren(BlockPanel) if p.isVisible())
    qtbot.waitUntil(lambda: any("sudo setcap x" in text for text in texts(panel)), timeout=5000)
    assert not any("--allow-helper" in text for text in texts(panel))
    button(panel, "Give permission…").click()
    qtbot.waitUntil(lambda: rights.asked == 1, timeout=5000)
    if answer is RightsState.HELPER_READY:
        qtbot.waitUntil(lambda: shell.wizard.measuring.site_runs, timeout=5000)
        qtbot.waitUntil(lambda: not panel.isVisible(), timeout=30_000)
    else:
        refused = i18n.load("en").text("rights.state.can-ask")
        qtbot.waitUntil(lambda: refused in texts(shell), timeout=5000)
        assert not shell.wizard.measuring.site_runs
