"""A list of results."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ... import i18n
from ...i18n import Catalogue
from ..rows import Row
from ..view import Key
from .keyed_list import KeyedList
from .row import Action, StatusRow

Dress = Callable[[Row], Action | None]


@dataclass(frozen=True, slots=True)
class _Item:
    row: Row
    action: Action | None
    language: str


class RowList(QWidget):
    """One StatusRow a row. `acted` sends the key of the row whose button was pressed; `dress` says what it does."""

    acted = Signal(object)

    def __init__(self, *, dress: Dress | None = None) -> None:
        super().__init__()
        self._dress = dress
        self._list: KeyedList[Key, _Item, StatusRow] = KeyedList(self._make, _show)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._list)

    def show_rows(self, rows: Sequence[Row], words: Catalogue) -> None:
        """Show these rows in this order."""
        dress = self._dress
        items = [(row.key, _Item(row, dress(row) if dress else None, words.language)) for row in rows]
        self._list.show_items(items, words)

    def widget(self, key: Key) -> StatusRow | None:
        return self._list.reach(key)

    def _make(self, key: Key) -> StatusRow:
        row = StatusRow()
        row.acted.connect(lambda: self.acted.emit(key))
        return row


def _show(widget: StatusRow, item: _Item) -> None:
    widget.show_row(item.row, i18n.load(item.language), item.action)
