"""A job in the list: whose it is, how far it has come, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout

from ...domain.verdict import Verdict
from ...i18n import Catalogue
from ...session.job_list import Listed
from ..looks import Look
from ..menu import STYLE
from ..widgets.button import Button
from ..widgets.card import Card
from ..widgets.glyph import Glyph
from ..widgets.text import Text, name

ACTIONS = ("duplicate", "export", "archive")
ARCHIVED = ("export",)
_LOOKS = {Verdict.PASSED: Look.PASS, Verdict.PASSED_WITH_REMARKS: Look.WARN, Verdict.FAILED: Look.FAIL}


class JobCard(Card):
    """`opened` asks for the job, `acted` for one of ACTIONS; archived ones are opened by taking them out again."""

    opened = Signal()
    acted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._words: Catalogue | None = None
        self._actions: Sequence[str] = ()
        self._glyph, self._title, self._line = Glyph(24), Text(bold=True), Text(tone="muted")
        self.go_on, self._more = Button(), Button("…")
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._title)
        texts.addWidget(self._line)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(self._glyph)
        row.addLayout(texts, 1)
        row.addWidget(self.go_on)
        row.addWidget(self._more)
        self.go_on.clicked.connect(self.opened)
        self._more.clicked.connect(self._open_menu)

    def show_job(self, job: Listed, words: Catalogue, *, held: bool) -> None:
        """`held`: another window has it."""
        self._words, self._actions = words, ARCHIVED if job.archived else ACTIONS
        title = job.title or words.text("gui.start.unnamed", id=job.number)
        parts = (
            words.text("gui.jobs.elsewhere") if held else "",
            words.of("verdict", job.verdict) if job.verdict else "",
            ", ".join(words.of("connection", connection) for connection in job.connections),
            words.plural("gui.progress.stations", job.stations, done=job.done) if job.stations else "",
            words.plural("gui.later.count", job.waiting) if job.waiting else "",
            words.show(job.saved),
            words.text("gui.start.demo") if job.demo else "",
        )
        self._glyph.show_look(_LOOKS.get(job.verdict, Look.RUNNING) if job.verdict else Look.UNTESTED)
        self._title.setText(title)
        self._line.setText("  ·  ".join(filter(None, parts)))
        texts = tuple(words.of("gui", "jobs", key) for key in ("restore", "continue"))
        self.go_on.reserve(texts)
        self.go_on.setText(texts[0 if job.archived else 1])
        name(self.go_on, f"{self.go_on.text()}: {title}")
        name(self._more, f"{words.text('gui.jobs.more')}: {title}")

    def _open_menu(self) -> None:
        assert self._words is not None
        menu = QMenu(self)
        menu.setStyleSheet(STYLE)
        for key in self._actions:
            action = QAction(self._words.of("gui", "jobs", key), menu)
            action.triggered.connect(lambda _=False, key=key: self.acted.emit(key))
            menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height() + 4)))
