"""A job that a window or another command has in hand is written by nobody else."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from installer_gui import app
from installer_gui.i18n import LANGUAGES
from installer_gui.session import store
from installer_gui.session.holding import is_held, writing

Cli = Callable[..., Any]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def job(driftklar: Cli, tmp_path: Path) -> Path:
    path = tmp_path / "solen.dkjob"
    made = driftklar("job", "new", "-o", str(path), "--station", "A1", "--connection", "wifi", "--ssid", "LADD")
    assert made.code == 0
    return path


WRITING = (
    ("check", "--save", "{job}"),
    ("wifi", "measure", "--ssid", "LADD", "--station", "A1", "--save", "{job}"),
    ("plc", "scan", "--save", "{job}"),
    ("plc", "addresses", "--save", "{job}"),
    ("job", "set", "{job}", "--order-no", "17"),
    ("job", "note", "{job}", "--text", "x"),
    ("job", "confirm", "{job}", "--check", "station-online", "--station", "A1", "--by", "Åsa"),
)
READING = (
    ("job", "show", "{job}"),
    ("job", "export", "{job}", "-o", "{folder}/copy.dkjob"),
    ("certificate", "{job}", "-o", "{folder}/x.pdf", "--unsigned"),
    ("code", "{job}"),
)


def filled(command: tuple[str, ...], job: Path) -> list[str]:
    return [word.format(job=job, folder=job.parent) for word in command]


@pytest.mark.parametrize("command", WRITING, ids=" ".join)
def test_a_command_that_writes_is_refused_before_it_does_anything(
    driftklar: Cli, play: Callable[..., None], job: Path, command: tuple[str, ...]
) -> None:
    async def never(_: object) -> None:
        raise AssertionError

    play(dns_lan=never)
    old = job.read_bytes()
    with writing(job):
        for language in LANGUAGES:
            told = driftklar(*filled(command, job), "--language", language)
            assert (told.code, told.out, job.read_bytes()) == (2, "", old)
            assert len(told.err.strip().splitlines()) == 1
            assert str(job) in told.err


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_who_only_reads_is_let(driftklar: Cli, job: Path, command: tuple[str, ...]) -> None:
    with writing(job):
        assert driftklar(*filled(command, job)).code == 0


def test_a_job_is_held_while_it_is_measured_and_let_go_of_after(
    driftklar: Cli, play: Callable[..., None], outcomes: SimpleNamespace, job: Path
) -> None:
    seen = []

    async def look(ctx: object) -> Any:
        seen.append(is_held(job))
        return await outcomes.fine(ctx)

    play(dns_lan=look)
    driftklar("check", "--save", str(job))
    assert seen == [True]
    assert not is_held(job)
    assert {path.name for path in job.parent.iterdir()} == {"home", "solen.dkjob", "solen.previous.dkjob"}


def test_a_bug_or_a_wrong_word_lets_go_of_the_job(driftklar: Cli, job: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert driftklar("job", "note", str(job)).code == 2
    monkeypatch.setattr(store, "load", lambda _: 1 // 0)
    assert driftklar("job", "note", str(job), "--text", "x").code == 70
    assert not is_held(job)


@contextmanager
def window(job: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The wizard in a process of its own, with a job in hand."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "installer_gui", str(job)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(600):
                if is_held(job):
                    break
                assert process.poll() is None
                time.sleep(0.05)
            assert is_held(job)
            yield process
        finally:
            process.kill()


def test_a_job_in_a_window_is_refused_until_the_window_is_killed(driftklar: Cli, job: Path) -> None:
    pytest.importorskip("PySide6")
    number = store.load(job).id
    assert driftklar("job", "import", str(job)).code == 0
    own = app.data_folder() / "jobs" / f"{number}.dkjob"
    with window(own) as process:
        told = driftklar("job", "set", str(own), "--order-no", "17")
        assert (told.code, told.out) == (2, "")
        process.kill()
        process.wait(timeout=10)
        assert driftklar("job", "set", str(own), "--order-no", "17").code == 0
    assert store.load(own).order_no == "17"


@pytest.mark.parametrize(
    "command",
    [
        ("certificate", "{job}", "-o", "{job}"),
        ("certificate", "{job}", "-o", "{folder}/link.pdf"),
        ("bundle", "{job}", "-o", "{job}"),
        ("letter", "{job}", "-o", "{folder}/link.pdf"),
    ],
    ids=" ".join,
)
def test_nothing_is_written_over_the_job_that_it_is_made_of(
    driftklar: Cli, job: Path, command: tuple[str, ...]
) -> None:
    old = job.read_bytes()
    os.link(job, job.parent / "link.pdf")
    told = driftklar(*filled(command, job))
    assert (told.code, told.out, job.read_bytes()) == (2, "", old)
    assert len(told.err.splitlines()) == 1
