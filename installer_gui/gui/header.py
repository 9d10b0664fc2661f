"""The header: the page's title, how far along it is, its screen code, and the menu."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ..i18n import Catalogue
from . import theme
from .state import PageState
from .widgets import paint
from .widgets.text import TITLE, VALUE, Text, name

SPACING = 12


class MenuButton(QPushButton):
    """Three bars that open the menu."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.BUTTON, theme.TARGET)

    def paintEvent(self, event: QPaintEvent) -> None:
        t, painter = theme.tokens(), QPainter(self)
        paint.frame(painter, self, t.bg, t.accent if self.underMouse() else t.border, 2.0)
        if self.hasFocus():
            paint.focus(painter, self)
        painter.setPen(QPen(QColor(t.text), 2.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        middle = QPointF(self.width() / 2, self.height() / 2)
        for offset in (-6, 0, 6):
            painter.drawLine(middle + QPointF(-8, offset), middle + QPointF(8, offset))
        painter.end()


class CodeBox(QFrame):
    """The screen code in type that is read out letter by letter."""

    def __init__(self) -> None:
        super().__init__()
        self._label = Text(tone="muted", wrap=False)
        self._code = Text(scale=VALUE, bold=True, fixed=True, wrap=False)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(8)
        row.addWidget(self._label)
        row.addWidget(self._code)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_code(self, label: str, code: str) -> None:
        self._label.show_text(label)
        self._code.setText(code)
        name(self, f"{label} {code}".strip())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.frame(painter, self, theme.tokens().surface2, theme.tokens().border)
        painter.end()


class Header(QWidget):
    """Above every page."""

    def __init__(self) -> None:
        super().__init__()
        self.menu_button = MenuButton()
        self._title, self._progress = Text(scale=TITLE, bold=True, wrap=False), Text(tone="muted", wrap=False)
        self._lead, self._code = Text(), CodeBox()
        self._names = self._beside_each_other()
        top = QHBoxLayout()
        top.setSpacing(SPACING)
        top.addWidget(self._names, 1, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self._code)
        top.addWidget(self.menu_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addLayout(top)
        whole.addWidget(self._lead)

    def _beside_each_other(self) -> QWidget:
        """Title and progress on one base line, whatever stands beside them; they never widen the window."""
        names = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        names.setSizePolicy(policy)
        row = QHBoxLayout(names)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING)
        row.addWidget(self._title, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self._progress, 1, Qt.AlignmentFlag.AlignBottom)
        self._progress.setContentsMargins(0, 0, 0, 4)
        return names

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where there is no room for both, the progress goes; where there is none for the title, it wraps."""
        beside = self._code.sizeHint().width() + self.menu_button.sizeHint().width() + 2 * SPACING
        room, title = self.width() - beside, _width(self._title)
        self._title.setWordWrap(title > room)
        self._progress.setVisible(title + SPACING + _width(self._progress) <= room)

    def show_page(self, state: PageState, step: tuple[int, int], words: Catalogue, narrow: bool) -> None:
        """Show whose page it is; a narrow window leaves out what the page itself says again."""
        self._title.setText(state.title)
        number, total = step
        counted = words.text("gui.header.step", number=number, total=total) if number else ""
        parts = (counted, "" if narrow else state.progress)
        self._progress.setText("  ·  ".join(filter(None, parts)))
        self._code.show_code("" if narrow else words.text("gui.header.code"), state.code)
        self._lead.show_text(state.lead)
        self._fit()
        name(self.menu_button, words.text("gui.menu.name"))
        self.menu_button.setToolTip(words.text("gui.menu.name"))


def _width(text: Text) -> int:
    return QFontMetrics(text.font()).horizontalAdvance(text.text())
