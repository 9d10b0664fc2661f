"""A whole commissioning in a real window: every page, by mouse and keyboard, up to a certificate that verifies.

The suite walks in one language, the nox session `walk` in all of them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

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
LANGUAGES = ("sv", "nb", "en") if os.environ.get("DRIFTKLAR_WALK") == "all" else ("nb",)


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    with xvfb() as screen:
        yield screen


@pytest.mark.timeout(180)
@pytest.mark.parametrize("spoken", LANGUAGES)
def test_a_job_goes_from_the_first_page_to_a_certificate_that_verifies(
    display: str, tmp_path: Path, spoken: str
) -> None:
    environment = {
        **os.environ,
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "DRIFTKLAR_HOME": str(tmp_path),
        "PYTHONPATH": str(HERE.parents[1]),
    }
    picture = tmp_path / "last.png"
    done = subprocess.run(
        [sys.executable, str(HERE / "walk.py"), spoken, str(picture)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["platform"] == "xcb"
    assert told["language"] == spoken
    assert [code.split("-")[0] for code in told["codes"]] == [
        *("B1", "C2", "D3", "E4", "W5", "N6", "P7", "K8", "V9", "F11"),
    ]
    assert {code for code in told["codes"] if code[:2] in ("B1", "C2", "D3", "E4", "N6", "P7", "K8")} == {
        *("B1-2", "C2-2", "D3-2", "E4-2", "N6-2", "P7-2", "K8-2"),
    }
    assert picture.stat().st_size > 10_000
    _check_certificate(Path(told["path"]), spoken)
    job = store.load(Path(told["job"]))
    assert [s.id for s in job.stations] == ["A1", "A2"]
    assert job.demo == "healthy"


def _check_certificate(path: Path, spoken: str) -> None:
    report = verify.examine(path, deep=True)
    assert report.outcome is Outcome.UNTRUSTED, report.reasons  # intact, by somebody whom no list vouches for
    assert Reason.DEMO in report.reasons
    content = report.content
    assert content is not None
    assert content.language == spoken
    assert content.demo == "healthy"
    assert {area: state for area, state in content.areas.items() if area != "wifi"}.keys() >= {"dhcp", "dns", "mqtt"}
    assert {content.areas[a] for a in ("dhcp", "dns", "ntp", "mqtt", "https", "station")} == {State.PASS}
    assert [s.computer for s in content.stations] == [State.PASS, State.PASS]
