"""Starting: what is loaded before the first page, what the command line of the wizard refuses, what a bug leads to."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from installer_gui.gui import main, start
from installer_gui.gui.shell import Shell
from installer_gui.gui.widgets.text import Text

from . import jobs

MakeShell = Callable[..., Shell]
HEAVY = ("typst", "pyhanko", "cryptography", "dns", "ntplib", "psutil", "keyring", "segno", "pywifi")


def test_nothing_heavy_is_loaded_before_the_first_page() -> None:
    code = f"""
import sys
from PySide6.QtWidgets import QApplication
from installer_gui.gui import start
from installer_gui.gui.pages import start as page
print([name for name in {HEAVY!r} if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--demo", "atlantis"], "atlantis"),
        (["--profile", "nothing"], "nothing"),
    ],
)
def test_what_does_not_exist_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], home: object, arguments: list[str], told: str
) -> None:
    assert main.main([*arguments, "--language", "en"]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert told in error


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
def test_without_a_screen_or_qt_the_commands_are_named_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert main.main(["--language", "en"]) == 2
    assert capsys.readouterr().err.startswith("driftklar: there is no screen here")
    monkeypatch.setattr(main, "find_spec", lambda name: None)
    assert main.main(["--language", "en"]) == 2
    assert capsys.readouterr().err.startswith("driftklar: the window needs PySide6")


def test_a_bug_in_the_window_is_told_with_a_number_and_ends_nothing(make_shell: MakeShell) -> None:
    shell = make_shell("en", job=jobs.described())
    try:
        raise ZeroDivisionError
    except ZeroDivisionError as error:
        start.tell_bug(shell.wizard, error)
    told = [t.text() for t in shell.findChildren(Text) if t.isVisible()]
    assert any(text.startswith("Internal error") for text in told)
    assert shell.isVisible()


def test_a_small_screen_gets_a_window_as_large_as_itself(make_shell: MakeShell, qtbot: QtBot) -> None:
    shell = make_shell("en", job=jobs.described())
    shell.hide()
    room = shell.screen().availableGeometry()
    assert room.height() < start.SIZE[1] + start.FRAME[1] or room.width() < start.SIZE[0] + start.FRAME[0]
    start.present(shell)
    assert shell.isMaximized()


def test_ctrl_c_closes_the_window(make_shell: MakeShell) -> None:
    shell = make_shell("en", job=jobs.described())
    start._catch(shell.wizard, KeyboardInterrupt())
    assert not shell.isVisible()
