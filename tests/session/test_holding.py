"""A job has one writer at a time, in whatever program, and none that has died."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from installer_gui.errors import BadInput
from installer_gui.session import holding
from installer_gui.session.holding import Hold, is_held, writing

ROOT = Path(__file__).parents[2]
HOLDER = """
import sys
from pathlib import Path
from installer_gui.session.holding import Hold
hold = Hold()
print(hold.take(Path(sys.argv[1])), flush=True)
sys.stdin.read()
hold.let_go()
"""
COUNTER = """
import sys
from pathlib import Path
from installer_gui.errors import BadInput
from installer_gui.session.holding import writing
path, done = Path(sys.argv[1]), 0
while done < 40:
    try:
        with writing(path):
            path.write_text(str(int(path.read_text()) + 1))
        done += 1
    except BadInput:
        pass
"""


@pytest.fixture
def job(tmp_path: Path) -> Path:
    return tmp_path / "x.dkjob"


@contextmanager
def another(job: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the job until its input ends."""
    command = [sys.executable, "-c", HOLDER, str(job)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "True"
        yield process
        process.kill()


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_another_process_holds_is_refused_until_it_lets_go(job: Path) -> None:
    with another(job) as process:
        assert is_held(job)
        assert not Hold().take(job)
        with pytest.raises(BadInput) as raised, writing(job):
            raise AssertionError
        assert (raised.value.code, raised.value.values) == ("input.held", {"file": str(job)})
        process.communicate(timeout=10)
        assert not is_held(job)
        with writing(job):
            assert is_held(job)
    assert left(job.parent) == []


def test_a_killed_process_holds_nothing(job: Path) -> None:
    with another(job) as process:
        process.kill()
        process.wait(timeout=10)
        assert not is_held(job)
        with writing(job):
            assert is_held(job)
    assert left(job.parent) == []


def test_who_waits_for_a_moment_gets_it(job: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding, "PATIENCE_S", 20.0)
    with another(job) as process:
        later = threading.Timer(0.2, process.communicate)
        later.start()
        hold = Hold()
        assert hold.take(job)
        later.join()
        hold.let_go()


def test_one_hold_has_one_job(tmp_path: Path) -> None:
    hold, first, second = Hold(), tmp_path / "1.dkjob", tmp_path / "2.dkjob"
    assert hold.take(first)
    assert hold.take(first)
    assert hold.take(second)
    assert (is_held(first), is_held(second)) == (False, True)
    other = Hold()
    assert other.take(first)
    assert not hold.take(first)
    assert (hold.path, is_held(second)) == (second, True)
    hold.let_go()
    other.let_go()
    assert left(tmp_path) == []


def test_nothing_is_lost_between_writers(job: Path) -> None:
    job.write_text("0")
    command = [sys.executable, "-c", COUNTER, str(job)]
    writers = [subprocess.Popen(command, cwd=ROOT) for _ in range(4)]
    assert [writer.wait(timeout=60) for writer in writers] == [0] * 4
    assert job.read_text() == "160"
    assert left(job.parent) == ["x.dkjob"]


def test_a_child_of_the_holder_does_not_keep_it(job: Path) -> None:
    hold = Hold()
    assert hold.take(job)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        hold.let_go()
        assert not is_held(job)
        child.kill()


def test_a_folder_that_takes_no_locks_stops_nobody(tmp_path: Path) -> None:
    with writing(tmp_path / "none" / "x.dkjob"):
        assert left(tmp_path) == []
    if os.name == "posix":
        with writing(Path("/proc/x.dkjob")):
            pass


def test_no_job_needs_no_hold() -> None:
    with writing(None):
        pass
