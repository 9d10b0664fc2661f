"""D3: how the stations reach the internet, and which steps follow from it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ...domain.job import Connection
from ...session import changes, flow
from ..state import PageState
from ..view import View
from ..widgets.text import Text
from ..widgets.tiles import Option, Tiles
from ..wizard import Wizard
from .base import Body, heading


class PageBody(Body):
    """Four tiles."""

    def __init__(self, wizard: Wizard) -> None:
        super().__init__(wizard)
        self._tiles, self._heading, self._steps = Tiles(2), heading(), Text(tone="muted")
        self._tiles.chosen.connect(self._choose)
        self.column.addWidget(self._tiles)
        self.column.addSpacing(8)
        self.column.addWidget(self._heading)
        self.column.addWidget(self._steps)
        self.column.addStretch()

    def show_state(self, state: PageState, view: View) -> None:
        words, job = view.words, view.job
        unlisted = words.text("gui.connection.not-listed", source=view.profile.name)
        options = [
            Option(
                kind.value,
                words.of("connection", kind),
                words.of("gui", "connection", kind.value),
                unlisted if kind is Connection.ETHERNET else "",
            )
            for kind in Connection
        ]
        self._tiles.show_options(options, job.connection or "")
        ahead = flow.path(job)[flow.step(state.page, job)[0] + 1 :]
        self._heading.show_text(words.text("gui.connection.ahead") if job.connection else "")
        titles = "  ›  ".join(words.of("gui", page, "title") for page in ahead)
        self._steps.show_text(titles if job.connection else "")

    def main(self) -> QWidget:
        return self._tiles.main()

    def _choose(self, key: str) -> None:
        before = self.wizard.job
        changed = changes.with_connection(before, Connection(key))
        lost = sum(r.outdated for r in changed.records) - sum(r.outdated for r in before.records)
        undo = self.wizard.words.plural("gui.connection.outdated", lost) if lost else ""
        self.wizard.edit(changed, undo)
