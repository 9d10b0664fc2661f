"""Looks for what a person would stumble over: cut text, small or nameless targets, what Tab misses, low contrast."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QTableView,
    QWidget,
)

from installer_gui.gui import theme
from installer_gui.gui.steps import StepButton
from installer_gui.gui.widgets.button import Button
from installer_gui.gui.widgets.table import PADDING, Cells

SMALLEST, ROWS = 44, 20
_WRAP = Qt.TextFlag.TextWordWrap


def shown(root: QWidget, kind: type[QWidget]) -> Iterator[QWidget]:
    return (w for w in root.findChildren(kind) if w.isVisible())


def overflow(root: QWidget) -> list[tuple[str, str]]:
    """Text that does not fit, widgets that stick out of their parent, and siblings on top of each other."""
    return [*_cut_labels(root), *_cut_buttons(root), *_cut_cells(root), *_outside(root), *_overlapping(root)]


def _cut_labels(root: QWidget) -> Iterator[tuple[str, str]]:
    for label in shown(root, QLabel):
        assert isinstance(label, QLabel)
        if not label.text():
            continue
        metrics, room = QFontMetrics(label.font()), label.contentsRect()
        widest = max(metrics.horizontalAdvance(word) for word in label.text().split() or [""])
        if not label.wordWrap():
            widest = metrics.horizontalAdvance(label.text())
        if widest > room.width() + 1:
            yield "too narrow", label.text()
        needed = label.heightForWidth(label.width()) if label.wordWrap() else metrics.height()
        if needed > label.height() + 1:
            yield "too low", label.text()


def _cut_buttons(root: QWidget) -> Iterator[tuple[str, str]]:
    for button in shown(root, QAbstractButton):
        assert isinstance(button, QAbstractButton)
        if isinstance(button, Button) and button.width() < button.sizeHint().width():
            yield "button too narrow", button.text()
        if (
            isinstance(button, StepButton)
            and button.width() > SMALLEST * 2
            and button.height() < button.sizeHint().height()
        ):
            yield "step too low", button.text()


def _cut_cells(root: QWidget) -> Iterator[tuple[str, str]]:
    """Headings of our tables, and the cells of plain ones; what a person typed may be longer than its column."""
    for table in shown(root, QTableView):
        assert isinstance(table, QTableView)
        model, columns = table.model(), [c for c in range(table.model().columnCount()) if not table.isColumnHidden(c)]
        for column in columns:
            room = table.columnWidth(column) - 2 * PADDING
            heading = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
            if QFontMetrics(theme.font(bold=True)).horizontalAdvance(heading) > room:
                yield "heading too narrow", heading
            plain = type(table.itemDelegate()) is Cells
            for row in range(min(model.rowCount(), ROWS) if plain else 0):
                index = model.index(row, column)
                metrics = QFontMetrics(index.data(Qt.ItemDataRole.FontRole) or theme.font())
                text = str(index.data() or "")
                if metrics.horizontalAdvance(text) > room:
                    yield "cell too narrow", text


def _outside(root: QWidget) -> Iterator[tuple[str, str]]:
    for widget in shown(root, QWidget):
        parent = widget.parentWidget()
        if parent is None or widget.isWindow() or _scrolls(widget):
            continue
        if widget.geometry().right() > parent.width() or widget.geometry().left() < 0:
            yield "sticks out", _told(widget)


def _scrolls(widget: QWidget) -> bool:
    """Inside a viewport a widget may be higher than what is seen, and item views manage their own."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QAbstractItemView | QLineEdit | QComboBox):
            return True
        parent = parent.parentWidget()
    return False


def _overlapping(root: QWidget) -> Iterator[tuple[str, str]]:
    for parent in shown(root, QWidget):
        rows = [w for w in parent.children() if isinstance(w, QLabel | QAbstractButton) and w.isVisible()]
        for at, one in enumerate(rows):
            for other in rows[at + 1 :]:
                both = one.geometry().intersected(other.geometry())
                if both.width() > 2 and both.height() > 2:
                    yield "overlap", f"{_told(one)} / {_told(other)}"


