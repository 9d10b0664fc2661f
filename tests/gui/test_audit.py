"""Every page and every dialog, in states that fill them, at every size, in every language and theme."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QToolButton

from installer_gui import i18n
from installer_gui.domain.finding import Severity
from installer_gui.gui import help as topics
from installer_gui.gui import language, theme
from installer_gui.gui.dialogs.bundle import BundleDialog
from installer_gui.gui.dialogs.connection import ConnectionDialog
from installer_gui.gui.dialogs.help import HelpDialog
from installer_gui.gui.dialogs.passphrase import PassphraseDialog
from installer_gui.gui.dialogs.paste import PasteDialog
from installer_gui.gui.dialogs.report import about
from installer_gui.gui.dialogs.skip import SkipDialog
from installer_gui.gui.dialogs.wifi import LockDialog, ManualDialog, NameDialog
from installer_gui.gui.shell import Shell
from installer_gui.gui.theme import ThemeName
from installer_gui.gui.view import Tool
from installer_gui.gui.widgets.block_panel import BlockPanel
from installer_gui.i18n import numbers
from installer_gui.ports.unavailable import Reason
from installer_gui.session.flow import Page

from . import audit, jobs, matrix
from .matrix import PSEUDO, ROOMS, STATES, Case, Room, each_page, photograph, possible, show

MakeShell = Callable[..., Shell]
Open = Callable[[Case], Shell]


@pytest.fixture
def dressed(make_shell: MakeShell, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Opens a window as a case wants it."""
    load = i18n.load
    made = matrix.pseudo()
    monkeypatch.setattr(i18n, "load", lambda code: made if code == PSEUDO else load(code))
    monkeypatch.setitem(language.LOCALES, PSEUDO, "en_GB")
    monkeypatch.setitem(numbers._DATES, PSEUDO, numbers._DATES["en"])
    monkeypatch.setattr(topics, "sections", lambda code, own=topics.sections: own("en" if code == PSEUDO else code))

    def open_(case: Case) -> Shell:
        room = case.room
        shell = make_shell(case.language, case.worn, (room.width, room.height), demo="healthy")
        shell.wizard.settings = replace(shell.wizard.settings, theme=case.worn.value)
        if room.scale != 1.0:
            shell._rescale(room.scale)
            assert theme.tokens().name == case.worn
        return shell

    yield open_
    theme.apply(qapp, ThemeName.LIGHT)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("case", matrix.cases(), ids=str)
def test_a_page_can_be_read_hit_named_and_reached(dressed: Open, case: Case) -> None:
    shell = dressed(case)
    found = {}
    for page in each_page(shell, STATES[case.state]()):
        show(shell, page)
        photograph(shell, case, page)
        if faults := list(_faults(shell, case)):
            found[page.code] = faults
    matrix.note(case, found)
    assert found == {}


def _faults(shell: Shell, case: Case) -> Iterator[object]:
    """What a person would stumble over. Dark differs from light in its colours alone: in the whole matrix only they
    are looked at twice."""
    yield from audit.low_contrast(shell)
    if (shell.width(), shell.height()) != (case.room.width, case.room.height):
        yield "larger than its screen", f"{shell.width()}x{shell.height()}"
    if not (matrix.FOLDER and case.worn is ThemeName.DARK):
        yield from audit.overflow(shell)
        yield from audit.small_targets(shell)
        yield from audit.nameless(shell)
        yield from audit.unreachable(shell)


@pytest.mark.parametrize(("spoken", "room"), [(s, r) for s in ("sv", PSEUDO) for r in ROOMS if possible(s, r)], ids=str)
def test_what_keeps_from_measuring_can_be_read_and_hit(dressed: Open, spoken: str, room: Room) -> None:
    case = Case(spoken, room, ThemeName.SUN, "empty")
    shell = dressed(case)
    shell.wizard.take(STATES[case.state]())
    found = {}
    for page, reason in ((Page.WIFI, Reason.PERMISSION_DENIED), (Page.COMPUTER, Reason.NO_ADAPTER)):
        show(shell, page)
        shell.wizard.measuring.tool = Tool(no_wifi=reason, system="windows")
        shell.wizard.refresh_now()
        for _ in range(4):
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        assert any(panel.isVisible() for panel in shell.findChildren(BlockPanel))
        if faults := list(_faults(shell, case)):
            found[page.code] = faults
    assert found == {}


