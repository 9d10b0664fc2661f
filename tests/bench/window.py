"""How soon the first window is painted and how much memory it takes, started as an installer starts it.

    cd tests && python -m bench.window [--runs 5]

From the start of the process to the first paint, warm (one start before is not counted), in a home without jobs; memory
is the process's own and shared pages once the first page has settled. Exit code 1 when a budget is exceeded.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import astuple, dataclass
from pathlib import Path
from statistics import median

BUDGET_S, BUDGET_MB = 0.5, 90.0
ROOT = Path(__file__).resolve().parents[2]
# what `driftklar` does, with an eye on the first paint; the page may still work for a moment after it
PROGRAM = """
import sys, time, json
from installer_gui.gui import main, report  # in the order of `driftklar`
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from installer_gui.gui.start import open_window, present

class Eye(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and not seen:
            seen.extend((time.time(), time.process_time()))
        return False

def settle():
    import psutil
    print(json.dumps({"painted": seen[0], "worked": seen[1], "rss": psutil.Process().memory_info().rss}), flush=True)
    application.quit()

seen = []
application = QApplication(sys.argv[:1])
shell = open_window(application, "", "", "light", "zaptec-pro", None)
eye = Eye()
shell.installEventFilter(eye)
present(shell)
QTimer.singleShot(1500, settle)
application.exec()
"""


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds to the first paint, by the clock and of the processor; the memory after it in millions of bytes."""

    seconds: float
    worked: float
    megabytes: float


def start(home: str) -> Start:
    """One start."""
    environment = {**os.environ, "DRIFTKLAR_HOME": home, "PYTHONPATH": str(ROOT), "LANGUAGE": "sv"}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    began = time.time()
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    told = json.loads(done.stdout.splitlines()[-1])
    return Start(told["painted"] - began, told["worked"], told["rss"] / 1e6)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as home:
        start(home)
        runs = [start(home) for _ in range(options.runs)]
    seconds, worked, megabytes = (median(values) for values in zip(*map(astuple, runs), strict=True))
    say(f"Medians of {options.runs} starts.")
    say()
    say("| | measured | budget |")
    say("| --- | --- | --- |")
    say(f"| first paint | {seconds:.2f} s | {BUDGET_S} s |")
    say(f"| of it, the processor's | {worked:.2f} s | |")
    say(f"| memory | {megabytes:.1f} MB | {BUDGET_MB:.0f} MB |")
    return int(seconds > BUDGET_S or megabytes > BUDGET_MB)


def say(text: str = "") -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
