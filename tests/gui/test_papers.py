"""Signing, verifying, and telling of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from installer_gui import app
from installer_gui.certificate import verify
from installer_gui.certificate.issue import holder_of
from installer_gui.certificate.reasons import Outcome
from installer_gui.domain.finding import Severity
from installer_gui.gui.dialogs.passphrase import PassphraseDialog
from installer_gui.gui.dialogs.report import ReportDialog
from installer_gui.gui.dialogs.verify import VerifyDialog
from installer_gui.gui.looks import Look
from installer_gui.gui.widgets.button import Button
from installer_gui.session.flow import Page

from . import jobs
from .hands import MakeShell, button, field, texts, write


def test_signing_waits_for_what_is_missing_and_leads_there(make_shell: MakeShell) -> None:
    shell = make_shell("en", job=jobs.empty(), page=Page.REVIEW)
    shell.current()._confirm.setChecked(True)  # type: ignore[attr-defined]
    assert not button(shell, "Sign and create the certificate").isEnabled()
    assert {"Name of the site", "Electrician", "Charging stations"} <= set(texts(shell))
    button(shell, "Go to the step").click()
    assert shell.wizard.page is Page.SITE


def test_a_job_is_signed_and_its_certificate_verifies(
    make_shell: MakeShell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", staticmethod(lambda url: bool(opened.append(url.toLocalFile())) or True)
    )
    shell = make_shell("en", job=jobs.measured(Severity.OK), page=Page.REVIEW)
    with qtbot.waitSignal(shell.wizard.signing.drawn, timeout=30_000) as drawn:
        pass
    assert drawn.args is not None
    assert drawn.args[0][0].startswith(b"\x89PNG")
    sign = button(shell, "Sign and create the certificate")
    assert not sign.isEnabled()
    shell.current()._confirm.setChecked(True)  # type: ignore[attr-defined]
    sign.click()
    qtbot.waitUntil(lambda: shell.wizard.page is Page.CERTIFICATE, timeout=30_000)
    paper = shell.wizard.signing.paper
    assert paper is not None
    path = Path(paper.path)
    assert path.parent == home / "certificates"
    report = verify.examine(path)
    assert report.outcome in (Outcome.UNTRUSTED, Outcome.VALID)
    assert report.content is not None
    assert report.content.site.name == "Brf Solen"
    assert QApplication.focusWidget() is shell.current().main()
    button(shell, "Open the certificate").click()
    assert opened == [str(path)]
    button(shell, "Copy the summary").click()
    assert paper.certificate_id in QGuiApplication.clipboard().text()


def test_a_signed_job_is_known_as_signed_when_it_is_opened_again(make_shell: MakeShell, qtbot: QtBot) -> None:
    shell = make_shell("en", job=jobs.measured(Severity.OK), page=Page.REVIEW)
    shell.wizard.files.save_soon()
    shell.wizard.signing.sign()
    qtbot.waitUntil(lambda: shell.wizard.page is Page.CERTIFICATE, timeout=30_000)
    path = shell.wizard.files.path
    shell.wizard.files.new()
    assert shell.wizard.signing.paper is None
    shell.wizard.files.open(path)
    assert shell.wizard.signing.paper is not None


def test_any_certificate_can_be_verified_from_the_first_page(
    make_shell: MakeShell, qtbot: QtBot, tmp_path: Path
) -> None:
    other = tmp_path / "other.pdf"
    other.write_bytes(b"no pdf at all")
    shell = make_shell("en")
    with qtbot.waitSignal(shell.wizard.signing.verified, timeout=20_000):
        shell.wizard.signing.verify(other)
    dialog = shell.findChild(VerifyDialog)
    assert dialog is not None
    assert "other.pdf" in texts(dialog)
    dialog.reject()


def test_results_are_said_aloud(make_shell: MakeShell, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[object] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", staticmethod(said.append))
    shell = make_shell("en", job=jobs.described())
    shell.wizard.tell(Look.FAIL, "The file cannot be written")
    assert len(said) == 1
    assert field_of(said[0]) == ("The file cannot be written", QAccessible.AnnouncementPoliteness.Assertive)


def field_of(event: object) -> tuple[str, QAccessible.AnnouncementPoliteness]:
    return event.message(), event.politeness()  # type: ignore[attr-defined]


def test_a_protected_key_asks_for_its_passphrase_each_time(make_shell: MakeShell, qtbot: QtBot) -> None:
    job = jobs.measured(Severity.OK)
    app.identities().create(holder_of(job), jobs.NOW, "hemlig fras")
    shell = make_shell("en", job=job, page=Page.REVIEW)
    for phrase, told in (("wrong", True), ("hemlig fras", False)):
        with qtbot.waitSignal(shell.wizard.signing.locked, timeout=20_000):
            shell.wizard.signing.sign()
        qtbot.waitUntil(lambda: not shell.wizard.signing.busy, timeout=5000)
        dialog = next(d for d in shell.findChildren(PassphraseDialog) if d.isVisible())
        edit = field(dialog, "Passphrase")
        assert edit.echoMode() is QLineEdit.EchoMode.Password
        write(edit, phrase)
        button(dialog, "Sign and create the certificate").click()
        qtbot.waitUntil(lambda: not shell.wizard.signing.busy, timeout=20_000)
        assert (shell.wizard.page is Page.REVIEW) is told
    assert shell.wizard.signing.paper is not None


def test_what_others_must_fix_becomes_a_letter_to_copy(make_shell: MakeShell, qtbot: QtBot) -> None:
    shell = make_shell("en", job=jobs.measured(Severity.FAILURE), page=Page.INTERNET)
    with qtbot.waitSignal(shell.wizard.signing.written, timeout=20_000):
        button(shell, "Letter about actions…").click()
    dialog = shell.findChild(ReportDialog)
    assert dialog is not None
    dialog.accept()
    assert "Brf Solen" in QGuiApplication.clipboard().text()
    shell.wizard.take(jobs.measured(Severity.OK))
    assert not [b for b in shell.findChildren(Button) if b.isVisible() and b.text().startswith("Letter")]
