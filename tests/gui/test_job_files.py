"""Jobs in the window: found, searched, copied, put aside, taken elsewhere, and never in two hands at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from installer_gui.domain.finding import Severity
from installer_gui.domain.job import Job
from installer_gui.gui.shell import Shell
from installer_gui.session import job_list, store
from installer_gui.session.flow import Page
from installer_gui.session.holding import Hold, is_held, writing

from . import jobs
from .hands import MakeShell, button, field, texts, write


def keep(home: Path, *made: Job) -> list[Path]:
    paths = [home / "jobs" / f"{job.id}.dkjob" for job in made]
    for job, path in zip(made, paths, strict=True):
        store.save(job, path)
    return paths


def named(number: int) -> Job:
    job = jobs.described()
    return replace(job, id=f"JOB-{number}", site=replace(job.site, name=f"Brf Gård{number}"))


@pytest.fixture
def opened(make_shell: MakeShell, qtbot: QtBot) -> Callable[..., Shell]:
    """A window at the start page, once it has found the jobs."""

    def open_(count: int, **options: object) -> Shell:
        shell = make_shell("en", job=replace(jobs.empty(), id="NEW"), **options)
        qtbot.waitUntil(lambda: len(shell.current()._found) == count, timeout=5000)  # type: ignore[attr-defined]
        return shell

    return open_


def listed(shell: Shell) -> list[str]:
    return [item.job.number for _, item in shell.current()._list._items]  # type: ignore[attr-defined]


def test_jobs_are_found_by_what_is_written_of_them(home: Path, opened: Callable[..., Shell]) -> None:
    keep(home, *map(named, range(6)))
    shell = opened(6)
    assert len(listed(shell)) == 6
    write(field(shell, "Search by site, address, customer or number"), "gård3 storg")
    assert listed(shell) == ["JOB-3"]


def test_a_job_is_put_aside_and_taken_back(home: Path, opened: Callable[..., Shell], qtbot: QtBot) -> None:
    path, _ = keep(home, named(1), named(2))
    shell = opened(2)
    with qtbot.waitSignal(shell.wizard.files.found, timeout=5000):
        shell.current()._act(path, "archive")  # type: ignore[attr-defined]
    assert listed(shell) == ["JOB-2"]
    assert "The job is archived" in texts(shell)
    button(shell, "1 archived job").click()
    assert listed(shell) == ["JOB-1"]
    with qtbot.waitSignal(shell.wizard.files.found, timeout=5000):
        button(shell, "Take back").click()
    button(shell, "0 archived jobs").click()
    assert sorted(listed(shell)) == ["JOB-1", "JOB-2"]


def test_a_new_job_at_the_same_site_is_begun_and_kept(home: Path, opened: Callable[..., Shell]) -> None:
    (path,) = keep(home, jobs.measured(Severity.OK))
    shell = opened(1)
    shell.wizard.files.duplicate(path)
    assert shell.wizard.job.records == ()
    assert shell.wizard.job.stations == jobs.described().stations
    shell.wizard.files.flush()
    assert store.load(shell.wizard.files.path) == shell.wizard.job
    assert store.load(path) == jobs.measured(Severity.OK)


def test_a_job_goes_elsewhere_as_one_file_and_comes_back(
    home: Path, tmp_path: Path, opened: Callable[..., Shell], monkeypatch: pytest.MonkeyPatch
) -> None:
    (path,) = keep(home, named(1))
    out = tmp_path / "stick" / "job.dkjob"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    shell = opened(1)
    shell.current()._act(path, "export")  # type: ignore[attr-defined]
    assert store.load(out) == named(1)
    shell.wizard.files.open(out)
    assert shell.wizard.job == named(1)


def test_a_file_never_takes_the_place_of_another_state_of_the_job(
    home: Path, tmp_path: Path, opened: Callable[..., Shell]
) -> None:
    (path,) = keep(home, named(1))
    store.save(replace(named(1), order_no="17"), tmp_path / "other.dkjob")
    shell = opened(1)
    shell.wizard.files.open(tmp_path / "other.dkjob")
    assert shell.wizard.job.order_no == "17"
    assert shell.wizard.job.id != "JOB-1"
    assert store.load(path) == named(1)
    assert any("opened as a job of its own" in text for text in texts(shell))


def test_a_job_that_another_window_has_is_refused_politely(home: Path, opened: Callable[..., Shell]) -> None:
    (path,) = keep(home, named(1))
    other = Hold()
    assert other.take(path)
    shell = opened(1)
    assert any("Open in another window or command" in text for text in texts(shell))
    shell.wizard.files.open(path)
    assert shell.wizard.job.id == "NEW"
    assert shell.wizard.page is Page.START
    assert any(text.startswith("The job is open in another window or used by a command.") for text in texts(shell))
    other.let_go()
    shell.wizard.files.open(path)
    assert shell.wizard.job.id == "JOB-1"
    assert is_held(path)
    shell.close()
    assert not is_held(path)


def test_a_job_that_a_command_has_is_neither_opened_nor_put_aside(home: Path, opened: Callable[..., Shell]) -> None:
    first, second = keep(home, named(1), named(2))
    shell = opened(2)
    shell.wizard.files.open(first)
    with writing(second):
        shell.wizard.files.open(second)
        shell.wizard.files.archive(second)
        assert any(text.startswith("The job is open in another window or used by a command") for text in texts(shell))
        assert (shell.wizard.job.id, is_held(first), second.exists()) == ("JOB-1", True, True)
    shell.wizard.files.open(second)
    assert (shell.wizard.job.id, is_held(first)) == ("JOB-2", False)


def test_a_file_that_is_no_job_leaves_the_one_in_hand_held(home: Path, opened: Callable[..., Shell]) -> None:
    (path,) = keep(home, named(1))
    (home / "jobs" / "bad.dkjob").write_text("{")
    shell = opened(1)
    shell.wizard.files.open(path)
    shell.wizard.files.open(home / "jobs" / "bad.dkjob")
    assert (shell.wizard.job.id, is_held(path)) == ("JOB-1", True)
    assert not is_held(home / "jobs" / "bad.dkjob")


def test_the_job_in_hand_is_closed_before_it_is_put_aside(home: Path, opened: Callable[..., Shell]) -> None:
    (path,) = keep(home, named(1))
    shell = opened(1)
    shell.wizard.files.open(path)
    shell.wizard.edit(replace(shell.wizard.job, order_no="9"))
    shell.wizard.files.archive(path)
    assert shell.wizard.job.id != "JOB-1"
    assert store.load(path.parent / job_list.ARCHIVE / path.name).order_no == "9"
