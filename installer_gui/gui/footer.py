"""The footer: the same buttons in the same places on every page."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, QRect, QSize, Signal
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
        self._words: Catalogue | None = None
        self._open = False
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
        self._words, self._open = words, bool(open_points)
        self.back.setEnabled(not signing)
        for button, shown in ((self.back, not first), (self.skip, can_skip), (self.next, not last)):
            keep = button.sizePolicy()
            keep.setRetainSizeWhenHidden(True)
            button.setSizePolicy(keep)
            button.setVisible(shown)
        self._fit()

    def show_saved(self, words: Catalogue, at: datetime | None) -> None:
        self._saved.setText(words.text("gui.saved", time=f"{at:%H:%M}") if at else "")
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """As narrow as its short words allow, whatever it shows now."""
        return QSize(self._needed(short=True), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        """Where there is no room for all, the time of saving goes first, then the buttons say it in fewer words."""
        if self._words is None:
            return
        needed = self._needed(short=False)
        shown, full = self._labels(short=needed > self.width()), self._labels(short=False)
        for (button, key, keys), (_, in_full, _) in zip(shown, full, strict=True):
            button.setText(self._words.of("gui", key))
            button.reserve(self._in_all_languages(keys))
            name(button, self._words.of("gui", in_full))
        saved = sum(part.sizeHint().width() + SPACING for part in (self._tick, self._saved)) + 4 * SPACING
        fits = bool(self._saved.text()) and needed + saved <= self.width()
        self._tick.setVisible(fits)
        self._saved.setVisible(fits)

    def _labels(self, *, short: bool) -> tuple[tuple[Button, str, tuple[str, ...]], ...]:
        """Each button with the key of its words, and with all keys that it may come to show."""
        skip, following = ("skip-short", ("next",)) if short else ("skip", ("next", "next-open"))
        return (
            (self.back, "back", ("back",)),
            (self.copy, "copy", ("copy",)),
            (self.skip, skip, (skip,)),
            (self.next, following[-1 if self._open else 0], following),
        )

    def _needed(self, *, short: bool) -> int:
        """How wide the four buttons are side by side."""
        wide = sum(button.wide(self._in_all_languages(keys)) for button, _, keys in self._labels(short=short))
        return wide + 3 * SPACING + 2 * theme.EDGE

    def _in_all_languages(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        own = () if self._words is None else tuple(self._words.of("gui", key) for key in keys)
        return own + tuple(i18n.load(spoken).of("gui", key) for spoken in LANGUAGES for key in keys)

    def paintEvent(self, event: QPaintEvent) -> None:
        t, painter = theme.tokens(), QPainter(self)
        painter.fillRect(self.rect(), QColor(t.surface2))
        painter.fillRect(QRect(0, 0, self.width(), 1), QColor(t.line))
        painter.end()
