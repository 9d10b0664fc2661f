"""Why something is left out: one of the usual causes, or the installer's own words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from ...i18n import Catalogue
from ...session.stations import printable
from ..view import Key
from ..widgets.fields import Choice, Field
from ..widgets.text import Text
from ..widgets.tiles import Option, Tiles
from .base import Dialog

CAUSES = ("no-access", "no-power", "not-mounted", "network-not-ready", "later-visit")
ALL, OWN = "all", "own"

Answer = Callable[[list[Key], str], object]


class SkipDialog(Dialog):
    """Asks what to skip (when there is a choice) and why; `answer` gets the checks and the cause."""

    def __init__(self, parent: QWidget, words: Catalogue, what: Sequence[tuple[Key, str]], answer: Answer) -> None:
        super().__init__(parent, words.text("gui.skip.title"))
        self._what, self._answer = what, answer
        self._chosen, self._cause = "0" if len(what) > 1 else ALL, CAUSES[0]
        self.column.addWidget(Text(words.text("gui.skip.lead"), "muted"))
        if len(what) > 1:
            self._ask_what(words)
        self._tiles, self._own = Tiles(1), Field()
        options = [Option(cause, words.of("skip", cause)) for cause in CAUSES]
        self._tiles.show_options(options, CAUSES[0])
        self._tiles.chosen.connect(self._choose)
        self.column.addWidget(self._tiles)
        self._own.show_field(words.text("gui.skip.own"), "")
        self._own.edited.connect(self._write)
        self.column.addWidget(self._own)
        self.buttons(words.text("gui.cancel"), words.text("gui.skip.act"), self._finish)
        self._tiles.main().setFocus()

    def _ask_what(self, words: Catalogue) -> None:
        choice = Choice()
        options = [(str(at), text) for at, (_, text) in enumerate(self._what)]
        everything = (ALL, words.plural("gui.skip.all", len(options)))
        choice.show_choice(words.text("gui.skip.what"), [*options, everything], self._chosen)
        choice.chosen.connect(self._pick)
        self.column.addWidget(choice)

    def _pick(self, key: str) -> None:
        self._chosen = key

    def _choose(self, cause: str) -> None:
        self._cause = cause
        self._own.edit.clear()

    def _write(self, text: str) -> None:
        self._cause = printable(text) or CAUSES[0]

    def _finish(self) -> None:
        keys = [key for key, _ in self._what]
        self._answer(keys if self._chosen == ALL else [keys[int(self._chosen)]], self._cause)
