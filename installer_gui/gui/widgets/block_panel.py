"""Takes the place of what cannot be measured: the reason in one sentence, numbered steps, and what to press."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ...i18n import Catalogue
from .. import theme
from ..blocks import Block
from ..looks import Look
from .button import Button
from .card import Card
from .flow import Flow
from .glyph import Glyph
from .text import VERDICT, Text, name


class BlockPanel(Card):
    """`retried` asks to look again, `asked` for rights, `worked_around` to enter by hand what cannot be measured."""

    retried = Signal()
    asked = Signal()
    worked_around = Signal()

    def __init__(self) -> None:
        super().__init__(Look.WARN)
        self._block: Block | None = None
        self._glyph, self._title = Glyph(44, Look.WARN), Text(scale=VERDICT, bold=True)
        self._steps = QWidget()
        self._grid = QGridLayout(self._steps)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setColumnStretch(1, 1)
        self.retry, self._setting, self._by_hand = Button(primary=True), Button(), Button()
        self._ask = Button(primary=True)
        self._lay_out()
        self.retry.clicked.connect(self.retried)
        self._ask.clicked.connect(self.asked)
        self._by_hand.clicked.connect(self.worked_around)
        self._setting.clicked.connect(self._open_setting)

    def show_block(self, block: Block | None, words: Catalogue, *, by_hand: bool = False) -> None:
        """Show why nothing can be measured, or nothing at all."""
        self.setVisible(block is not None)
        if block is None:
            return
        if block != self._block:
            self._block = block
            self._fill(block)
        self._title.setText(block.title)
        self.retry.setText(words.text("gui.block.retry"))
        self._setting.setText(words.text("gui.block.setting"))
        self._by_hand.setText(words.text("gui.block.by-hand"))
        self._ask.setText(words.text("gui.block.ask"))
        self._ask.setVisible(block.ask)
        self.retry.show_primary(not block.ask)
        self._setting.setVisible(bool(block.setting))
        self._by_hand.setVisible(by_hand)
        name(self, block.title, " ".join(block.steps))

    def main(self) -> Button:
        """What the keyboard starts at."""
        return self._ask if self._block is not None and self._block.ask else self.retry

    def _fill(self, block: Block) -> None:
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for at, step in enumerate(block.steps):
            number = Text(f"{at + 1}.", bold=True, wrap=False)
            self._grid.addWidget(number, at, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(Text(step), at, 1)

    def _open_setting(self) -> None:
        if self._block is not None:
            QDesktopServices.openUrl(QUrl(self._block.setting))

    def _lay_out(self) -> None:
        buttons = Flow()
        for button in (self._ask, self.retry, self._setting, self._by_hand):
            buttons.addWidget(button)
        texts = QVBoxLayout()
        texts.setSpacing(theme.GAP)
        for part in (self._title, self._steps):
            texts.addWidget(part)
        texts.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 14, 16, 14)
        row.setSpacing(16)
        row.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
