"""How long the window stands still while a job of 200 stations is worked on.

    cd tests && python -m bench.handlers [--stations 200] [--top 12]

Every action, and every turn of the event loop after it, is timed in the processor time of the window's thread. A turn
answers all events that wait, so no handler takes longer than that. Exit code 1 when one exceeds the budget.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from gui import jobs
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from installer_gui.domain.finding import Severity
from installer_gui.domain.job import Connection, Job, Station
from installer_gui.gui.dialogs.paste import PasteDialog
from installer_gui.gui.shell import Shell
from installer_gui.gui.start import open_window
from installer_gui.session import flow, plan, store
from installer_gui.session.flow import Page

BUDGET_MS = 50.0
SETTLE_S, QUIET_S = 20.0, 0.15


@dataclass(frozen=True, slots=True)
class Stood:
    """Milliseconds of the thread's processor time in which nothing else could be answered, and what was being done."""

    ms: float
    doing: str


def job(stations: int) -> Job:
    """Every check measured, and not as it should be; two stations of five are on PLC."""
    made = jobs.described(stations=stations)
    listed = tuple(_on_plc(s) if n % 5 < 2 else s for n, s in enumerate(made.stations))
    mixed = replace(made, stations=listed)
    expected = plan.expected_of(mixed, jobs.PROFILE)
    return mixed.with_records(*(jobs.record(e.check, e.subject, Severity.FAILURE) for e in expected))


def _on_plc(made: Station) -> Station:
    return replace(made, connection=Connection.PLC)


class Bench:
    """Works in the window and remembers what took long."""

    def __init__(self, application: QApplication, shell: Shell) -> None:
        self._application, self._shell, self._doing = application, shell, ""
        self.stood: list[Stood] = []

    @contextmanager
    def doing(self, what: str) -> Iterator[None]:
        """What is done inside counts as one handler, and what follows from it as the next ones."""
        self._doing = what
        with self._timed():
            yield
        self.settle()

    @contextmanager
    def _timed(self) -> Iterator[None]:
        began = time.thread_time()
        yield
        self.stood.append(Stood((time.thread_time() - began) * 1000, self._doing))

    def settle(self) -> None:
        """Until nothing has happened for a while."""
        end, quiet = time.monotonic() + SETTLE_S, time.monotonic()
        while time.monotonic() < end and time.monotonic() - quiet < QUIET_S:
            with self._timed():
                self._application.processEvents()
                QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # as a running loop does
            if self.stood[-1].ms > 2:
                quiet = time.monotonic()
            time.sleep(0.001)

    def visit(self, page: Page, what: str) -> None:
        with self.doing(f"{page.code} {what}"):
            self._shell.wizard.go(page)

    def run(self) -> None:
        pages = flow.path(self._shell.wizard.job)
        for what in ("first", "again"):
            for page in pages:
                self.visit(page, what)
        self.type()
        self.switch()
        self.paste()

    def type(self) -> None:
        """A letter into a field of the site, and of a deviation."""
        for page in (Page.SITE, Page.DEVIATIONS):
            self.visit(page, "again")
            edit = next(e for e in self._shell.findChildren(QLineEdit) if e.isVisible())
            edit.setFocus()
            with self.doing(f"{page.code} typing"):
                QTest.keyClicks(edit, "abc")

    def switch(self) -> None:
        for page in (Page.WIFI, Page.STATION_CHECK, Page.DEVIATIONS):
            self.visit(page, "again")
            for what, act in self._switches():
                with self.doing(f"{page.code} {what}"):
                    act()

    def _switches(self) -> tuple[tuple[str, Callable[[], object]], ...]:
        shell = self._shell
        return (
            ("language", lambda: shell.speak("nb" if shell.wizard.words.language != "nb" else "sv")),
            ("F9", lambda: QTest.keyClick(shell, Qt.Key.Key_F9)),
            ("change", lambda: shell.wizard.edit(replace(shell.wizard.job, order_no=shell.wizard.job.order_no + "1"))),
        )

    def paste(self) -> None:
        """A list of 500 rows."""
        self.visit(Page.STATIONS, "again")
        QGuiApplication.clipboard().setText(
            "\n".join(f"P{n};level {n % 5};ZPR{n:06d};F{n % 9};;PLC" for n in range(500))
        )
        with self.doing("C2 paste 500"):
            self._shell.current()._ask_for_list()  # type: ignore[attr-defined]
        dialog = self._shell.findChild(PasteDialog)
        assert dialog is not None
        with self.doing("C2 use 500"):
            dialog.accept()


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stations", type=int, default=200)
    parser.add_argument("--top", type=int, default=12)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as home:
        os.environ["DRIFTKLAR_HOME"] = home
        application = QApplication(sys.argv[:1])
        made = job(options.stations)
        path = Path(home) / "jobs" / f"{made.id}.dkjob"
        store.save(made, path)
        shell = open_window(application, "", "sv", "light", "zaptec-pro", None)
        shell.show()
        bench = Bench(application, shell)
        with bench.doing("start"):
            pass
        with bench.doing("open the job"):
            shell.wizard.files.open(path)
        bench.run()
        shell.close()
        worst: dict[str, float] = {}
        for stood in bench.stood:
            worst[stood.doing] = max(stood.ms, worst.get(stood.doing, 0.0))
    say("| the longest | ms |")
    say("| --- | --- |")
    for doing, ms in sorted(worst.items(), key=lambda pair: -pair[1])[: options.top]:
        say(f"| {doing} | {ms:.0f} |")
    return int(max(worst.values()) > BUDGET_MS)


def say(text: str = "") -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
