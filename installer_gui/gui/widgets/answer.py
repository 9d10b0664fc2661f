"""A question with its answers: yes or no, or a number with its unit."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDoubleValidator, QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ...checks.confirmation import Answer
from ...i18n import Catalogue, numbers
from .. import theme
from ..answers import Asked
from .button import Button
from .fields import LineEdit
from .text import Text, name

NUMBER_WIDTH = 92


class AnswerLine(QWidget):
    """A question and what can be answered. The answer that stands is filled, not just edged.

    `answered` sends the key, the question and the answer. Pressing the answer that stands changes nothing.
    """

    answered = Signal(object, str, object)

    def __init__(self) -> None:
        super().__init__()
        self._asked: Asked | None = None
        self._text, self._unit = Text(), Text(tone="muted", wrap=False)
        self._number, self._yes, self._no = LineEdit(), Button(low=True), Button(low=True)
        self._number.setFixedWidth(NUMBER_WIDTH)
        self._number.setValidator(QDoubleValidator(self))
        for button in (self._yes, self._no):
            button.setCheckable(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        row.addWidget(self._text, 1)
        for widget in (self._number, self._unit, self._yes, self._no):
            row.addWidget(widget)
        self._yes.clicked.connect(lambda: self._send(True))
        self._no.clicked.connect(lambda: self._send(False))
        self._number.editingFinished.connect(self._send_number)

    def stand_beside(self, beside: bool) -> None:
        """Beside a title the question stands next to its answers, in one line; else it may wrap."""
        side = Qt.AlignmentFlag.AlignRight if beside else Qt.AlignmentFlag.AlignLeft
        self._text.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self._text.setWordWrap(not beside)

    def wide(self) -> int:
        """How wide the question and its answers are in one line."""
        parts = [w for w in (self._number, self._unit, self._yes, self._no) if not w.isHidden()]
        text = QFontMetrics(self._text.font()).horizontalAdvance(self._text.text())
        return text + sum(NUMBER_WIDTH if w is self._number else w.sizeHint().width() + theme.GAP for w in parts)

    def show_asked(self, asked: Asked, words: Catalogue, subject: str = "") -> None:
        """Show a question; `subject` is named for those who do not see where it stands."""
        self._asked = asked
        self._text.setText(asked.text)
        yes, no = words.text("gui.yes"), words.text("gui.no" if not asked.unit else "gui.none")
        self._yes.setText(yes)
        self._no.setText(no)
        self._yes.setVisible(not asked.unit)
        self._no.setVisible(asked.refusable)
        self._show_answer(asked)
        self._number.setVisible(bool(asked.unit))
        self._unit.show_text(words.of("unit", asked.unit) if asked.unit else "")
        if asked.unit and not self._number.hasFocus():
            known = asked.answer is not None and asked.answer is not False
            self._number.setText(numbers.number(asked.answer, words.language) if known and asked.answer else "")
        about = ": ".join(filter(None, (subject, asked.text)))
        for widget, answer in ((self._yes, yes), (self._no, no), (self._number, "")):
            name(widget, " – ".join(filter(None, (about, answer))))

    def main(self) -> QWidget:
        """What the keyboard starts at."""
        return self._number if self._asked is not None and self._asked.unit else self._yes

    def _send(self, answer: Answer) -> None:
        assert self._asked is not None
        self._show_answer(self._asked)  # the job decides; it may refuse
        self.answered.emit(self._asked.key, self._asked.id, answer)

    def _show_answer(self, asked: Asked) -> None:
        for button, answer in ((self._yes, True), (self._no, False)):
            button.setChecked(asked.answer is answer)
            button.show_primary(asked.answer is answer)

    def _send_number(self) -> None:
        """As people write it: with either decimal sign and either minus."""
        assert self._asked is not None
        text = self._number.text().replace(",", ".").replace(numbers.MINUS, "-").strip()
        try:
            number = float(text)
        except ValueError:
            return
        if number != self._asked.answer:
            self.answered.emit(self._asked.key, self._asked.id, number)
