"""The only place that prints. Results go to stdout, everything else to stderr."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from ..domain.verdict import State
from ..i18n import Catalogue

_COLOURS = {State.PASS: "32", State.WARN: "33", State.FAIL: "31", State.NOT_MEASURED: "36", State.NOT_APPLICABLE: "90"}


class Output:
    """Where a command writes, in the language and form that were asked for."""

    def __init__(self, catalogue: Catalogue, form: str) -> None:
        self.catalogue = catalogue
        self.form = form

    @property
    def machine(self) -> bool:
        """True when stdout is for a program: then it holds JSON and nothing else."""
        return self.form != "text"

    def line(self, text: str = "") -> None:
        """A line of a result."""
        _write(sys.stdout, text)

    def say(self, text: str) -> None:
        """A line for the person at the keyboard that is no part of the result."""
        _write(sys.stderr, text)

    def document(self, data: Any) -> None:
        """The one JSON document of a command."""
        _write(sys.stdout, json.dumps(data, ensure_ascii=False, indent=2))

    def event(self, data: Any) -> None:
        """One JSON document a line."""
        _write(sys.stdout, json.dumps(data, ensure_ascii=False))

    def mark(self, state: State) -> str:
        """The state as a fixed-width word, coloured on a terminal."""
        word = self.catalogue.of("state", state.value)
        padded = f"{word:<14}"
        return f"\033[{_COLOURS[state]}m{padded}\033[0m" if _colour() else padded


def _colour() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def _write(stream: Any, text: str) -> None:
    """A terminal that cannot show a character shows a question mark; it does not stop the program."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    stream.write(text.encode(encoding, "replace").decode(encoding) + "\n")
    stream.flush()
