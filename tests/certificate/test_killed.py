"""Whoever kills the program while it writes a certificate finds the old file or the new one, never half of one."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from installer_gui.certificate import verify

from .conftest import Office
from .samples import job

KILLS = 8
WRITER = """
import sys
from itertools import cycle
from pathlib import Path
from datetime import datetime
from installer_gui import files
from installer_gui.certificate.issue import _read_back
out, papers = Path(sys.argv[1]), [Path(name).read_bytes() for name in sys.argv[2:]]
now = datetime.now().astimezone()
_read_back(Path(sys.argv[2]), out, now, True)
print("ready", flush=True)
for paper in cycle(papers):
    files.write(out, paper, check=lambda path: _read_back(path, out, now, True))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="has no such signal")
def test_a_kill_at_any_moment_leaves_a_whole_certificate(office: Office, honest: bytes, tmp_path: Path) -> None:
    chance, seen = random.Random(), set[bytes]()
    papers = {"old": honest, "new": office.signed(job(1))}
    for name, paper in papers.items():
        (tmp_path / name).write_bytes(paper)
    out = tmp_path / "folder" / "x.pdf"
    out.parent.mkdir()
    out.write_bytes(honest)
    command = [sys.executable, "-c", WRITER, str(out), str(tmp_path / "new"), str(tmp_path / "old")]
    for _ in range(KILLS):
        with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"ready\n"
            time.sleep(chance.uniform(0.0, 0.2))
            writer.send_signal(signal.SIGKILL)
        assert verify.examine(out).intact
        seen.add(out.read_bytes())
    assert seen <= set(papers.values())
