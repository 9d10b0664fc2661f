"""Help (F1): what to do on a page, and what a finding's number stands for."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ...session.flow import Page
from .. import help as topics
from ..view import View
from ..widgets.fields import Field
from ..widgets.reading import Reading
from ..widgets.text import Text, name
from .base import Dialog


class HelpDialog(Dialog):
    """Opens at a finding's number where there is one, else at the page; another number can be looked up."""

    def __init__(self, parent: QWidget, view: View, page: Page, number: int | None = None) -> None:
        super().__init__(parent, view.words.text("gui.help.title"), 680)
        self._view, self._page = view, page
        self._number, self._unknown, self._reading = Field(), Text(tone="warn"), Reading()
        self._reading.setMinimumHeight(280)
        self.column.addWidget(self._reading, 1)
        self.column.addWidget(self._number)
        self.column.addWidget(self._unknown)
        self.buttons(view.words.text("gui.close"))
        self._number.edited.connect(self._look_up)
        self._look_up("" if number is None else str(number))
        self._reading.setFocus()

    def _look_up(self, text: str) -> None:
        """The finding of a number; while there is none, the page's help stays."""
        words, digits = self._view.words, text.strip()
        number = int(digits) if digits.isdecimal() and len(digits) < 5 else None
        found = None if number is None else topics.about_finding(number, self._view.rules, words)
        topic = found or topics.about_page(self._page, words)
        self._number.show_field(words.text("gui.help.number"), text)
        self._unknown.show_text(words.text("gui.help.unknown") if digits and found is None else "")
        self._reading.setMarkdown(topic.text)
        name(self._reading, topic.title)
