"""Starts the wizard, or one command of the command line."""

from __future__ import annotations

import sys


def main() -> int:
    """Without a command the wizard opens; with one, no window and no Qt."""
    arguments = sys.argv[1:]
    wizard_only = {"--demo"}
    if not arguments or wizard_only & set(arguments):
        from .gui.main import main as gui

        return gui(arguments)
    from .cli.main import main as cli

    return cli(arguments)


if __name__ == "__main__":
    sys.exit(main())
