"""The passphrase of a signing identity: asked for each signature, kept nowhere."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from ...i18n import Catalogue
from ..widgets.fields import Field
from ..widgets.text import Text
from .base import Dialog


class PassphraseDialog(Dialog):
    """One hidden line; `answer` gets it."""

    def __init__(self, parent: QWidget, words: Catalogue, answer: Callable[[str], object]) -> None:
        super().__init__(parent, words.text("gui.passphrase.title"))
        self.column.addWidget(Text(words.text("gui.passphrase.lead"), "muted"))
        field = Field()
        field.show_field(words.text("gui.passphrase.field"), "")
        field.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.column.addWidget(field)
        self.buttons(words.text("gui.cancel"), words.text("gui.review.sign"), lambda: answer(field.edit.text()))
        field.edit.setFocus()
