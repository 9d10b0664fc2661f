"""Text in a tone and a size of the theme, kept right through changes of theme and text size."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ...i18n import visible
from .. import theme

TITLE, HERO, VALUE, VERDICT = 1.75, 3.6, 1.25, 1.4


class Text(QLabel):
    """A label that wraps; its text is always plain, whatever a network or a customer is called."""

    def __init__(
        self,
        text: str = "",
        tone: str = "text",
        scale: float = 1.0,
        *,
        bold: bool = False,
        fixed: bool = False,
        wrap: bool = True,
    ) -> None:
        super().__init__(visible(text))
        self._tone, self._scale, self._bold, self._fixed = tone, scale, bold, fixed
        self._seen: tuple[theme.Tokens, float] | None = None
        self.setForegroundRole(QPalette.ColorRole.WindowText)  # inside a button Qt would take the button's
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        vertical = QSizePolicy.Policy.Minimum if wrap else QSizePolicy.Policy.Fixed
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, vertical)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self._restyle()

    def setText(self, text: str) -> None:
        """Control and direction characters in somebody's name are shown and not obeyed."""
        super().setText(visible(text))

    def show_text(self, text: str, tone: str = "") -> None:
        """Show another text; an empty one gives its place back."""
        self.setText(text)
        self.setVisible(bool(text))
        if tone and tone != self._tone:
            self._tone, self._seen = tone, None
            self._restyle()

    def resize_to(self, scale: float) -> None:
        """Another size, relative to the application's font."""
        if scale != self._scale:
            self._scale, self._seen = scale, None
            self._restyle()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._restyle()

    def _restyle(self) -> None:
        """Setting a palette or a font sends the same events again, so what is already right is left alone."""
        now = (theme.tokens(), theme.font().pointSizeF())
        if now == self._seen:
            return
        self._seen = now
        self.setFont(theme.font(self._scale, bold=self._bold, fixed=self._fixed))
        colours = QPalette(self.palette())
        colours.setColor(QPalette.ColorRole.WindowText, QColor(theme.colour(self._tone)))
        self.setPalette(colours)


def wrapping() -> QSizePolicy:
    """For what holds a text that wraps: it may be narrower than its hint, and is higher then; Qt's buttons may not."""
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    return policy


def name(widget: QWidget, text: str, description: str = "") -> None:
    """What a screen reader says of a widget."""
    if widget.accessibleName() != text:
        widget.setAccessibleName(text)
    if widget.accessibleDescription() != description:
        widget.setAccessibleDescription(description)
