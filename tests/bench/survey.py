"""How long the walk's page takes for a scan of many networks and a list of many stations.

    cd tests && python -m bench.survey [--runs 20] [--networks 300] [--stations 200]

Processor time of this thread, so that a busy machine changes little. Exit code 1 when a budget is exceeded: 8 ms to
draw a chart, 16.7 ms to read the scan and draw it (a frame at 60 Hz), 50 ms for anything that holds the window up.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from installer_gui import profiles
from installer_gui.domain.job import Connection, Job
from installer_gui.domain.wifi import Bss, Network
from installer_gui.gui import language, pages, theme
from installer_gui.gui.core_thread import CoreThread
from installer_gui.gui.garbage import Collector
from installer_gui.gui.instrument import Instrument
from installer_gui.gui.shell import Shell
from installer_gui.gui.view import Live, Tool
from installer_gui.gui.widgets.chart import Chart
from installer_gui.gui.widgets.keyed_list import KeyedList
from installer_gui.gui.wizard import Wizard
from installer_gui.platforms.simulated import air
from installer_gui.protocols import ieee80211
from installer_gui.session import jobs, stations
from installer_gui.session.flow import Page

DRAW_MS, FRAME_MS, HOLD_MS = 8.0, 1000 / 60, 50.0
SWEEP_S, MINUTE_S = 0.65, 60.0
CHARTS = {(630, 150): "at 1366 x 768", (1100, 420): "in a large window"}


def scan(count: int) -> tuple[Bss, ...]:
    """The stations' own network, and neighbours on every channel at every level."""
    chance = random.Random(1)
    own = air.ACCESS_POINTS[0]
    others = (
        air.AccessPoint(
            f"Grannen {n} åäö",
            f"00:00:5e:00:{n // 256:02x}:{n % 256:02x}",
            chance.randint(1, 13),
            chance.randint(-94, -40),
        )
        for n in range(1, count)
    )
    return tuple(point.heard(point.dbm) for point in (own, *others))


def cost(work: Callable[[], object], runs: int) -> float:
    """The median in ms."""
    times = []
    for _ in range(runs):
        start = time.thread_time()
        work()
        times.append((time.thread_time() - start) * 1000)
    return median(times)


def window(job: Job, networks: tuple[Network, ...], home: Path) -> tuple[Shell, CoreThread]:
    """The wizard on its first page, with a minute of readings behind it; nothing listens meanwhile."""
    core = CoreThread()
    wizard = Wizard(profiles.load("zaptec-pro"), Instrument("zaptec-pro"), core, home)
    wizard.words, wizard.job = language.use(language.application(), "sv"), job
    wizard.measuring.tool = Tool()
    now = time.monotonic()
    past = (MINUTE_S - n * SWEEP_S for n in range(int(MINUTE_S / SWEEP_S)))
    wizard.survey.live = Live(networks, tuple((now - ago, -60 - round(ago) % 20) for ago in past), swept=True)
    shell = Shell(wizard)
    shell.resize(1366, 768)
    shell.show()
    QApplication.processEvents()
    return shell, core


def opened(shell: Shell) -> float:
    """Open the walk's page and fill its list; the longest time in ms that the window was held up.

    As for a person the page before it was in front, from which its code was loaded.
    """
    pages.load(Page.WIFI)
    held = [cost(lambda: shell.wizard.go(Page.WIFI), 1)]
    lists: list[KeyedList[object, object, QWidget]] = shell.current().findChildren(KeyedList)
    while any(each.busy for each in lists):
        held.append(cost(QApplication.processEvents, 1))
    return max(held)


def drawn(shell: Shell, runs: int) -> Iterator[tuple[str, float]]:
    """Each chart of the page, painted."""
    strip, channels = shell.current().findChildren(Chart)
    for (width, height), where in CHARTS.items():
        for chart, what in ((channels, "networks per channel"), (strip, "last minute")):
            canvas = QPixmap(width, height)
            chart.setMinimumSize(0, 0)
            chart.resize(width, height)
            yield f"{what} {where}", cost(lambda chart=chart, canvas=canvas: chart.render(canvas), runs)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--networks", type=int, default=300)
    parser.add_argument("--stations", type=int, default=200)
    options = parser.parse_args(arguments)
    application = QApplication(sys.argv[:1])
    application.setStyle("Fusion")
    theme.apply(application, theme.ThemeName.LIGHT)
    Collector(application)
    with tempfile.TemporaryDirectory() as home:
        return measure(options, Path(home))


def measure(options: argparse.Namespace, home: Path) -> int:
    found, profile = scan(options.networks), profiles.load("zaptec-pro")
    reading = cost(lambda: ieee80211.networks(found), options.runs)
    made = replace(jobs.new(profile), connection=Connection.WIFI, ssid=air.SITE_SSID)
    made = replace(made, stations=stations.resized((), options.stations))
    shell, core = window(made, ieee80211.networks(found), home)
    say(f"{options.networks} networks, {options.stations} stations; medians of {options.runs} in ms of processor time.")
    say()
    say("| what | ms | budget |")
    say("| --- | --- | --- |")
    over = row("opening the page, longest hold", opened(shell), HOLD_MS)
    over |= row("a new scan on the page, without its paint", cost(shell.wizard.refresh_now, options.runs), HOLD_MS)
    slowest = 0.0
    for what, ms in drawn(shell, options.runs):
        over |= row(what, ms, DRAW_MS)
        slowest = max(slowest, ms)
    over |= row("reading the scan", reading, FRAME_MS)
    over |= row("reading it and drawing the slowest chart", reading + slowest, FRAME_MS)
    shell.close()
    core.close()
    return int(over)


def row(what: str, ms: float, budget_ms: float) -> bool:
    """Print a figure; whether it is over its budget."""
    say(f"| {what} | {ms:.1f} | {budget_ms:.1f} |")
    return ms > budget_ms


def say(text: str = "") -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
