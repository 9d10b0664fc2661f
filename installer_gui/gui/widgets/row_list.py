"""A list of results."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ...i18n import Catalogue
from ..rows import Row
from ..view import Key
from .keyed_list import KeyedList
from .row import StatusRow

Dress = Callable[[StatusRow, Row], object]


class RowList(QWidget):
    """One StatusRow a row. `acted` sends the key of the row whose button was pressed; `dress` names that button."""

    acted = Signal(object)

    def __init__(self, *, dress: Dress | None = None) -> None:
        super().__init__()
        self._dress = dress
        self._words: Catalogue | None = None
        self._list: KeyedList[Key, Row, StatusRow] = KeyedList(self._make, self._show)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._list)

    def show_rows(self, rows: Sequence[Row], words: Catalogue) -> None:
        """Show these rows in this order."""
        self._words = words
        self._list.show_items([(row.key, row) for row in rows])

    def widget(self, key: Key) -> StatusRow | None:
        return self._list.widget(key)

    def _make(self, key: Key) -> StatusRow:
        row = StatusRow(action=self._dress is not None)
        row.acted.connect(lambda: self.acted.emit(key))
        return row

    def _show(self, widget: StatusRow, row: Row) -> None:
        assert self._words is not None
        widget.show_row(row, self._words)
        if self._dress is not None:
            self._dress(widget, row)
