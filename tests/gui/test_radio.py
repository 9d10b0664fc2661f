"""The radio on its pages: whether it may look, what it hears, and what a run says of the channel."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableWidget
from pytestqt.qtbot import QtBot

from installer_gui import i18n
from installer_gui.checks import wifi_channel
from installer_gui.domain.finding import SITE, Finding, Severity, station
from installer_gui.domain.job import Connection
from installer_gui.domain.outcome import Measured
from installer_gui.domain.record import Record, latest
from installer_gui.domain.wifi import Band
from installer_gui.gui import wifi_view
from installer_gui.gui.shell import Shell
from installer_gui.gui.view import Live, View
from installer_gui.gui.widgets.block_panel import BlockPanel
from installer_gui.platforms.simulated import Play
from installer_gui.ports.platform import Platform
from installer_gui.ports.unavailable import Reason, Unavailable
from installer_gui.ports.wifi import Adapter, Scan
from installer_gui.session import channel
from installer_gui.session.flow import Page

from . import jobs
from .hands import MakeShell, button, texts


class Radio:
    """An adapter whose sweeps end as they are told to, and that counts them."""

    def __init__(self, reason: Reason | None = None) -> None:
        self.reason, self.sweeps = reason, 0

    def adapters(self) -> tuple[Adapter, ...]:
        return (Adapter("wlan0", "Fine Radio 5", "test radio"),)

    async def scan(self, adapter: str, band: Band | None = Band.B2_4, ssids: Sequence[bytes] = ()) -> Scan:
        self.sweeps += 1
        if self.reason:
            raise Unavailable(self.reason)
        return Scan((), "test radio", 0.0)


def with_radio(site: Play, radio: Radio) -> Platform:
    return replace(site.platform, wifi=radio)


def shown(make_shell: MakeShell, qtbot: QtBot, page: Page, **more: object) -> Shell:
    shell: Shell = make_shell("en", page=page, **more)
    if shell.wizard.measuring.tool is None:
        shell.wizard.measuring.look_at_tool()
    qtbot.waitUntil(lambda: shell.wizard.measuring.tool is not None, timeout=5000)
    return shell


def test_the_computer_s_page_tells_adapter_permission_and_band(make_shell: MakeShell, qtbot: QtBot) -> None:
    shell = shown(make_shell, qtbot, Page.COMPUTER, job=jobs.described())
    qtbot.waitUntil(lambda: "8 networks are heard on 2.4 GHz" in texts(shell), timeout=15_000)
    seen = texts(shell)
    assert "The WiFi adapter is ready" in seen
    assert any(text.endswith("measures with a simulated radio") for text in seen)
    assert "Names and signals of networks are shown" in seen


def test_an_adapter_that_hears_nothing_is_a_remark_and_never_no_networks(
    make_shell: MakeShell, qtbot: QtBot, site: Play
) -> None:
    shell = shown(make_shell, qtbot, Page.COMPUTER, job=jobs.described(), platform=with_radio(site, Radio()))
    qtbot.waitUntil(lambda: "The scan worked, but nothing is heard on 2.4 GHz" in texts(shell), timeout=15_000)


def test_where_no_station_uses_wifi_the_radio_is_left_alone(make_shell: MakeShell, qtbot: QtBot, site: Play) -> None:
    radio = Radio()
    job = jobs.described(Connection.ETHERNET)
    shell = shown(make_shell, qtbot, Page.COMPUTER, job=job, platform=with_radio(site, radio))
    qtbot.waitUntil(lambda: not shell.wizard.measuring.site_runs, timeout=15_000)
    assert radio.sweeps == 0
    assert "The WiFi adapter is ready" not in texts(shell)


@pytest.mark.parametrize("page", [Page.COMPUTER, Page.WIFI])
def test_a_radio_that_may_not_look_is_asked_once_and_again_on_request(
    make_shell: MakeShell, qtbot: QtBot, site: Play, page: Page
) -> None:
    radio = Radio(Reason.NEEDS_PRIVILEGE)
    job = replace(jobs.described(), ssid="")
    shell = shown(make_shell, qtbot, page, job=job, platform=with_radio(site, radio))
    qtbot.waitUntil(lambda: any(p.isVisible() for p in shell.findChildren(BlockPanel)), timeout=15_000)
    qtbot.waitUntil(lambda: not shell.wizard.measuring.site_runs, timeout=15_000)
    before = radio.sweeps
    qtbot.wait(300)
    assert radio.sweeps == before, "it goes on trying"
    radio.reason = None
    button(shell, "Try again").click()
    qtbot.waitUntil(lambda: not any(p.isVisible() for p in shell.findChildren(BlockPanel)), timeout=5000)
    qtbot.waitUntil(lambda: radio.sweeps > before, timeout=5000)


def test_both_charts_can_be_read_as_tables(make_shell: MakeShell, qtbot: QtBot) -> None:
    shell = shown(make_shell, qtbot, Page.WIFI, job=replace(jobs.described(), ssid="Laddning"))
    qtbot.waitUntil(lambda: len(shell.wizard.survey.live.readings) > 1, timeout=15_000)
    button(shell, "Show as a table").click()
    minute, networks = (t for t in shell.findChildren(QTableWidget) if t.isVisible())
    assert minute.accessibleName() == "The signal over the last minute"
    assert minute.rowCount() == len(shell.wizard.survey.live.readings)
    cell = minute.item(0, 1)
    assert cell is not None
    assert cell.text().endswith("dBm")
    assert networks.rowCount() >= 5


def test_a_reading_that_was_missed_says_so_in_the_table() -> None:
    live = Live(readings=((100.0, -60), (103.0, None)))
    view = View(jobs.described(), jobs.PROFILE, jobs.RULES, i18n.load("sv"), live=live)
    assert wifi_view.minute(view, 104.0) == (("1 s sedan", "hördes inte"), ("4 s sedan", "−60\u00a0dBm"))


def test_a_move_that_was_seen_on_the_walk_still_counts_after_a_run(make_shell: MakeShell, qtbot: QtBot) -> None:
    """A single look that saw nothing wrong must not take the place of all the others."""
    job = replace(jobs.described(stations=1), ssid="Laddning")
    for minutes, where in ((9, 6), (5, 11)):
        heard = {"access_points": (f"00:00:5e:00:53:10 {where}",)}
        at = jobs.NOW - timedelta(minutes=minutes)
        job = job.with_records(Record("wifi-network", at, 1.0, Measured((Finding("wifi.found", evidence=heard),))))
    job = channel.weighed(job, jobs.NOW, jobs.PROFILE)
    shell = shown(make_shell, qtbot, Page.START, job=job)
    shell.wizard.measuring.run_site(frozenset({"wifi-network", "wifi-channel"}))
    qtbot.waitUntil(lambda: not shell.wizard.measuring.site_runs, timeout=15_000)
    newest = latest(shell.wizard.job.records)[wifi_channel.INFO.id, SITE]
    assert isinstance(newest.outcome, Measured)
    assert newest.outcome.findings[0].code == "wifi.channel-moved"


def test_only_a_channel_that_nobody_vouched_for_asks_for_a_word(make_shell: MakeShell, qtbot: QtBot) -> None:
    shell = shown(make_shell, qtbot, Page.WIFI, job=replace(jobs.described(), ssid="Laddning"))
    qtbot.waitUntil(lambda: bool(shell.wizard.job.records) and not shell.wizard.measuring.site_runs, timeout=15_000)
    qtbot.waitUntil(lambda: any(t == "Confirm…" for t in _buttons(shell)), timeout=5000)
    assert _buttons(shell).count("Confirm…") == 1
    assert _buttons(shell).count("Look again") == 1


def test_the_next_station_is_scrolled_to_when_one_is_done(make_shell: MakeShell, qtbot: QtBot) -> None:
    job = replace(jobs.described(stations=9), ssid="Laddning")
    done = [jobs.record("wifi-signal", station(f"A{n}"), Severity.OK) for n in range(1, 9)]
    shell = shown(make_shell, qtbot, Page.WIFI, job=job.with_records(*done), size=(1024, 600))
    with qtbot.waitSignal(shell.wizard.survey.measured, timeout=30_000):
        shell.wizard.survey.measure("A7")
    following = shell.current().main()
    assert following is not None
    assert "A9" in following.accessibleName()
    qtbot.waitUntil(lambda: following.visibleRegion().boundingRect().height() == following.height(), timeout=2000)


def test_the_big_view_is_the_level_of_now_and_never_a_frozen_number(make_shell: MakeShell, qtbot: QtBot) -> None:
    shell = make_shell("en", job=jobs.described(), page=Page.WIFI)
    shell.wizard.survey.live = Live(readings=((time.monotonic(), -61),), swept=True)
    qtbot.keyClick(shell, Qt.Key.Key_F8)
    assert "−61" in shell._overlay.accessibleName()
    shell.wizard.survey.live = Live(readings=((time.monotonic(), -80),), swept=True)
    qtbot.waitUntil(lambda: "−80" in shell._overlay.accessibleName(), timeout=3000)
    shell.wizard.survey.live = Live(readings=((time.monotonic() - 20, -80),), swept=True)
    qtbot.waitUntil(lambda: "No fresh signal" in shell._overlay.accessibleName(), timeout=3000)
    qtbot.keyClick(shell._overlay, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not shell._big.isActive(), timeout=3000)


def _buttons(shell: Shell) -> list[str]:
    from installer_gui.gui.widgets.button import Button

    return [b.text() for b in shell.findChildren(Button) if b.isVisible()]


def test_in_a_crowd_the_chart_says_that_it_leaves_some_out() -> None:
    from installer_gui.domain.wifi import Network

    crowd = tuple(Network(f"n{i}", b"n", f"00:00:5e:00:53:{i:02x}", 2437, 6, Band.B2_4, -50 - i) for i in range(9))
    view = View(jobs.described(), jobs.PROFILE, jobs.RULES, i18n.load("en"), live=Live(crowd))
    assert wifi_view.heading(view, in_full=False) == "Networks per channel, 3 of 9 drawn"
    assert wifi_view.heading(view, in_full=True) == "Networks per channel"
