"""Opens the window. Only what the first page needs is loaded before it is shown."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from .. import app, i18n
from ..errors import BadInput
from . import report  # noqa: F401 - loads the core before Qt: PySide6 reads the sources of all that comes after it

WRONG_USE = 2
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")  # what tells Qt on Linux where to draw


def parser() -> argparse.ArgumentParser:
    """The wizard's own arguments."""
    made = argparse.ArgumentParser(prog="driftklar", description="The wizard.")
    made.add_argument("job", nargs="?", type=Path, metavar="JOB", help="a job file to go on with")
    made.add_argument("--demo", nargs="?", const="healthy", default="", metavar="SITE", help="play a simulated site")
    made.add_argument("--language", choices=i18n.LANGUAGES, default="", help="language of the texts")
    made.add_argument("--theme", choices=("system", "light", "dark", "sun"), default="", help="colours")
    made.add_argument("--profile", metavar="ID|FILE", default="", help="the charger's requirements")
    return made


def main(arguments: Sequence[str]) -> int:
    """Run the wizard until its window is closed."""
    options = parser().parse_args(arguments)
    app.start_log(False)
    try:
        app.requirements(options.profile)
        if options.demo:
            _known_site(options.demo)
        _need_a_window()
    except BadInput as error:
        words = i18n.load(options.language or "en")
        for fault in (error, *error.others):
            sys.stderr.write(f"driftklar: {words.of('error', fault.code, **fault.values)}\n")
        return WRONG_USE
    from PySide6.QtWidgets import QApplication

    from .start import open_window, present

    application = QApplication(sys.argv[:1])
    window = open_window(application, options.demo, options.language, options.theme, options.profile, options.job)
    present(window)
    return application.exec()


def _need_a_window() -> None:
    """Asked first, because Qt ends the whole program where it finds no screen. Raises BadInput."""
    if find_spec("PySide6") is None:
        raise BadInput("input.no-qt")
    if sys.platform == "linux" and not any(os.environ.get(name) for name in _SCREENS):
        raise BadInput("input.no-screen")


def _known_site(name: str) -> None:
    from ..platforms.simulated import SITES

    if name not in SITES:
        raise BadInput("input.no-such-site", name=name, known=", ".join(SITES))
