"""Puts the wizard together."""

from __future__ import annotations

import logging
import secrets
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from .. import app
from . import language, mark, theme
from .core_thread import CoreThread
from .garbage import Collector
from .instrument import Instrument
from .shell import Shell
from .theme import ThemeName
from .wizard import Wizard

log = logging.getLogger(__name__)
SIZE, LEAST, FRAME = (1366, 768), (910, 480), (16, 48)  # what window managers put around it, at most


def open_window(application: QApplication, demo: str, spoken: str, worn: str, needs: str, job: Path | None) -> Shell:
    """The wizard's window, with its core running; `needs` is a profile's id or file, "" for the usual one.

    Raises BadInput for a profile that cannot be used.
    """
    profile, doubts = app.requirements(needs)
    application.setStyle("Fusion")
    application.setApplicationName("Driftklar")
    application.setWindowIcon(mark.icon())
    Collector(application)
    core, tools = CoreThread(), Instrument(profile.id, demo)
    application.aboutToQuit.connect(core.close)
    application.aboutToQuit.connect(tools.close)
    wizard = Wizard(profile, tools, core, app.data_folder(), demo)
    theme.apply(application, ThemeName(worn or wizard.settings.theme), wizard.settings.scale)
    wizard.words = language.use(application, spoken or wizard.words.language)
    wizard.job = wizard.fresh_job()
    shell = Shell(wizard)
    shell.setMinimumSize(*LEAST)
    shell.resize(*SIZE)
    if job is not None:
        wizard.files.open(job)
    for doubt in doubts:
        wizard.complain(doubt)
    wizard.measuring.look_at_tool()
    sys.excepthook = lambda kind, error, trace: _catch(wizard, error)
    return shell


def present(shell: Shell) -> None:
    """Show the window, as large as the screen where it is small: the buttons at the bottom must be seen."""
    room = shell.screen().availableGeometry()
    if room.width() < SIZE[0] + FRAME[0] or room.height() < SIZE[1] + FRAME[1]:
        shell.showMaximized()
    else:
        shell.show()


def _catch(wizard: Wizard, error: BaseException) -> None:
    """Ctrl-C in the terminal closes the window; anything else is a bug."""
    if isinstance(error, KeyboardInterrupt):
        QApplication.closeAllWindows()
    else:
        tell_bug(wizard, error)


def tell_bug(wizard: Wizard, error: BaseException) -> None:
    """A bug in the window must not end it: the job is saved, and support gets a number to look for in the log."""
    error_id = secrets.token_hex(4)
    log.error("the window broke [%s]", error_id, exc_info=error)
    wizard.tell_bug(error_id)