def small_targets(root: QWidget) -> list[tuple[str, int, int]]:
    targets = [*shown(root, QAbstractButton), *shown(root, QLineEdit), *shown(root, QComboBox)]
    own = (w for w in targets if not _scrolls(w))
    return [(_told(w), w.width(), w.height()) for w in own if w.height() < SMALLEST or w.width() < SMALLEST]


def nameless(root: QWidget) -> list[str]:
    """What can be focused but has no name for a screen reader."""
    found = []
    for widget in shown(root, QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not isinstance(widget, QScrollArea | QScrollBar):
            interface = QAccessible.queryAccessibleInterface(widget)
            if interface is not None and not interface.text(QAccessible.Text.Name).strip():
                found.append(f"{type(widget).__name__} {widget.objectName()}")
    return found


def focus_chain(window: QWidget, limit: int = 400) -> list[QWidget]:
    """What Tab reaches, from where the keyboard is."""
    chain: list[QWidget] = []
    for _ in range(limit):
        here = QApplication.focusWidget()
        if here is None or here in chain:
            break
        chain += [here, *_tables_around(here)]
        QTest.keyClick(here, Qt.Key.Key_Tab)
    return chain


def _tables_around(widget: QWidget) -> Iterator[QWidget]:
    """A table whose cells are typed into at once hands the keyboard to its cell's editor."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QAbstractItemView):
            yield parent
        parent = parent.parentWidget()


def unreachable(window: QWidget) -> list[str]:
    chain = focus_chain(window)
    wanted = [w for w in shown(window, QWidget) if w.isEnabled() and w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    return [_told(w) for w in wanted if w not in chain and not _scrolls(w) and not _radio_reached(w, chain)]


def _radio_reached(widget: QWidget, chain: list[QWidget]) -> bool:
    """Of radio buttons only one is in the chain; the arrows reach the others."""
    group = getattr(widget, "group", lambda: None)()
    return group is not None and any(button in chain for button in group.buttons())


def low_contrast(window: QWidget) -> list[tuple[str, float]]:
    """Rendered text whose best contrast against its most common neighbour is under 4.5, or a shape's under 3."""
    image, ratio = window.grab().toImage(), window.devicePixelRatio()
    found = []
    for widget in (*shown(window, QLabel), *shown(window, QAbstractButton)):
        text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
        area = widget.visibleRegion().boundingRect()
        if not text or area.height() * 2 < widget.height() or not widget.isEnabled():
            continue  # of what is scrolled away not enough is left to tell
        best = _best_contrast(image, QRect(widget.mapTo(window, area.topLeft()), area.size()), ratio)
        only_shape = isinstance(widget, StepButton) and widget.width() <= SMALLEST * 2
        if best < (3.0 if only_shape else 4.5):
            found.append((text, round(best, 2)))
    return found


def _best_contrast(image: QImage, area: QRect, ratio: float) -> float:
    scaled = QRect(area.topLeft() * ratio, area.size() * ratio)
    part = image.copy(scaled).convertToFormat(QImage.Format.Format_RGB32)
    pixels = memoryview(part.constBits()).cast("I")[::2]
    colours = Counter(pixel & 0xFFFFFF for pixel in pixels)
    ground = _rgb(colours.most_common(1)[0][0])
    return max(contrast(ground, _rgb(colour)) for colour in colours)


def _rgb(value: int) -> tuple[int, int, int]:
    return value >> 16, value >> 8 & 0xFF, value & 0xFF


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """WCAG 2.2, relative luminance."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: tuple[int, int, int]) -> float:
    red, green, blue = ((v / 255 / 12.92) if v <= 10 else ((v / 255 + 0.055) / 1.055) ** 2.4 for v in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def texts(root: QWidget) -> list[str]:
    """Every text that can be seen now."""
    labels = [w.text() for w in shown(root, QLabel) if isinstance(w, QLabel)]
    buttons = [w.text() for w in shown(root, QAbstractButton) if isinstance(w, QAbstractButton)]
    boxes = [w.itemText(i) for w in shown(root, QComboBox) if isinstance(w, QComboBox) for i in range(w.count())]
    return [text for text in (*labels, *buttons, *boxes) if text]


def _told(widget: QWidget) -> str:
    text = getattr(widget, "text", lambda: "")()
    return widget.accessibleName() or text or type(widget).__name__
