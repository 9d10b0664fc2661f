"""A distributor's profile in the window: the usual one where it was found, said aloud, and each job by its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from installer_gui import profiles
from installer_gui.domain.brand import Brand
from installer_gui.domain.finding import Severity
from installer_gui.gui.dialogs.report import about
from installer_gui.session import store

from . import jobs
from .hands import MakeShell, texts

THEIRS = replace(
    jobs.PROFILE, id="grossist", base="zaptec-pro", name="Grossisten", brand=Brand("Elgrossisten AB", "010-123 45 67")
)
TEXT = """
id = "grossist"
base = "zaptec-pro"
name = "Grossisten"
version = "7"
date = 2026-09-01
"""
WINDOW = """
import sys
from PySide6.QtWidgets import QApplication
from installer_gui.gui.start import open_window
from installer_gui.gui.widgets.text import Text
application = QApplication(sys.argv[:1])
shell = open_window(application, "", "en", "light", "", None)
shell.show()
print(shell.wizard.profile.id, shell.wizard.job.profile)
print([t.text() for t in shell.findChildren(Text) if t.isVisible() and "grossist" in t.text()])
shell.close()
application.aboutToQuit.emit()
"""


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    yield
    profiles._given.clear()


def test_one_that_was_found_is_the_usual_one_and_is_said_to_be_unsigned(home: Path) -> None:
    (home / "profiles").mkdir()
    (home / "profiles" / "grossist.dkprofile").write_text(TEXT, encoding="utf-8")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", WINDOW]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60).stdout
    assert told.splitlines()[0] == "grossist grossist"
    assert "The requirements are Grossisten's own (profile grossist) and not signed by anybody known here" in told


def test_a_job_is_judged_by_the_requirements_that_it_was_begun_with(make_shell: MakeShell, home: Path) -> None:
    limits = {**THEIRS.limits, "wifi-signal": replace(THEIRS.limits["wifi-signal"], passes=-20.0, warns=None)}
    profiles.give(replace(THEIRS, limits=limits))
    path = home / "jobs" / "THEIRS.dkjob"
    store.save(replace(jobs.measured(Severity.OK), id="THEIRS", profile="grossist"), path)
    shell = make_shell("en", job=jobs.empty())
    shell.wizard.files.open(path)
    assert shell.wizard.profile.id == "grossist"
    assert shell.wizard.view().judgement.verdict == "failed"
    shell.wizard.files.new()
    assert (shell.wizard.profile.id, shell.wizard.job.profile) == ("zaptec-pro", "zaptec-pro")


def test_a_job_by_requirements_that_are_not_known_is_refused_in_one_line(make_shell: MakeShell, home: Path) -> None:
    path = home / "jobs" / "THEIRS.dkjob"
    store.save(replace(jobs.described(), id="THEIRS", profile="grossist"), path)
    shell = make_shell("en", job=jobs.empty())
    shell.wizard.files.open(path)
    assert shell.wizard.job.id == "TEST-TEST-TEST"
    assert any(text.startswith("There is no profile named grossist") for text in texts(shell))


@pytest.mark.parametrize(
    ("signer", "told"), [("", "not signed by anybody known here"), ("Elverket", "signed by Elverket")]
)
def test_about_says_whose_requirements_they_are(make_shell: MakeShell, qtbot: QtBot, signer: str, told: str) -> None:
    shell = make_shell("en")
    view = replace(shell.wizard.view(), profile=replace(THEIRS, signer=signer))
    dialog = about(shell, view)
    dialog.show()
    assert f"Elgrossisten AB, 010-123 45 67, {told}" in texts(dialog)
    dialog.reject()
