"""Starts the wizard, or one command of the command line."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Sequence

from .cli import interrupts

_SHARED = ("--language", "--profile")  # options of both faces, each with a value
_WIZARDS = ("--demo", "--theme")
INTERRUPTED = 3


def main() -> int:
    """Without a command the wizard opens; with one, no window and no Qt."""
    arguments = sys.argv[1:]
    if arguments == ["--selftest"]:
        from .selftest import main as selftest

        return selftest()
    if opens_wizard(arguments):
        interrupts.release()
        from .gui.main import main as gui

        return gui(arguments)
    from .cli.main import main as cli

    return cli(arguments)


def opens_wizard(arguments: Sequence[str]) -> bool:
    """No argument, one of the wizard's own or a job file opens it; everything else is the command line's to judge."""
    while arguments and arguments[0] in _SHARED:
        arguments = arguments[2:]
    first = arguments[0] if arguments else ""
    return not first or first.partition("=")[0] in _WIZARDS or first.endswith(".dkjob")


def leave(code: int) -> None:
    """End the program; a library call that cannot be interrupted must not hold it up after Ctrl-C."""
    if any(not t.daemon and t is not threading.main_thread() for t in threading.enumerate()):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def start() -> None:
    """The program's entry point."""
    try:
        interrupts.hold()
        code = main()
    except KeyboardInterrupt:  # a second one, or nothing that could stop in order
        code = INTERRUPTED
    leave(code)


if __name__ == "__main__":
    start()
