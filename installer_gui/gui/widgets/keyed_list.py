"""Widgets under each other, one an item; long lists come in pages and slices, so that the window never stands still."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ...i18n import Catalogue
from .. import theme
from .button import Button

SLICE_S = 0.008
AT_ONCE = 20  # items on a page: a switch of theme or language has to reach every widget there is
K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
W = TypeVar("W", bound=QWidget)


class _Slice:
    """The time that all lists together may build for in one turn of the event loop."""

    end: float | None = None

    @classmethod
    def is_over(cls) -> bool:
        """Whether the slice of this turn is used up; the first to ask begins it."""
        if cls.end is None:
            cls.end = time.perf_counter() + SLICE_S
            QTimer.singleShot(0, cls._close)
        return time.perf_counter() > cls.end

    @classmethod
    def _close(cls) -> None:
        cls.end = None


class KeyedList(QWidget, Generic[K, T, W]):
    """Keeps the widget of an item while an item with its key is there; `make` builds one, `show` fills it.

    An item holds everything that its widget shows: one that equals what is shown already is left alone. New widgets
    are shown many at a time, because each time all of them are laid out. Of a long list one page is there, and buttons
    lead to the pages beside it.
    """

    def __init__(self, make: Callable[[K], W], show: Callable[[W, T], object]) -> None:
        super().__init__()
        self._make, self._show = make, show
        self._widgets: dict[K, W] = {}
        self._shown: dict[K, T] = {}
        self._all: tuple[tuple[K, T], ...] = ()
        self._items: tuple[tuple[K, T], ...] = ()
        self._start = 0
        self._words: Catalogue | None = None
        self._before, self._after = Button(low=True), Button(low=True)
        self._unseen: list[W] = []
        self._column, whole = QVBoxLayout(), QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        for column in (whole, self._column):
            column.setSpacing(theme.GAP - 2)
        whole.addWidget(self._before)
        whole.addLayout(self._column)
        whole.addWidget(self._after)
        self._before.clicked.connect(lambda: self._turn(self._start - AT_ONCE))
        self._after.clicked.connect(lambda: self._turn(self._start + AT_ONCE))
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._go_on)

    def show_items(self, items: Sequence[tuple[K, T]], words: Catalogue) -> None:
        """Show these items in this order; the widgets of others are taken away."""
        self._all, self._words = tuple(items), words
        self._start = self._start if self._start < len(self._all) else 0
        self._show_page()

    def reach(self, key: K) -> W | None:
        """The widget of an item, on whichever page it is; None for one that is not in the list or still to come."""
        at = next((at for at, (known, _) in enumerate(self._all) if known == key), None)
        if at is not None and not self._start <= at < self._start + AT_ONCE:
            self._start = at // AT_ONCE * AT_ONCE
            self._show_page()
        return self._widgets.get(key)

    def _show_page(self) -> None:
        self._items = self._all[self._start : self._start + AT_ONCE]
        wanted = {key for key, _ in self._items}
        for key in [key for key in self._widgets if key not in wanted]:
            self._shown.pop(key, None)
            gone = self._widgets.pop(key)
            self._unseen = [widget for widget in self._unseen if widget is not gone]
            gone.deleteLater()
        self._show_turns()
        if not self._fill():
            self._later.start()
        self._reveal()

    def _show_turns(self) -> None:
        """What the buttons lead to."""
        for button, start in ((self._before, self._start - AT_ONCE), (self._after, self._start + AT_ONCE)):
            there = 0 <= start < len(self._all)
            if there and self._words is not None:
                last = min(start + AT_ONCE, len(self._all))
                button.setText(self._words.text("gui.list.turn", first=start + 1, last=last, total=len(self._all)))
            button.setVisible(there)

    def _turn(self, start: int) -> None:
        """Go to another page, with the keyboard at its first item."""
        self._start = start
        self._show_page()
        if first := self.first():
            children = (child for child in first.findChildren(QWidget) if child.isVisibleTo(first))
            able = next((child for child in children if child.focusPolicy() & Qt.FocusPolicy.TabFocus), None)
            if able is not None:
                able.setFocus(Qt.FocusReason.OtherFocusReason)

    def widget(self, key: K) -> W | None:
        return self._widgets.get(key)

    def first(self) -> W | None:
        """The topmost widget."""
        return self._widgets.get(self._items[0][0]) if self._items else None

    @property
    def busy(self) -> bool:
        """Whether more is still to come."""
        return self._later.isActive()

    def _go_on(self) -> None:
        """Build more, or show what was built: each takes its time, so they do not share a turn."""
        unseen = len(self._unseen)
        if unseen and unseen * 2 >= len(self._widgets):
            self._reveal()
            self._later.start()
        elif not self._fill() or len(self._unseen) > unseen:
            self._later.start()
        else:
            self._reveal()

    def _fill(self) -> bool:
        """Build and fill from the top until the slice of time is used up; at least one widget each time.

        Whether all are there.
        """
        _Slice.is_over()
        for at, (key, item) in enumerate(self._items):
            if key in self._shown and self._shown[key] == item and self._column.indexOf(self._widgets[key]) == at:
                continue
            self._fill_one(at, key, item)
            if _Slice.is_over():
                return False
        return True

    def _reveal(self) -> None:
        """Show the new ones, with one layout for all of them."""
        self._column.setEnabled(False)
        for widget in self._unseen:
            widget.show()
        self._unseen.clear()
        self._column.setEnabled(True)
        self._column.invalidate()
        if last := self._widgets.get(self._items[-1][0]) if self._items else None:
            self.setTabOrder(last, self._after)

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
