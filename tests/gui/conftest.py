"""Windows on the offscreen platform, over a site that is played on loopback."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication

from installer_gui import profiles
from installer_gui.domain.job import Job
from installer_gui.gui import language, theme
from installer_gui.gui.core_thread import CoreThread
from installer_gui.gui.garbage import Collector
from installer_gui.gui.instrument import Instrument
from installer_gui.gui.shell import Shell
from installer_gui.gui.theme import ThemeName
from installer_gui.gui.wizard import Wizard
from installer_gui.platforms.simulated import Play, play
from installer_gui.ports.platform import Platform
from installer_gui.session.flow import Page

MakeShell = Callable[..., Shell]


@pytest.fixture(scope="session")
def site() -> Iterator[Play]:
    with play("healthy") as playing:
        yield playing


@pytest.fixture(scope="module", autouse=True)
def _collector(qapp: QApplication) -> Iterator[None]:
    """As in the program: garbage is collected in the window's thread only."""
    collector = Collector()
    yield
    collector.stop()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DRIFTKLAR_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def make_shell(qapp: QApplication, qtbot: object, home: Path, site: Play) -> Iterator[MakeShell]:
    """Opens windows: language, theme, size, and the job that is in hand."""
    opened: list[tuple[Shell, CoreThread]] = []
    qapp.setStyle("Fusion")
    QCursor.setPos(QPoint(3000, 3000))  # nothing is under the mouse

    def make(
        spoken: str = "en",
        worn: ThemeName = ThemeName.LIGHT,
        size: tuple[int, int] = (1366, 768),
        job: Job | None = None,
        page: Page = Page.START,
        demo: str = "",
        platform: Platform | None = None,
    ) -> Shell:
        theme.apply(qapp, worn)
        core = CoreThread()
        wizard = Wizard(
            profiles.load("zaptec-pro"), Instrument("zaptec-pro", platform=platform or site.platform), core, home, demo
        )
        wizard.words = language.use(qapp, spoken)
        wizard.job = job or wizard.fresh_job()
        shell = Shell(wizard)
        opened.append((shell, core))
        shell.resize(*size)
        shell.show()
        shell.activateWindow()
        wizard.go(page)
        qapp.processEvents()
        return shell

    yield make
    for shell, core in opened:
        shell.close()
        assert core.close(), "the core did not let go"
        shell.deleteLater()
    opened.clear()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # no loop runs that would do it
    qapp.processEvents()
    gc.collect()
