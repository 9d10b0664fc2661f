#!/usr/bin/env python3
"""Pictures of every page of the wizard, taken on a played site: python packaging/screenshots.py [FOLDER]

Light colours at 1366×768 in every language for the guides (docs/guide), Norwegian also in dark ones at 1024×600 and
Swedish also in those for bright sunlight. Needs no screen.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402  # after the platform was chosen

from installer_gui.domain.job import Connection, Contact, Installer, Job, Site, Station  # noqa: E402
from installer_gui.gui.dialogs.bundle import BundleDialog  # noqa: E402
from installer_gui.gui.shell import Shell  # noqa: E402
from installer_gui.gui.start import open_window  # noqa: E402
from installer_gui.gui.theme import ThemeName  # noqa: E402
from installer_gui.i18n import LANGUAGES  # noqa: E402
from installer_gui.session import changes, flow  # noqa: E402
from installer_gui.session.flow import Page  # noqa: E402

PATIENCE_S = 120.0
WALK_S = 3.4  # the played radio takes a pause this long for the way to the next station
LIGHT, WIDE = ThemeName.LIGHT, (1366, 768)
OTHER = {"nb": (ThemeName.DARK, (1024, 600)), "sv": (ThemeName.SUN, WIDE)}
SITE, GARAGE = "weak-wifi", "plc-garage"


def main(arguments: list[str]) -> int:
    folder = (Path(arguments[0]) if arguments else ROOT / "docs" / "screenshots").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication(sys.argv[:1])
    for spoken in LANGUAGES:
        with tempfile.TemporaryDirectory() as home:
            os.chdir(home)
            os.environ["DRIFTKLAR_HOME"] = "Driftklar"  # so that no picture shows a folder of this computer
            shell = open_window(application, SITE, spoken, LIGHT, "zaptec-pro", None)
            shell.resize(*WIDE)
            shell.show()
            Photographer(application, shell, folder, spoken).take_all()
            _close(shell)
            shell = open_window(application, GARAGE, spoken, LIGHT, "zaptec-pro", None)
            shell.resize(*WIDE)
            shell.show()
            Photographer(application, shell, folder, spoken).take_powerline()
            _close(shell)
    application.quit()
    return 0


class Photographer:
    """Takes one job through the wizard, with a picture of each page."""

    def __init__(self, application: QApplication, shell: Shell, folder: Path, spoken: str) -> None:
        self._application, self._shell = application, shell
        self._folder, self._spoken = folder, spoken

    def take_all(self) -> None:
        wizard = self._shell.wizard
        self._live(lambda: wizard.measuring.tool is not None)
        wizard.edit(described(wizard.job))
        self._take(Page.START)
        for page in flow.path(wizard.job)[1:4]:
            self._take(page)
        self._take(Page.COMPUTER, lambda: not wizard.measuring.site_runs)
        for _ in self._walk():
            pass
        self._take(Page.WIFI)
        wizard.survey.stop()
        for page in (Page.BASICS, Page.INTERNET):
            wizard.go(page)
            self._take(page, lambda: not wizard.measuring.site_runs)
        self._support()
        wizard.asking.answer_all("station-online", "online", True)
        for page in (Page.STATION_CHECK, Page.DEVIATIONS):
            self._take(page)
        wizard.go(Page.REVIEW)
        self._pause(1.5)
        self._take(Page.REVIEW)
        wizard.signing.sign()
        self._live(lambda: wizard.page is Page.CERTIFICATE)
        self._take(Page.CERTIFICATE)
        self._others()

    def _walk(self) -> Iterator[str]:
        """Measure station by station, and stand in the middle of the fifth."""
        wizard = self._shell.wizard
        wizard.go(Page.WIFI)
        self._live(lambda: bool(wizard.survey.live.networks))
        wizard.survey.choose("Laddning")
        for station in ("A1", "A2", "A3", "A4"):
            wizard.survey.measure(station)
            self._live(lambda name=station: wizard.survey.station == name and wizard.survey._measuring is None)  # noqa: SLF001
            self._pause(WALK_S)
            yield station
        wizard.survey.measure("B1")
        self._pause(1.2)

    def _take_other(self, page: Page, worn: ThemeName, size: tuple[int, int]) -> None:
        """The page in front in other colours."""
        self._shell.resize(*size)
        self._shell.wear(worn)
        self._pause(0.3)
        self._save(self._shell, f"{page.code.lower()}-{self._spoken}-{worn}")
        self._shell.resize(*WIDE)
        self._shell.wear(LIGHT)

    def _support(self) -> None:
        """What support asks for: the big view, and the bundle as it is read before it is sent."""
        self._shell._show_code()  # noqa: SLF001
        self._pause(0.2)
        self._save(self._shell, f"f7-{self._spoken}-{LIGHT}")
        self._shell._overlay.hide()  # noqa: SLF001
        dialog = BundleDialog(self._shell, self._shell.wizard)
        dialog.open()
        self._live(lambda: dialog._made is not None)  # noqa: SLF001
        self._pause(0.2)
        self._save(dialog, f"bundle-{self._spoken}-{LIGHT}")
        dialog.close()

    def _others(self) -> None:
        """The worksheet of a connection that the computer does not measure."""
        wizard = self._shell.wizard
        wizard.take(changes.with_connection(described(wizard.fresh_job()), Connection.LTE_M))
        self._take(Page.LTE)

    def take_powerline(self) -> None:
        """A garage on the mains, after a measurement."""
        wizard = self._shell.wizard
        self._live(lambda: wizard.measuring.tool is not None)
        job = described(wizard.fresh_job())
        known = tuple(replace(s, mac=f"60:15:92:43:53:{at:02x}") for at, s in enumerate(job.stations, 1))
        wizard.take(changes.with_connection(replace(job, stations=known), Connection.PLC))
        wizard.go(Page.POWERLINE)
        self._pause(0.5)
        wizard.powerline.look()
        self._take(Page.POWERLINE, lambda: not wizard.powerline.looking)

    def _take(self, page: Page, until: Callable[[], object] = lambda: True) -> None:
        self._shell.wizard.go(page)
        self._pause(0.6)
        self._live(until)
        self._pause(0.2)
        self._shell._notice.hide()  # noqa: SLF001 - what happened before belongs to no page
        self._application.processEvents()
        self._save(self._shell, f"{page.code.lower()}-{self._spoken}-{LIGHT}")
        if other := OTHER.get(self._spoken):
            self._take_other(page, *other)

    def _save(self, widget: QWidget, called: str) -> None:
        """With few colours, so that the files are small."""
        path = self._folder / f"{called}.png"
        widget.grab().save(str(path))
        Image.open(path).convert("RGB").quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)

    def _pause(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        self._live(lambda: time.monotonic() > end)

    def _live(self, until: Callable[[], object]) -> None:
        end = time.monotonic() + PATIENCE_S
        while not until():
            if time.monotonic() > end:
                raise TimeoutError(self._shell.wizard.page.code)
            self._application.processEvents()
            time.sleep(0.005)


def _close(shell: Shell) -> None:
    shell.close()
    shell.wizard.tools.close()


def described(job: Job) -> Job:
    """A garage with six stations."""
    owner = Contact("Ada Lind", "070-123 45 67", "ada.lind@brfsolen.example")
    names = ("A1", "A2", "A3", "A4", "B1", "B2")
    places = (
        "garage, vänster vägg",
        "garage, vänster vägg",
        "vid pelaren",
        "vid grinden",
        "innergården",
        "innergården",
    )
    stations = (Station(n, p, f"ZPR0123{at:02d}") for at, (n, p) in enumerate(zip(names, places, strict=True), 45))
    return replace(
        job,
        site=Site("Brf Solen", "Storgatan 4", "903 25", "Umeå", "SE", "Brf Solen", owner),
        installer=Installer("Elfirman AB", "556000-0000", "Bo Ek", "070-765 43 21", "bo.ek@elfirman.example"),
        stations=tuple(stations),
        connection=Connection.WIFI,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
