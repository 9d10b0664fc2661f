"""The pages of a paper as they will be printed, one at a time."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ...i18n import Catalogue
from .. import theme
from .button import Button
from .text import Text, name

A4 = 297 / 210


class Sheet(QWidget):
    """One page, as wide as there is room, on a ground that shows its edge."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(260)

    def show_image(self, image: QImage) -> None:
        self._image = image
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, round(480 * A4))

    def heightForWidth(self, width: int) -> int:
        return round(width * A4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        width = min(float(self.width()), self.height() / A4)
        area = QRectF((self.width() - width) / 2, 0, width, width * A4).adjusted(1, 1, -1, -1)
        painter.fillRect(area, QColor(Qt.GlobalColor.white))
        if not self._image.isNull():
            painter.drawImage(area, self._image)
        painter.setPen(QColor(theme.tokens().border))
        painter.drawRect(area)
        painter.end()


class Preview(QWidget):
    """Turns the pages of a paper."""

    def __init__(self) -> None:
        super().__init__()
        self._pages: tuple[bytes, ...] = ()
        self._at = 0
        self._words: Catalogue | None = None
        self._sheet, self._number = Sheet(), Text(tone="muted", wrap=False)
        self._before, self._after = Button(low=True, arrow="left"), Button(low=True, arrow="right")
        self._before.clicked.connect(lambda: self._turn(-1))
        self._after.clicked.connect(lambda: self._turn(1))
        line = QHBoxLayout()
        line.addStretch()
        for widget in (self._before, self._number, self._after):
            line.addWidget(widget)
        line.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addLayout(line)
        column.addWidget(self._sheet, 1)

    def show_pages(self, pages: tuple[bytes, ...], words: Catalogue) -> None:
        """Show PNG pages from the first."""
        self._pages = pages
        self._at = min(self._at, max(0, len(pages) - 1))
        self._show_sheet()
        self.show_words(words)

    def show_words(self, words: Catalogue) -> None:
        """Say which page is turned to."""
        self._words = words
        known = bool(self._pages)
        told = words.text("gui.preview.page", number=self._at + 1, total=len(self._pages)) if known else ""
        self._number.setText(told or words.text("gui.preview.drawing"))
        name(self._before, words.text("gui.preview.before"))
        name(self._after, words.text("gui.preview.after"))
        name(self._sheet, words.text("gui.preview.name"), told)
        for button, there in ((self._before, self._at > 0), (self._after, self._at + 1 < len(self._pages))):
            button.setEnabled(there)

    def _turn(self, by: int) -> None:
        assert self._words is not None
        self._at = max(0, min(len(self._pages) - 1, self._at + by))
        self._show_sheet()
        self.show_words(self._words)

    def _show_sheet(self) -> None:
        """Only the page that is turned to is decoded."""
        self._sheet.show_image(QImage.fromData(self._pages[self._at]) if self._pages else QImage())
