"""At the PLC modules' cable: measuring, watching stations come, and what is shown where neither is possible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from installer_gui.domain.finding import Grade, station
from installer_gui.domain.record import latest
from installer_gui.gui.pages.powerline_table import PowerlineTable
from installer_gui.gui.powerline import TOGETHER_MS
from installer_gui.gui.shell import Shell
from installer_gui.gui.widgets.block_panel import BlockPanel
from installer_gui.platforms import simulated
from installer_gui.platforms.simulated import Play
from installer_gui.platforms.simulated import powerline as played
from installer_gui.platforms.simulated.modem import Modem
from installer_gui.ports.platform import Platform
from installer_gui.ports.powerline import NoPowerline
from installer_gui.ports.rights import RightsState, Settled
from installer_gui.ports.unavailable import Reason
from installer_gui.session import powerline_kept, powerline_watch
from installer_gui.session.flow import Page

from . import mains
from .hands import MakeShell, button, texts


@pytest.fixture(autouse=True)
def _swift() -> Iterator[None]:
    with mains.swift():
        yield


@pytest.fixture
def garage() -> Iterator[Play]:
    with simulated.play("plc-garage") as playing:
        yield playing


def at_the_cable(make_shell: MakeShell, qtbot: QtBot, **more: object) -> Shell:
    shell: Shell = make_shell("en", page=Page.POWERLINE, **more)
    qtbot.waitUntil(lambda: shell.wizard.measuring.tool is not None, timeout=5000)
    return shell


def table(shell: Shell) -> PowerlineTable:
    return next(t for t in shell.findChildren(PowerlineTable) if t.isVisible())


def wait_for_look(shell: Shell, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not shell.wizard.powerline.looking, timeout=30_000)


def test_a_look_fills_the_table_and_the_job(make_shell: MakeShell, qtbot: QtBot, garage: Play) -> None:
    shell = at_the_cable(make_shell, qtbot, job=mains.listed(), platform=garage.platform)
    assert shell.current().main() is button(shell, "Measure")
    button(shell, "Measure").click()
    assert button(shell, "Stop")
    wait_for_look(shell, qtbot)
    newest = latest(shell.wizard.job.records)
    assert {newest["plc-station", station(f"A{n}")].grade for n in range(1, 7)} == {Grade.MEASURED}
    model = table(shell).model()
    assert model.rowCount() == 6
    assert model.index(0, 5).data() == "Pass\nJoined and answers well"
    qtbot.waitUntil(lambda: "PLC module 00:00:5e:00:53:60" in texts(shell), timeout=5000)


def test_what_the_modems_said_is_kept_for_support(make_shell: MakeShell, qtbot: QtBot, garage: Play) -> None:
    shell = at_the_cable(make_shell, qtbot, job=mains.listed(), platform=garage.platform)
    shell.wizard.powerline.look()
    wait_for_look(shell, qtbot)
    (look,) = powerline_kept.kept(shell.wizard.folder, shell.wizard.job)
    assert look["operator"] == "Bo Ek"
    assert look["frames"]


def test_a_measured_station_is_not_asked_about(make_shell: MakeShell, qtbot: QtBot, garage: Play) -> None:
    shell = at_the_cable(make_shell, qtbot, job=mains.listed(known=4), platform=garage.platform)
    question = "Is the charging station paired with the PLC module, and has it been given an IP address?"
    qtbot.waitUntil(lambda: texts(shell).count(question) == 6, timeout=3000)
    shell.wizard.powerline.look()
    wait_for_look(shell, qtbot)
    qtbot.waitUntil(lambda: texts(shell).count(question) == 2, timeout=2000)
    before = len(shell.wizard.job.records)
    button(shell, "All are paired").click()
    assert len(shell.wizard.job.records) == before + 2


def test_what_was_seen_is_copied_as_support_knows_it(make_shell: MakeShell, qtbot: QtBot, garage: Play) -> None:
    shell = at_the_cable(make_shell, qtbot, job=mains.listed(), platform=garage.platform)
    shell.wizard.powerline.look()
    wait_for_look(shell, qtbot)
    button(shell, "Copy as plcstat text").click()
    assert QGuiApplication.clipboard().text().startswith(" P/L NET TEI")


def test_a_stranger_is_made_a_station_in_the_table(make_shell: MakeShell, qtbot: QtBot, garage: Play) -> None:
    shell = at_the_cable(make_shell, qtbot, job=mains.listed(known=4), platform=garage.platform)
    shell.wizard.powerline.look()
    wait_for_look(shell, qtbot)
    page = shell.current()
    table(shell).selectRow(6)
    assert page._who.isVisible()  # type: ignore[attr-defined]
    page._who.chosen.emit("A6")  # type: ignore[attr-defined]
    job = shell.wizard.job
    assert job.stations[5].mac == mains.MACS[4]
    assert latest(job.records)["plc-station", station("A6")].grade is Grade.MEASURED
    button(shell, "Undo").click()
    assert shell.wizard.job.stations[5].mac == ""


@dataclass
class Board:
    """The stations' breakers: so many of them are on."""

    platform: Platform
    on: int = 0


