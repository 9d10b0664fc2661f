"""A line above the page that tells what happened, and for a while lets it be undone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ..looks import Look
from .button import Button
from .card import Card
from .glyph import Glyph
from .text import Text

SHOWN_MS = 10_000


class Notice(Card):
    """One message at a time; with an action it goes by itself after ten seconds, a failure stays until closed."""

    def __init__(self) -> None:
        super().__init__(Look.INFO)
        self._glyph, self._text = Glyph(24, Look.INFO), Text()
        self._action, self._close = Button(low=True), Button(low=True)
        self._answer: Callable[[], object] | None = None
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 6, 4)
        row.addWidget(self._glyph)
        row.addWidget(self._text, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)
        self._action.clicked.connect(self._act)
        self._close.clicked.connect(self.hide)
        self.hide()

    def tell(
        self, look: Look, text: str, close: str, action: str = "", answer: Callable[[], object] | None = None
    ) -> None:
        """Show a message with a button that closes it and, if there is something to do, one that does it."""
        self._answer = answer
        self.show_look(look)
        self._glyph.show_look(look)
        self._text.setText(text)
        self._close.setText(close)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.show()
        announce(self, text, urgent=look is Look.FAIL)
        self._timer.stop()
        if look is not Look.FAIL:
            self._timer.start()

    def withdraw(self) -> None:
        """Take back an offer that has been overtaken."""
        if self._answer is not None:
            self.hide()

    def _act(self) -> None:
        self.hide()
        if self._answer is not None:
            self._answer()


def announce(widget: QWidget, text: str, *, urgent: bool = False) -> None:
    """Have a screen reader say it, at once when it is urgent."""
    event = QAccessibleAnnouncementEvent(widget, text)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
    QAccessible.updateAccessibility(event)
