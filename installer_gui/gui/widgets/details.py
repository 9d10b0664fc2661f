"""What lies behind a row: each finding with its number, its meaning for the station, the remedy and who."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ...i18n import Catalogue
from ..rows import Detail
from .text import Text


class Details(QWidget):
    """Findings as a table of two columns."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[tuple[Detail, ...], str] = ((), "")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(38, 6, 8, 8)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)

    def show_details(self, details: tuple[Detail, ...], words: Catalogue) -> None:
        """Show findings; nothing is built again when they and the language are the same."""
        if self._shown == (details, words.language):
            return
        self._shown = details, words.language
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        lines = [pair for detail in details for pair in _lines(detail, words)]
        for at, (heading, text, bold) in enumerate(lines):
            label = Text(heading, "muted", wrap=False)
            self._grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(Text(text, bold=bold), at, 1)


def _lines(detail: Detail, words: Catalogue) -> list[tuple[str, str, bool]]:
    number = words.text("gui.detail.number", number=str(detail.number))
    lines = [
        (number, detail.title, True),
        (words.text("gui.detail.meaning"), detail.meaning, False),
        (words.text("gui.detail.remedy"), detail.remedy, False),
        (words.text("gui.detail.who"), detail.who, False),
    ]
    return [line for line in lines if line[1]]
