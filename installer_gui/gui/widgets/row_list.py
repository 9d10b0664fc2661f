"""Rows under each other; a long list comes a few rows at a time, so that the window never stands still."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ...i18n import Catalogue
from .. import theme
from ..rows import Row
from ..view import Key
from .row import StatusRow

AT_ONCE = 16


class RowList(QWidget):
    """One StatusRow a row, kept while its row is there. `acted` sends the key of the row whose button was pressed."""

    acted = Signal(object)

    def __init__(self, *, action: bool = False) -> None:
        super().__init__()
        self._action = action
        self._widgets: dict[Key, StatusRow] = {}
        self._rows: tuple[Row, ...] = ()
        self._words: Catalogue | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.GAP - 2)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._fill)

    def show_rows(self, rows: Sequence[Row], words: Catalogue) -> None:
        """Show these rows in this order; what has gone is taken away."""
        self._rows, self._words = tuple(rows), words
        wanted = {row.key for row in rows}
        for key in [key for key in self._widgets if key not in wanted]:
            self._widgets.pop(key).deleteLater()
        self._fill()

    def widget(self, key: Key) -> StatusRow | None:
        return self._widgets.get(key)

    def _fill(self) -> None:
        assert self._words is not None
        made = 0
        for at, row in enumerate(self._rows):
            if row.key not in self._widgets:
                if made == AT_ONCE:
                    self._later.start()
                    return
                self._add(row.key)
                made += 1
            widget = self._widgets[row.key]
            if self._column.indexOf(widget) != at:
                self._column.insertWidget(at, widget)
            widget.show_row(row, self._words)

    def _add(self, key: Key) -> None:
        widget = StatusRow(action=self._action)
        widget.acted.connect(lambda: self.acted.emit(key))
        self._widgets[key] = widget
