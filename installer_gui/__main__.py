"""Starts the wizard, or one command of the command line."""

from __future__ import annotations

import os
import sys
import threading


def main() -> int:
    """Without a command the wizard opens; with one, no window and no Qt."""
    arguments = sys.argv[1:]
    wizard_only = {"--demo"}
    if not arguments or wizard_only & set(arguments):
        from .gui.main import main as gui

        return gui(arguments)
    from .cli.main import main as cli

    return cli(arguments)


def leave(code: int) -> None:
    """End the program; a library call that cannot be interrupted must not hold it up after Ctrl-C."""
    if any(not t.daemon and t is not threading.main_thread() for t in threading.enumerate()):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def start() -> None:
    """The program's entry point."""
    leave(main())


if __name__ == "__main__":
    start()
