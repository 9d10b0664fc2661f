"""What helps from afar: the big view with its QR code, the bundle, the letter on paper, and whom to trust."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from installer_gui import app, i18n
from installer_gui.certificate.issue import holder_of
from installer_gui.certificate.qr import modules
from installer_gui.domain.finding import Severity
from installer_gui.domain.job import Connection
from installer_gui.domain.powerline import Powerline
from installer_gui.gui import paperwork, settings
from installer_gui.gui.dialogs.bundle import BundleDialog
from installer_gui.gui.dialogs.verify import VerifyDialog
from installer_gui.gui.report import spoken_code
from installer_gui.gui.widgets.check import Check
from installer_gui.gui.widgets.row import StatusRow
from installer_gui.gui.widgets.text_area import TextArea
from installer_gui.session import powerline_evidence, powerline_kept
from installer_gui.session.flow import Page
from installer_gui.support.bundle import Choice

from . import jobs
from .hands import MakeShell, button, texts


def saved_as(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_: (str(path), "")))


def test_f7_shows_the_verdict_and_the_result_code_also_as_qr(make_shell: MakeShell) -> None:
    shell = make_shell("sv", job=jobs.measured(Severity.FAILURE), page=Page.INTERNET)
    QTest.keyClick(shell, Qt.Key.Key_F7)
    said = shell._overlay.accessibleName()
    assert said.startswith("P7-4 ")
    assert i18n.load("sv").of("verdict", "failed") in said
    code = spoken_code(shell.wizard.view())
    assert code in said
    assert shell._overlay._qr == modules(code)
    picture = shell.grab().toImage()
    size = len(modules(code))
    assert size >= 21
    dark = sum(picture.pixelColor(x, picture.height() // 2).lightness() < 40 for x in range(picture.width()))
    assert dark > 40, "no QR code on the screen"


def test_the_bundle_is_read_before_it_is_saved(
    make_shell: MakeShell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    saved_as(monkeypatch, tmp_path / "out.zip")
    shell = make_shell("en", job=jobs.measured(Severity.WARNING))
    shell._open_bundle()
    dialog = shell.findChild(BundleDialog)
    assert dialog is not None
    save = button(dialog, "Save the bundle…")
    qtbot.waitUntil(save.isEnabled, timeout=20_000)
    dialog._show_file("job.dkjob")
    shown = dialog.findChild(TextArea)
    assert shown is not None
    assert "Brf Solen" not in shown.toPlainText()
    assert "[name-1]" in shown.toPlainText()
    assert any("Replaced by words in brackets" in text for text in texts(dialog))
    evidence = next(c for c in dialog.findChildren(Check) if c.accessibleName() == "All measured values")
    evidence.click()
    qtbot.waitUntil(save.isEnabled, timeout=20_000)
    assert dialog._made is not None
    save.click()
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        names = set(archive.namelist())
        assert {"versions.json", "judgement.txt", "job.dkjob", "manifest.json"} <= names
        assert not {"evidence.csv", "log.txt"} & names
        assert archive.read("job.dkjob") == next(f.data for f in dialog._made.files if f.name == "job.dkjob")


def test_the_letter_is_saved_as_a_pdf(
    make_shell: MakeShell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    saved_as(monkeypatch, tmp_path / "letter.pdf")
    shell = make_shell("en", job=jobs.measured(Severity.FAILURE), page=Page.INTERNET)
    with qtbot.waitSignal(shell.wizard.signing.written, timeout=20_000):
        button(shell, "Letter about actions…").click()
    button(shell, "Save as PDF…").click()
    qtbot.waitUntil(lambda: any("letter.pdf" in text for text in texts(shell)), timeout=20_000)
    assert (tmp_path / "letter.pdf").read_bytes().startswith(b"%PDF")


def test_a_certificate_is_verified_by_the_list_that_was_chosen_and_by_it_from_then_on(
    make_shell: MakeShell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    job = jobs.measured(Severity.OK)
    paper = paperwork.sign(job, app.identities(), home)
    known = app.identities().of(holder_of(job))
    assert known is not None
    trusted = home / "trusted.pem"
    trusted.write_bytes(known.pem)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", staticmethod(lambda *_: (str(trusted), "")))
    shell = make_shell("en")
    with qtbot.waitSignal(shell.wizard.signing.verified, timeout=20_000) as first:
        shell.wizard.signing.verify(Path(paper.path))
    assert first.args is not None
    assert first.args[1].outcome == "untrusted"
    assert "no list chosen" in texts(shell)
    with qtbot.waitSignal(shell.wizard.signing.verified, timeout=20_000) as second:
        button(shell, "Choose a trust list…").click()
    assert second.args is not None
    assert second.args[1].outcome == "valid"
    dialog = next(d for d in shell.findChildren(VerifyDialog) if d.isVisible())
    assert "trusted.pem" in texts(dialog)
    assert settings.load(home / "settings.json").trust_list == str(trusted)


def test_what_is_no_trust_list_is_said_in_one_line(make_shell: MakeShell, qtbot: QtBot, home: Path) -> None:
    (home / "list.json").write_text("not a list")
    shell = make_shell("en")
    shell.wizard.remember(replace(shell.wizard.settings, trust_list=str(home / "list.json")))
    shell.wizard.signing.verify(home / "any.pdf")
    qtbot.waitUntil(lambda: any("list.json" in text for text in texts(shell)), timeout=20_000)


def test_one_row_is_measured_again_by_itself(make_shell: MakeShell, qtbot: QtBot) -> None:
    shell = make_shell("en", job=jobs.measured(Severity.FAILURE), page=Page.BASICS)
    row = next(r for r in shell.findChildren(StatusRow) if r.isVisible() and r.action.isVisible())
    before = len(shell.wizard.job.records)
    row.action.click()
    assert shell.wizard.measuring.site_runs
    assert not row.action.isVisible()
    qtbot.waitUntil(lambda: not shell.wizard.measuring.site_runs, timeout=20_000)
    made = shell.wizard.job.records[before:]
    assert made
    assert len({record.check for record in made}) < 6


def test_a_sound_is_heard_only_when_it_was_asked_for(make_shell: MakeShell, monkeypatch: pytest.MonkeyPatch) -> None:
    beeps: list[int] = []
    monkeypatch.setattr(QApplication, "beep", staticmethod(lambda: beeps.append(1)))
    shell = make_shell("en")
    shell.wizard.measuring.ended.emit()
    assert not beeps
    shell._listen(True)
    shell.wizard.measuring.ended.emit()
    assert len(beeps) == 2
    assert settings.load(shell.wizard.folder / "settings.json").sound


def test_what_the_modems_said_is_in_the_bundle(home: Path) -> None:
    job = jobs.measured(Severity.OK, Connection.PLC)
    look = powerline_evidence.encode(Powerline("eth0", "02:00:00:00:00:01", "test"), jobs.NOW, jobs.PROFILE)
    powerline_kept.keep(home, job, look)
    assert {"powerline.json", "powerline.pcap"} <= {file.name for file in paperwork.bundle(job, "en", Choice()).files}
