"""Form fields: a label above, the field, and a line under it that says what is wrong."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from ...i18n import visible
from .. import theme
from . import paint
from .text import Text, name

LEAST_WIDTH = 140


class LineEdit(QLineEdit):
    """One line of text in a frame of ours."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFrame(False)
        self.setTextMargins(10, 0, 10, 0)
        self.setMinimumHeight(theme.BUTTON)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        _edge(painter, self)
        painter.end()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class ComboBox(QComboBox):
    """A choice; the wheel scrolls the page and never changes an answer by accident."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumHeight(theme.BUTTON)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setItemDelegate(_Lines(self))

    def paintEvent(self, event: QPaintEvent) -> None:
        t, painter = theme.tokens(), QPainter(self)
        paint.frame(painter, self, t.bg, t.border, 2.0)
        if self.hasFocus():
            paint.focus(painter, self)
        room = self.rect().adjusted(12, 0, -36, 0)
        painter.setPen(QColor(t.text))
        text = QFontMetrics(self.font()).elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        paint.chevron(painter, QPointF(self.width() - 20, self.height() / 2), 10, t.text, "down")
        painter.end()

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(32, 0)

    def minimumSizeHint(self) -> QSize:
        """A long name is cut where there is no room; the open list shows all of it."""
        return QSize(min(LEAST_WIDTH, self.sizeHint().width()), theme.BUTTON)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _Lines(QStyledItemDelegate):
    """Lines of a list that a finger can hit."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return super().sizeHint(option, index).expandedTo(QSize(0, theme.TARGET))


class Field(QWidget):
    """A line of text with its label. `edited` tells each change; a fault shows once the field was left."""

    edited = Signal(str)

    def __init__(self, *, required: bool = False) -> None:
        super().__init__()
        self._required, self._left, self._fault = required, False, ""
        self.label, self.edit = Text(bold=True), LineEdit()
        self._message = Text(tone="fail")
        self.label.setBuddy(self.edit)
        _stack(self, self.label, self.edit, self._message)
        self._message.hide()
        self.edit.textEdited.connect(self.edited)
        self.edit.left.connect(self._leave)

    def show_field(self, label: str, value: str, fault: str = "", hint: str = "") -> None:
        """Show a value; what is being typed is not touched."""
        self.label.setText(f"{label} *" if self._required else label)
        if self.edit.text() != value:
            self.edit.setText(value)
        self.edit.setPlaceholderText(hint)
        self._fault = fault
        self._message.show_text(fault if self._left else "")
        name(self.edit, label, fault)

    def _leave(self) -> None:
        self._left = True
        self._message.show_text(self._fault)


class Choice(QWidget):
    """One of a few values, with its label. `chosen` sends the value's key."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.label, self.box = Text(bold=True), ComboBox()
        self.label.setBuddy(self.box)
        _stack(self, self.label, self.box)
        self.box.activated.connect(lambda index: self.chosen.emit(self.box.itemData(index)))

    def show_choice(self, label: str, options: Sequence[tuple[str, str]], value: str) -> None:
        """Show (key, text) pairs, the one with the key `value` chosen."""
        self.label.show_text(label)
        name(self.box, label)
        shown = [(key, visible(text)) for key, text in options]
        now = [(self.box.itemData(i), self.box.itemText(i)) for i in range(self.box.count())]
        if now != shown:
            self.box.clear()
            for key, text in shown:
                self.box.addItem(text, key)
        self.box.setCurrentIndex(self.box.findData(value))


def _stack(widget: QWidget, *parts: QWidget) -> None:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    for part in parts:
        column.addWidget(part)


def _edge(painter: QPainter, widget: QWidget) -> None:
    t = theme.tokens()
    paint.frame(painter, widget, "", t.border, 2.0)
    if widget.hasFocus():
        paint.focus(painter, widget)