def _pasted(shell: Shell) -> QDialog:
    """A list with all columns and a doubt in each row."""
    rows = (f"P{at};garage, left wall;ZAP{at:06d};F{at};00:00:5e:00:53:0{at};carrier pigeon" for at in range(1, 6))
    dialog = PasteDialog(shell, shell.wizard.words, "A1", shell.wizard.job.stations, lambda _: None)
    dialog._edit.setPlainText("\n".join(("name;place;serial;circuit;mac;connection", *rows)))
    dialog._read()
    return dialog


DIALOGS: dict[str, Callable[[Shell], QDialog]] = {
    "help": lambda shell: HelpDialog(shell, shell.wizard.view(), Page.WIFI),
    "help on a number": lambda shell: HelpDialog(shell, shell.wizard.view(), Page.WIFI, 414),
    "bundle": lambda shell: BundleDialog(shell, shell.wizard),
    "about": lambda shell: about(shell, shell.wizard.view()),
    "skip": lambda shell: SkipDialog(shell, shell.wizard.words, _left_out(shell), lambda *_: None),
    "passphrase": lambda shell: PassphraseDialog(shell, shell.wizard.words, lambda _: None),
    "connection": lambda shell: ConnectionDialog(shell, shell.wizard.words, shell.wizard.job, lambda *_: None),
    "network's name": lambda shell: NameDialog(shell, shell.wizard.words, lambda _: None),
    "channel": lambda shell: LockDialog(shell, shell.wizard),
    "paste": _pasted,
    "by hand": lambda shell: ManualDialog(shell, shell.wizard, "A1"),
}


def _left_out(shell: Shell) -> list[tuple[tuple[str, object], str]]:
    return [((row, object()), "Zapcloud-API.AzureWebsites.net answers over HTTPS") for row in ("a", "b")]


@pytest.mark.parametrize(("spoken", "room"), [(s, r) for s in ("sv", PSEUDO) for r in ROOMS if possible(s, r)], ids=str)
def test_a_dialog_fits_its_window_and_can_be_read_hit_and_named(dressed: Open, spoken: str, room: Room) -> None:
    shell = dressed(Case(spoken, room, ThemeName.SUN, "wifi-fail"))  # its letters are the largest
    shell.wizard.take(jobs.measured(Severity.FAILURE))
    found = {}
    for which, make in DIALOGS.items():
        dialog = make(shell)
        dialog.open()
        while isinstance(dialog, BundleDialog) and dialog._made is None:
            QApplication.processEvents()  # what it shows is made in the core
        for _ in range(4):
            QApplication.processEvents()
        faults = [*audit.overflow(dialog), *audit.small_targets(dialog), *audit.nameless(dialog)]
        if dialog.width() > room.width or dialog.height() > room.height:
            faults.append(("larger than its window", f"{dialog.width()}x{dialog.height()}"))
        if faults:
            found[which] = faults
        dialog.close()
    assert found == {}


def test_every_two_values_of_the_matrix_meet() -> None:
    every = [("a", 1, x) for x in range(3)] + [("b", 1, x) for x in range(3)] + [("b", 2, x) for x in range(3)]
    chosen = matrix.pairwise(every)
    assert len(chosen) < len(every)
    assert {(row[0], row[2]) for row in chosen} == {(row[0], row[2]) for row in every}


def test_the_pseudo_language_is_longer_and_keeps_its_places() -> None:
    words, english = matrix.pseudo(), i18n.load("en")
    assert "{" not in words.text("gui.saved", time="14:05")
    assert len(words.text("gui.help.title")) > len(english.text("gui.help.title"))


def test_the_audit_finds_what_it_looks_for(make_shell: MakeShell) -> None:
    shell = make_shell()
    small = QToolButton(shell)
    small.setGeometry(400, 5, 20, 20)
    faint = QLabel("faint", shell)
    faint.setStyleSheet("color: #cccccc; background: #ffffff")
    faint.setGeometry(430, 5, 120, 20)
    cut = QLabel("a sentence that is much too long for its label", shell)
    cut.setGeometry(600, 5, 40, 20)
    alone = QLabel(shell)
    alone.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    alone.setGeometry(700, 5, 44, 44)
    for widget in (small, faint, cut, alone):
        widget.show()
    QApplication.processEvents()
    assert audit.small_targets(shell)
    assert audit.nameless(shell)
    assert any(text == "faint" for text, _ in audit.low_contrast(shell))
    assert any(text.startswith("a sentence") for _, text in audit.overflow(shell))
