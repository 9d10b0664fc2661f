"""The only place that prints. Results go to stdout, everything else to stderr."""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

from ..domain.verdict import State
from ..errors import BadInput
from ..i18n import Catalogue, visible

_COLOURS = {State.PASS: "32", State.WARN: "33", State.FAIL: "31", State.NOT_MEASURED: "36", State.NOT_APPLICABLE: "90"}


class Output:
    """Where a command writes, in the language and form that were asked for."""

    def __init__(self, catalogue: Catalogue, form: str) -> None:
        self.catalogue = catalogue
        self.form = form
        self._state_width = max(len(catalogue.of("state", state.value)) for state in State)

    @property
    def machine(self) -> bool:
        """True when stdout is for a program: then it holds JSON and nothing else."""
        return self.form != "text"

    @property
    def indent(self) -> int:
        """Where the text beside a state begins."""
        return self._state_width + 2

    def line(self, text: str = "", indent: int = 0) -> None:
        """A line of a result; on a terminal it goes on below itself, `indent` columns in, where it is too long."""
        _write(sys.stdout, _wrapped(text, indent))

    def result(self, state: State, text: str) -> None:
        """A line that begins with a state's word, of fixed width and coloured on a terminal."""
        word = f"{self.catalogue.of('state', state.value):<{self._state_width}}"
        plain = _wrapped(f"{word}  {text}", self.indent)
        shown = f"\033[{_COLOURS[state]}m{word}\033[0m" if _colour() else word
        _write(sys.stdout, shown + plain.removeprefix(word))

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """Rows in columns that are as wide as their widest cell; the last one may go on below itself."""
        shown = [[visible(cell) for cell in row] for row in rows]
        widths = [max(map(len, column)) for column in zip(*shown, strict=True)][:-1]
        for *cells, last in shown:
            head = "".join(f"{cell:<{width}}  " for cell, width in zip(cells, widths, strict=True))
            self.line(f"{head}{last}".rstrip(), len(head))

    def say(self, text: str) -> None:
        """A line for the person at the keyboard that is no part of the result."""
        _write(sys.stderr, text)

    @property
    def shows_progress(self) -> bool:
        """Whether a passing word can be seen."""
        return not self.machine and sys.stderr.isatty()

    def progress(self, text: str) -> None:
        """A passing word while a person waits at a terminal; the next one, or "", takes its place."""
        if self.shows_progress:
            sys.stderr.write(f"\r\033[K{text}")
            sys.stderr.flush()

    def document(self, data: Any) -> None:
        """The one JSON document of a command."""
        _write(sys.stdout, _json(data, indent=2))

    def documents(self, items: Iterable[Any]) -> None:
        """The one JSON document of a command that is a list, written while it grows."""
        separator = "["
        try:
            for item in items:
                _write(sys.stdout, separator + _json(item, indent=2))
                separator = ","
        finally:
            _write(sys.stdout, "]" if separator == "," else "[]")

    def event(self, data: Any) -> None:
        """One JSON document a line."""
        _write(sys.stdout, _json(data))

    def answer(self, name: str, data: dict[str, Any]) -> None:
        """What a command has to say to a program: its one document, or the one event `name`."""
        if self.form == "jsonl":
            self.event({"event": name, **data})
        else:
            self.document(data)

    def raw(self, data: bytes) -> None:
        """Bytes as they are, without a line end of ours."""
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def _colour() -> bool:
    """Only where the terminal is known to take it; see no-color.org."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    old_console = sys.platform == "win32" and "WT_SESSION" not in os.environ
    return sys.stdout.isatty() and not plain and not old_console


def _wrapped(text: str, indent: int) -> str:
    if not sys.stdout.isatty():
        return text
    width = max(40, shutil.get_terminal_size().columns)
    fold = textwrap.TextWrapper(
        width, subsequent_indent=" " * indent, break_on_hyphens=False, drop_whitespace=True, replace_whitespace=False
    )
    return fold.fill(text)


def _json(data: Any, indent: int | None = None) -> str:
    """Letters as they are where the stream can carry them all, else as JSON's escapes."""
    unicode = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "") == "utf8"
    return json.dumps(data, ensure_ascii=not unicode, allow_nan=False, indent=indent)


def _write(stream: Any, text: str) -> None:
    """A terminal that cannot show a character shows a question mark; it does not stop the program."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        stream.write(text.encode(encoding, "replace").decode(encoding) + "\n")
        stream.flush()
    except OSError as error:
        _silence(stream)  # what is left in its buffer must not fail again when the program ends
        if not isinstance(error, BrokenPipeError):  # a reader that has seen enough is no fault; work goes on
            raise BadInput("input.unwritable", file="stdout", cause=error.strerror or "") from None


def _silence(stream: Any) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
