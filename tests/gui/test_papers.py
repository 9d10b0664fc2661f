"""Signing, verifying, and telling of it."""

from __future__ import annotations

import itertools
import json
import socket
import threading
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from installer_gui import app
from installer_gui.certificate import timestamp, verify
from installer_gui.certificate.content import Replaced, Untimed
from installer_gui.certificate.issue import holder_of
from installer_gui.certificate.reasons import Outcome
from installer_gui.certificate.verify import Report
from installer_gui.domain.finding import Severity
from installer_gui.gui.dialogs.passphrase import PassphraseDialog
from installer_gui.gui.dialogs.report import ReportDialog
from installer_gui.gui.dialogs.verify import VerifyDialog
from installer_gui.gui.looks import Look
from installer_gui.gui.shell import Shell
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


def sign(shell: Shell, qtbot: QtBot) -> Report:
    """Sign the job in hand; what a verification finds in the file."""
    shell.wizard.go(Page.REVIEW)
    shell.wizard.signing.sign()
    qtbot.waitUntil(lambda: shell.wizard.page is Page.CERTIFICATE, timeout=30_000)
    assert shell.wizard.signing.paper is not None
    report = verify.examine(Path(shell.wizard.signing.paper.path))
    assert report.intact
    return report


def test_a_new_revision_names_the_certificate_whose_place_it_takes_and_keeps_its_file(
    make_shell: MakeShell, qtbot: QtBot, home: Path
) -> None:
    shell = make_shell("en", job=jobs.measured(Severity.OK))
    first = sign(shell, qtbot)
    assert first.content is not None
    old = {path.name: path.read_bytes() for path in (home / "certificates").iterdir()}
    button(shell, "New revision").click()
    assert shell.wizard.page is Page.REVIEW
    told = f"Revision 2 takes the place of certificate {first.content.certificate_id}. The old file stays as it is."
    assert told in texts(shell)
    shell.wizard.go(Page.CERTIFICATE)
    assert {"Revision 2 is not signed yet", told} <= set(texts(shell))
    second = sign(shell, qtbot)
    assert second.content is not None
    assert (first.content.revision, second.content.revision) == (1, 2)
    assert second.content.replaces == Replaced(first.content.certificate_id, first.sha256, 1)
    assert (
        f"{second.content.certificate_id}, revision 2, replaces {first.content.certificate_id} (revision 1)"
        in texts(shell)
    )
    kept = {path.name: path.read_bytes() for path in (home / "certificates").iterdir()}
    assert len(kept) == 2
    assert old.items() < kept.items()


def test_a_job_that_is_signed_again_unchanged_or_after_an_undo_is_a_revision_too(
    make_shell: MakeShell, qtbot: QtBot
) -> None:
    shell = make_shell("en", job=jobs.measured(Severity.OK))
    found = [sign(shell, qtbot), sign(shell, qtbot)]
    before = shell.wizard.job
    shell.wizard.edit(replace(before, order_no="17"))
    shell.wizard.edit(before)
    found.append(sign(shell, qtbot))
    assert [report.content and report.content.revision for report in found] == [1, 2, 3]
    for old, new in itertools.pairwise(found):
        assert old.content is not None
        assert new.content is not None
        assert new.content.replaces == Replaced(old.content.certificate_id, old.sha256, old.content.revision)


def test_a_certificate_that_was_taken_elsewhere_is_replaced_all_the_same(make_shell: MakeShell, qtbot: QtBot) -> None:
    shell = make_shell("en", job=jobs.measured(Severity.OK))
    shell.wizard.files.save_soon()
    first = sign(shell, qtbot)
    assert first.content is not None
    assert shell.wizard.signing.paper is not None
    path = shell.wizard.files.path
    shell.wizard.files.new()
    assert shell.wizard.signing.newest is None
    next((path.parent.parent / "certificates").iterdir()).rename(path.parent / "elsewhere.pdf")
    shell.wizard.files.open(path)
    assert shell.wizard.signing.paper is None
    second = sign(shell, qtbot)
    assert second.content is not None
    assert (second.content.revision, second.content.replaces) == (
        2,
        Replaced(first.content.certificate_id, first.sha256, 1),
    )


@pytest.mark.parametrize("trouble", ["refused", "rubbish", "silence"])
def test_a_timestamp_server_that_fails_is_told_and_costs_only_the_timestamp(
    make_shell: MakeShell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    monkeypatch.setattr(timestamp, "PATIENCE_S", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server:
        if trouble == "rubbish":
            threading.Thread(target=_answer_with_rubbish, args=(server,), daemon=True).start()
        monkeypatch.setenv("DRIFTKLAR_TSA", f"http://127.0.0.1:{server.getsockname()[1]}/")
        if trouble == "refused":
            server.close()
        shell = make_shell("en", job=jobs.measured(Severity.OK))
        report = sign(shell, qtbot)
    assert report.content is not None
    assert report.content.timestamp is Untimed.NONE
    told = next(text for text in texts(shell) if text.startswith("The timestamp server gave no answer"))
    assert told.endswith("so the certificate is signed with the computer's clock instead")
    assert "None; the time is the computer's" in texts(shell)


def test_an_identity_that_has_ended_is_replaced_once_and_that_is_told(
    make_shell: MakeShell, qtbot: QtBot, home: Path
) -> None:
    job = jobs.measured(Severity.OK)
    store = app.identities()
    ended = store.create(holder_of(job), datetime.now().astimezone() - timedelta(days=4 * 365))
    meta = json.loads((ended.folder / "meta.json").read_text())
    (ended.folder / "meta.json").write_text(json.dumps(meta | {"level": "distributor-issued"}))
    shell = make_shell("en", job=job)
    signers = {report.signer.fingerprint for report in (sign(shell, qtbot), sign(shell, qtbot)) if report.signer}
    assert len(signers) == 1
    assert ended.fingerprint not in signers
    assert len(store.all()) == 2
    assert any(text.startswith("Your signing identity has ended") for text in texts(shell))


def test_without_a_timestamp_server_nothing_is_missed(make_shell: MakeShell, qtbot: QtBot) -> None:
    shell = make_shell("en", job=jobs.measured(Severity.OK))
    sign(shell, qtbot)
    assert not [text for text in texts(shell) if "timestamp server" in text]


def _answer_with_rubbish(server: socket.socket) -> None:
    connection, _ = server.accept()
    with connection:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\nlost")


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
    shell.wizard.refresh_now()
    assert not [b for b in shell.findChildren(Button) if b.isVisible() and b.text().startswith("Letter")]
