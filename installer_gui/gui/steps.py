"""The step list: every page of the job with its state, wide with words or narrow as a rail of shapes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from ..i18n import Catalogue
from ..session.flow import Page
from . import theme
from .looks import Look
from .state import Step
from .widgets import glyph, paint
from .widgets.scroll import scrolling
from .widgets.text import name

WIDE, RAIL, GLYPH = 236, 64, 22
WIDE_MARGINS, RAIL_MARGINS = (8, 6, 8, 6), (4, 2, 2, 2)  # beside its scroll bar the rail is as wide as a finger
_WRAP = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap


class StepButton(QAbstractButton):
    """One page of the path."""

    def __init__(self) -> None:
        super().__init__()
        self._look, self._current, self._rail, self._home = Look.UNTESTED, False, False, False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_step(self, step: Step, number: int, state: str, current: bool, rail: bool) -> None:
        """Show a step; `state` is its state in words, for those who do not see the shape. The list of jobs has none."""
        self._look, self._current, self._rail, self._home = step.look, current, rail, step.page is Page.START
        self.setText(step.title)
        state = "" if self._home else state
        self.setToolTip(": ".join(filter(None, (step.title, state))) if rail else "")
        name(self, f"{number}. {step.title}" if number else step.title, state)
        self.setMinimumHeight(self.sizeHint().height())
        self.update()

    def sizeHint(self) -> QSize:
        if self._rail:
            return QSize(theme.TARGET, theme.TARGET)
        metrics = QFontMetrics(theme.font(bold=True))
        box = metrics.boundingRect(QRect(0, 0, WIDE - 16 - self._text_left() - 6, 500), _WRAP, self.text())
        return QSize(WIDE - 16, max(theme.TARGET, box.height() + 8))

    def paintEvent(self, event: QPaintEvent) -> None:
        t, painter = theme.tokens(), QPainter(self)
        if self._current:
            paint.frame(painter, self, t.bg, t.accent, 2.0)
        elif self.underMouse():
            paint.frame(painter, self, t.surface, "")
        if self.hasFocus():
            paint.focus(painter, self)
        left = (self.width() - GLYPH) / 2 if self._rail else 10.0
        shape = QRectF(left, (self.height() - GLYPH) / 2, GLYPH, GLYPH)
        ink = t.text if self._current else t.muted
        if self._home:
            paint.house(painter, shape, ink)
        else:
            glyph.paint(painter, self._look, shape)
        if not self._rail:
            painter.setFont(theme.font(bold=self._current))
            painter.setPen(QColor(ink))
            at = self._text_left()
            painter.drawText(QRect(at, 0, self.width() - at - 6, self.height()), _WRAP, self.text())
        painter.end()

    def _text_left(self) -> int:
        return GLYPH + 20


class StepList(QFrame):
    """All steps in a column that scrolls when the window is low. `chosen` sends the page that was pressed."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._buttons: dict[Page, StepButton] = {}
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setSpacing(0)
        self._column.addStretch()
        self._area = scrolling(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._area)

    def show_steps(self, steps: Sequence[Step], current: Page, words: Catalogue, rail: bool) -> None:
        """Show the path with the current page marked."""
        self.setFixedWidth(RAIL if rail else WIDE)
        self._column.setContentsMargins(*(RAIL_MARGINS if rail else WIDE_MARGINS))
        name(self, words.text("gui.steps.name"))
        wanted = {step.page for step in steps}
        for page, button in self._buttons.items():
            button.setVisible(page in wanted)
        for number, step in enumerate(steps):
            button = self._buttons.get(step.page) or self._add(step.page)
            button.show_step(step, number, words.of("gui.look", step.look), step.page is current, rail)
        if current in self._buttons:
            self._area.ensureWidgetVisible(self._buttons[current], 0, 8)

    def focus_current(self, page: Page) -> None:
        if page in self._buttons:
            self._buttons[page].setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        t, painter = theme.tokens(), QPainter(self)
        painter.fillRect(self.rect(), QColor(t.surface2))
        painter.fillRect(QRect(self.width() - 1, 0, 1, self.height()), QColor(t.line))
        painter.end()

    def _add(self, page: Page) -> StepButton:
        button = StepButton()
        button.clicked.connect(lambda: self.chosen.emit(page))
        self._buttons[page] = button
        order = [p for p in Page if p in self._buttons]
        self._column.insertWidget(order.index(page), button)
        return button
