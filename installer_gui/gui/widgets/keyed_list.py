"""Widgets under each other, one an item; a long list comes in slices, so that the window never stands still."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from .. import theme

SLICE_S = 0.012
K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
W = TypeVar("W", bound=QWidget)


class KeyedList(QWidget, Generic[K, T, W]):
    """Keeps the widget of an item while an item with its key is there; `make` builds one, `show` fills it.

    An item holds everything that its widget shows: one that equals what is shown already is left alone. New widgets
    are shown many at a time, because each time all of them are laid out.
    """

    def __init__(self, make: Callable[[K], W], show: Callable[[W, T], object]) -> None:
        super().__init__()
        self._make, self._show = make, show
        self._widgets: dict[K, W] = {}
        self._shown: dict[K, T] = {}
        self._items: tuple[tuple[K, T], ...] = ()
        self._unseen: list[W] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.GAP - 2)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._fill)

    def show_items(self, items: Sequence[tuple[K, T]]) -> None:
        """Show these items in this order; the widgets of others are taken away."""
        self._items = tuple(items)
        wanted = {key for key, _ in items}
        for key in [key for key in self._widgets if key not in wanted]:
            self._shown.pop(key, None)
            gone = self._widgets.pop(key)
            self._unseen = [widget for widget in self._unseen if widget is not gone]
            gone.deleteLater()
        self._fill()

    def widget(self, key: K) -> W | None:
        return self._widgets.get(key)

    def first(self) -> W | None:
        """The topmost widget."""
        return self._widgets.get(self._items[0][0]) if self._items else None

    @property
    def busy(self) -> bool:
        """Whether more is still to come."""
        return self._later.isActive()

    def _fill(self) -> None:
        """Build and fill from the top until the slice of time is used up; at least one widget each time."""
        end = time.perf_counter() + SLICE_S
        for at, (key, item) in enumerate(self._items):
            if key in self._shown and self._shown[key] == item and self._column.indexOf(self._widgets[key]) == at:
                continue
            self._fill_one(at, key, item)
            if time.perf_counter() > end:
                if len(self._unseen) * 2 >= len(self._widgets):
                    self._reveal()
                self._later.start()
                return
        self._reveal()

    def _reveal(self) -> None:
        """Show the new ones, with one layout for all of them."""
        self._column.setEnabled(False)
        for widget in self._unseen:
            widget.show()
        self._unseen.clear()
        self._column.setEnabled(True)
        self._column.invalidate()

    def _fill_one(self, at: int, key: K, item: T) -> None:
        widget = self._widgets.get(key)
        if widget is None:
            widget = self._widgets[key] = self._make(key)
            widget.hide()
            self._unseen.append(widget)
        if self._column.indexOf(widget) != at:
            self._column.insertWidget(at, widget)
        self._shown[key] = item
        self._show(widget, item)
