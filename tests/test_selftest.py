"""The program's trial of itself."""

import json
import os
import subprocess
import sys


def _run(folder, *arguments):
    environment = {**os.environ, "DRIFTKLAR_HOME": str(folder), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, *arguments]
    done = subprocess.run(command, capture_output=True, check=False, text=True, env=environment, timeout=100)
    return done.returncode, json.loads(done.stdout)["trials"]


def test_the_self_test_passes_and_says_so_in_json(tmp_path):
    code, trials = _run(tmp_path, "-m", "installer_gui", "--selftest")
    assert (code, set(trials.values())) == (0, {"ok"})


def test_a_missing_library_fails_the_self_test(tmp_path):
    spoiled = "import sys; sys.modules['typst'] = None; from installer_gui.selftest import main; sys.exit(main())"
    code, trials = _run(tmp_path, "-c", spoiled)
    assert code == 70
    assert "typst" in trials["libraries"]
    assert trials["resources"] == "ok"
