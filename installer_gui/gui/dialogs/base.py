"""A dialog in the wizard's look: a heading, a body, and verbs to press."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from .. import theme
from ..widgets.button import Button
from ..widgets.scroll import WIDTH, Column, scrolling
from ..widgets.text import VALUE, Text


class Dialog(QDialog):
    """Modal to its window, deleted when it ends."""

    def __init__(self, parent: QWidget, title: str, width: int = 560) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(min(round(theme.scaled(width)), parent.window().width()))
        inside = QWidget()
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(20, 16, 20 - WIDTH, 0)
        self.column.setSpacing(theme.GAP + 2)
        self.column.addWidget(Text(title, scale=VALUE, bold=True))
        self._body, self._verbs = scrolling(inside, Column()), QHBoxLayout()
        self._body.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # its room is part of the margin
        self._verbs.setContentsMargins(20, 10, 20, 16)
        self._verbs.setSpacing(theme.GAP + 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._body, 1)
        whole.addLayout(self._verbs)

    def showEvent(self, event: QShowEvent) -> None:
        """As high as what is in it, but never higher than its window: the verbs must be seen, the rest scrolls."""
        window = cast(QWidget, self.parentWidget()).window()
        inside, verbs = cast(QWidget, self._body.widget()), self._verbs.sizeHint()
        cast(QVBoxLayout, inside.layout()).activate()
        width = max(self.minimumWidth(), self._body.minimumSizeHint().width(), verbs.width())
        hint = inside.heightForWidth(width - WIDTH) if inside.hasHeightForWidth() else inside.sizeHint().height()
        wanted = max(hint, inside.minimumSizeHint().height())
        self.resize(width, min(wanted + verbs.height(), window.height()))
        super().showEvent(event)

    def buttons(self, cancel: str, act: str = "", answer: Callable[[], object] | None = None) -> Button | None:
        """The row of verbs, the one that acts at the right; it is returned."""
        row = self._verbs
        row.addStretch()
        close = Button(cancel)
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        row.addWidget(close)
        button = None
        if act:
            button = Button(act, primary=True)
            button.setDefault(True)
            button.clicked.connect(self.accept)
            row.addWidget(button)
        if answer is not None:
            self.accepted.connect(answer)
        self.column.addStretch(1)
        return button

    def also(self, text: str, answer: Callable[[], object]) -> Button:
        """One more verb, at the left of the row; the dialog stays open."""
        button = Button(text)
        button.setAutoDefault(False)
        button.clicked.connect(answer)
        self._verbs.insertWidget(0, button)
        return button

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.tokens().surface))
        painter.end()