@pytest.fixture
def board(monkeypatch: pytest.MonkeyPatch) -> Iterator[Board]:
    monkeypatch.setattr(powerline_watch, "EVERY_S", 0.2)
    with simulated.play("plc-one-by-one") as playing:
        made = Board(playing.platform)

        def switched_on(self: object, modem: Modem) -> Modem:
            return replace(modem, network=replace(modem.network, stations=modem.network.stations[: made.on]))

        monkeypatch.setattr(played.PlayedPowerline, "_now", switched_on)
        yield made


def test_stations_that_are_switched_on_one_by_one_are_matched(
    make_shell: MakeShell, qtbot: QtBot, board: Board
) -> None:
    shell = at_the_cable(make_shell, qtbot, job=mains.listed(2, 0), platform=board.platform)
    spoken: list[str] = []
    shell.wizard.powerline.told.connect(lambda text, _: spoken.append(text))
    button(shell, "Switch on one by one…").click()
    for name in ("A1", "A2"):
        qtbot.waitUntil(lambda n=name: f"Switch {n} on now and wait until it shows up" in texts(shell), timeout=9000)
        qtbot.keyClick(shell, Qt.Key.Key_F8)
        assert shell._overlay.accessibleName().startswith(f"{name} ")
        qtbot.keyClick(shell._overlay, Qt.Key.Key_Escape)
        board.on += 1
    qtbot.waitUntil(lambda: all(s.mac for s in shell.wizard.job.stations), timeout=20_000)
    assert [s.mac for s in shell.wizard.job.stations] == list(mains.MACS[:2])
    assert spoken == ["A1 is 60:15:92:43:53:01", "A2 is 60:15:92:43:53:02"]
    button(shell, "Done, measure all").click()
    wait_for_look(shell, qtbot)
    newest = latest(shell.wizard.job.records)
    assert newest["plc-station", station("A2")].grade is Grade.MEASURED
    assert not shell.wizard.powerline.mains.watching


def test_two_that_come_together_are_told_apart_by_nobody(make_shell: MakeShell, qtbot: QtBot, board: Board) -> None:
    shell = at_the_cable(make_shell, qtbot, job=mains.listed(3, 0), platform=board.platform)
    shell.wizard.powerline.watch()
    qtbot.waitUntil(lambda: shell.wizard.powerline.mains.answering is not None, timeout=9000)
    board.on = 2
    qtbot.waitUntil(lambda: len(shell.wizard.powerline.mains.members) == 2, timeout=9000)
    qtbot.wait(TOGETHER_MS + 100)
    assert not any(s.mac for s in shell.wizard.job.stations)
    assert shell.wizard.powerline.mains.awaited == "A1"


def test_leaving_the_page_ends_the_watch(make_shell: MakeShell, qtbot: QtBot, board: Board) -> None:
    shell = at_the_cable(make_shell, qtbot, job=mains.listed(2, 0), platform=board.platform)
    shell.wizard.powerline.watch()
    shell.wizard.back()
    assert not shell.wizard.powerline.mains.watching
    qtbot.waitUntil(lambda: shell.wizard.powerline._task is None, timeout=5000)


def test_a_module_that_does_not_answer_leaves_the_questions(make_shell: MakeShell, qtbot: QtBot, garage: Play) -> None:
    silent = replace(
        garage.platform,
        network=lambda i: replace(garage.platform.network(i), powerline=NoPowerline(Reason.NO_ANSWER)),
    )
    shell = at_the_cable(make_shell, qtbot, job=mains.listed(2, 0), platform=silent)
    button(shell, "Measure").click()
    wait_for_look(shell, qtbot)
    panel = next(p for p in shell.findChildren(BlockPanel) if p.isVisible())
    assert panel.isVisible()
    assert "L5-6" in texts(shell)
    assert shell.current().main() is button(shell, "Try again")
    assert not shell.wizard.job.records
    button(shell, "All are paired").click()
    newest = latest(shell.wizard.job.records)
    assert newest["plc-station", station("A1")].grade is Grade.MANUAL


def test_without_rights_nothing_is_tried(make_shell: MakeShell, qtbot: QtBot, garage: Play) -> None:
    lacking = replace(garage.platform, rights=Settled(RightsState.CAN_ASK))
    shell = at_the_cable(make_shell, qtbot, job=mains.listed(2, 0), platform=lacking)
    QApplication.processEvents()
    assert "L5-5" in texts(shell)
    assert button(shell, "Give permission…")
    assert button(shell, "Look for the stations on the network")
    assert not [
        b for b in shell.findChildren(type(button(shell, "Try again"))) if b.isVisible() and b.text() == "Measure"
    ]


def test_the_network_pages_leave_powerline_to_its_own(make_shell: MakeShell, qtbot: QtBot, garage: Play) -> None:
    shell = make_shell("en", job=mains.listed(2), platform=garage.platform, page=Page.BASICS)
    running = {check for check, _ in shell.wizard.measuring.running}
    assert "dhcp-server" in running
    assert not {check for check in running if check.startswith("plc-")}
    shell.wizard.measuring.stop_site()
    qtbot.waitUntil(lambda: not shell.wizard.measuring.site_runs, timeout=5000)
