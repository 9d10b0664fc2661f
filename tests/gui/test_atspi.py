"""What a screen reader gets, on a real accessibility bus and a real window."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PYTHON = "/usr/bin/python3"  # the bindings are the system's
HERE = Path(__file__).parent


def _has_bindings() -> bool:
    if not all(map(shutil.which, ("Xvfb", "dbus-run-session"))) or not Path(PYTHON).exists():
        return False
    probe = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    return subprocess.run([PYTHON, "-c", probe], capture_output=True, check=False).returncode == 0


pytestmark = [
    pytest.mark.window,
    pytest.mark.skipif(not _has_bindings(), reason="needs Xvfb, dbus-run-session and gir1.2-atspi-2.0"),
]


@pytest.fixture
def display() -> Iterator[str]:
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as told:
            number = told.readline().strip()
        assert number, "Xvfb did not start"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(timeout=10)


def test_a_screen_reader_finds_names_and_can_press(display: str, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "DRIFTKLAR_HOME": str(tmp_path),
        "PYTHONPATH": str(HERE.parents[1]),
    }
    done = subprocess.run(
        ["dbus-run-session", "--", sys.executable, str(HERE / "atspi_session.py"), PYTHON, "Starta ett nytt jobb"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])  # the registry says that it is there
    assert told["code"].startswith("Skärmkod B1-")
    for page in ("first", "second"):
        focusable = [node for node in told[page] if node["focusable"]]
        assert len(focusable) > 8
        assert [node for node in focusable if not node["name"] and node["role"] not in ("frame", "filler")] == []
    roles = {(node["role"], node["name"]) for node in told["second"]}
    assert ("text", "Anläggningens namn") in roles
    assert any(node["focused"] for node in told["second"])
