"""Twelve stations on WiFi and eight on PLC, by keyboard alone, with the computer dying three times on the way.

The suite walks in one language, the nox session `walk` in all of them.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from installer_gui.certificate import verify
from installer_gui.certificate.reasons import Outcome, Reason
from installer_gui.domain.verdict import State
from installer_gui.session import store

from .display import xvfb

pytestmark = [
    pytest.mark.window,
    pytest.mark.skipif(shutil.which("Xvfb") is None, reason="needs Xvfb"),
]
HERE = Path(__file__).parent
DEATHS = ("stations", "wifi A7", "online A2")
LANGUAGES = ("sv", "nb", "en") if os.environ.get("DRIFTKLAR_WALK") == "all" else ("sv",)
Told = dict[str, Any]


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    with xvfb() as screen:
        yield screen


@pytest.mark.timeout(300)
@pytest.mark.parametrize("spoken", LANGUAGES)
def test_a_mixed_site_is_walked_by_keyboard_and_no_crash_loses_anything(
    display: str, tmp_path: Path, spoken: str
) -> None:
    last: Told | None = None
    for death in DEATHS:
        told = walk(display, tmp_path, spoken, death)
        assert told[-1]["mark"] == death
        assert_nothing_is_lost(last, told[0])
        last = told[-1]
    told = walk(display, tmp_path, spoken)
    assert_nothing_is_lost(last, told[0])
    signed = told[-1]
    assert (signed["mark"], signed["language"]) == ("signed", spoken)
    check_job(Path(signed["job"]))
    check_certificate(Path(signed["path"]), spoken)


def walk(display: str, home: Path, spoken: str, until: str = "") -> list[Told]:
    """What a walk tells, up to the step after which the program is killed."""
    environment = {
        **os.environ,
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "DRIFTKLAR_HOME": str(home),
        "PYTHONPATH": str(HERE.parents[1]),
    }
    command = [sys.executable, str(HERE / "big_walk.py"), spoken, str(home / "last.png")]
    told: list[Told] = []
    with (home / "errors.txt").open("w") as errors:
        walker = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True)
        assert walker.stdout is not None
        with walker:
            for line in walker.stdout:
                told.append(json.loads(line))
                if told[-1]["mark"] == until:
                    os.kill(walker.pid, signal.SIGKILL)
                    break
    expected = -signal.SIGKILL if until else 0
    assert walker.returncode == expected, (home / "errors.txt").read_text()
    return told


def assert_nothing_is_lost(before: Told | None, after: Told) -> None:
    """Everything that was told before the computer died is there when the job is taken up again."""
    if before is None:
        return
    assert after["mark"] == "resumed"
    assert set(before["known"]) <= set(after["known"])  # a page may have begun to measure by itself again
    assert [after[key] for key in ("id", "site", "stations", "notes")] == [
        before[key] for key in ("id", "site", "stations", "notes")
    ]


def check_job(path: Path) -> None:
    job = store.load(path)
    assert [s.id for s in job.stations] == [*(f"A{n}" for n in range(1, 13)), *(f"B{n}" for n in range(1, 9))]
    assert job.connections == ("wifi", "plc")
    assert job.notes[-1].due is not None
    assert not list(path.parent.glob(".*.lock"))


def check_certificate(path: Path, spoken: str) -> None:
    report = verify.examine(path, deep=True)
    assert report.outcome is Outcome.UNTRUSTED, report.reasons  # intact, by somebody whom no list vouches for
    assert Reason.DEMO in report.reasons
    content = report.content
    assert content is not None
    assert (content.language, len(content.stations)) == (spoken, 20)
    assert [s.connection for s in content.stations] == ["wifi"] * 12 + ["plc"] * 8
    assert {s.state for s in content.stations} == {State.PASS}
    assert {content.areas[area] for area in ("dhcp", "dns", "ntp", "mqtt", "https", "station", "plc")} == {State.PASS}
