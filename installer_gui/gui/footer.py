"""The footer: the same buttons in the same places on every page."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from .. import i18n
from ..i18n import LANGUAGES, Catalogue
from . import theme
from .looks import Look
from .widgets.button import Button
from .widgets.glyph import Glyph
from .widgets.text import Text, name

SPACING = 10


class Footer(QFrame):
    """Back, copy report, when it was saved, skip, next. A button is as wide as its words in any of the languages."""

    backed = Signal()
    copied = Signal()
    skipped = Signal()
    nexted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.back, self.copy = Button(arrow="left"), Button()
        self.skip, self.next = Button(), Button(primary=True, arrow="right")
        self._tick, self._saved = Glyph(18, Look.PASS), Text(tone="muted", wrap=False)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.EDGE, 6, theme.EDGE, 7)
        row.setSpacing(SPACING)
        for button in (self.back, self.copy):
            row.addWidget(button)
        row.addStretch()
        row.addWidget(self._tick)
        row.addWidget(self._saved)
        row.addStretch()
        for button in (self.skip, self.next):
            row.addWidget(button)
        self._saved.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        keep = self.skip.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self.skip.setSizePolicy(keep)
        self.back.clicked.connect(self.backed)
        self.copy.clicked.connect(self.copied)
        self.skip.clicked.connect(self.skipped)
        self.next.clicked.connect(self.nexted)

    def show_page(
        self, words: Catalogue, *, open_points: int, can_skip: bool, last: bool, first: bool, signing: bool
    ) -> None:
        """Show what Next does here; the places stay. Only while signing nobody can leave."""
        self.back.setEnabled(not signing)
        self._show(self.back, "back", words)
        self._show(self.copy, "copy", words)
        self._show(self.skip, "skip", words)
        for button, shown in ((self.back, not first), (self.skip, can_skip), (self.next, not last)):
            keep = button.sizePolicy()
            keep.setRetainSizeWhenHidden(True)
            button.setSizePolicy(keep)
            button.setVisible(shown)
        self._show(self.next, "next-open" if open_points else "next", words, ("next", "next-open"))

    def show_saved(self, words: Catalogue, at: datetime | None) -> None:
        self._saved.setText(words.text("gui.saved", time=f"{at:%H:%M}") if at else "")
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where there is no room for all, the buttons come before the time of saving."""
        buttons = (self.back, self.copy, self.skip, self.next)
        parts = [part.sizeHint().width() + SPACING for part in (*buttons, self._tick, self._saved)]
        fits = bool(self._saved.text()) and sum(parts) + 2 * (theme.EDGE + SPACING) <= self.width()
        self._tick.setVisible(fits)
        self._saved.setVisible(fits)

    def paintEvent(self, event: QPaintEvent) -> None:
        t, painter = theme.tokens(), QPainter(self)
        painter.fillRect(self.rect(), QColor(t.surface2))
        painter.fillRect(QRect(0, 0, self.width(), 1), QColor(t.line))
        painter.end()

    def _show(self, button: Button, key: str, words: Catalogue, keys: tuple[str, ...] = ()) -> None:
        button.setText(words.of("gui", key))
        button.reserve(tuple(i18n.load(lang).of("gui", k) for lang in LANGUAGES for k in (keys or (key,))))
        name(button, words.of("gui", key))
