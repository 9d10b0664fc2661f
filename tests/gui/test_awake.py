"""The computer is kept awake while somebody walks and measures, and not a moment longer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from pytestqt.qtbot import QtBot

from installer_gui.platforms.simulated import Play
from installer_gui.session.flow import Page

from . import jobs
from .hands import MakeShell


class Spy:
    """Counts who wants it awake."""

    def __init__(self) -> None:
        self.now = self.ever = 0

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[bool]:
        self.now += 1
        self.ever += 1
        try:
            yield True
        finally:
            self.now -= 1


def test_the_computer_is_kept_awake_while_it_measures(make_shell: MakeShell, qtbot: QtBot, site: Play) -> None:
    spy = Spy()
    platform = replace(site.platform, awake=spy)
    shell = make_shell("en", job=jobs.described(), page=Page.BASICS, platform=platform)
    qtbot.waitUntil(lambda: spy.now == 1, timeout=20_000)
    shell.wizard.measuring.stop_site()
    qtbot.waitUntil(lambda: not shell.wizard.measuring.site_runs and spy.now == 0, timeout=10_000)


def test_the_survey_keeps_it_awake_as_long_as_its_page_is_open(make_shell: MakeShell, qtbot: QtBot, site: Play) -> None:
    spy = Spy()
    platform = replace(site.platform, awake=spy)
    shell = make_shell("en", job=replace(jobs.described(), ssid=""), platform=platform)
    shell.wizard.measuring.look_at_tool()
    qtbot.waitUntil(lambda: shell.wizard.measuring.tool is not None, timeout=10_000)
    shell.wizard.go(Page.WIFI)
    qtbot.waitUntil(lambda: spy.now == 1, timeout=20_000)
    shell.wizard.go(Page.START)
    qtbot.waitUntil(lambda: spy.now == 0, timeout=10_000)
