"""Which face opens."""

from __future__ import annotations

import subprocess
import sys

import pytest

from installer_gui.__main__ import opens_wizard


@pytest.mark.parametrize(
    "argv",
    [
        (),
        ("--demo",),
        ("--demo=weak-wifi",),
        ("--theme", "sun"),
        ("--language", "sv"),
        ("--language", "sv", "--demo", "healthy"),
        ("solen.dkjob",),
        ("--language", "nb", "solen.dkjob"),
    ],
)
def test_the_wizard_opens_without_a_command(argv: tuple[str, ...]) -> None:
    assert opens_wizard(argv)


@pytest.mark.parametrize(
    "argv",
    [
        ("check",),
        ("--language", "sv", "check"),
        ("job", "note", "x.dkjob", "--text", "--demo"),
        ("job", "show", "solen.dkjob"),
        ("--help",),
        ("--version",),
        ("chekc",),
        ("--format", "json"),
    ],
)
def test_everything_else_is_the_command_lines(argv: tuple[str, ...]) -> None:
    assert not opens_wizard(argv)


def test_a_command_loads_no_window() -> None:
    code = "import sys; sys.argv = ['driftklar', 'list', 'profiles']; import installer_gui.__main__ as m; m.main();"
    loaded = "print(sorted(n for n in sys.modules if n.startswith(('PySide6', 'installer_gui.gui', 'asyncio', 'ssl'))))"
    done = subprocess.run([sys.executable, "-c", code + loaded], capture_output=True, text=True, timeout=30, check=True)
    modules = done.stdout.splitlines()[-1]
    assert "PySide6" not in modules
    assert "installer_gui.gui" not in modules
