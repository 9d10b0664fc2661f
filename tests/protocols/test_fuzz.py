"""Every fuzzer of tests/fuzz, with as many inputs as an ordinary run has time for; `nox -s fuzz` takes a million."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

FEW, SEED = "2000", "20261125"
SCRIPTS = sorted(path for path in (Path(__file__).parents[1] / "fuzz").glob("*.py") if not path.name.startswith("_"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_only_the_documented_error_comes_out(script: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(script), FEW, SEED], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert FEW in done.stdout or sys.platform != "linux"
