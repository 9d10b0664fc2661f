"""A list of stations from a spreadsheet, with what would become of it before it replaces the one there is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ...i18n import Catalogue
from ...session import stations
from ...session.stations import Pasted
from ..widgets.text import Text, name
from ..widgets.text_area import TextArea
from .base import Dialog

Answer = Callable[[Pasted], object]


class PasteDialog(Dialog):
    """Text that is read as it is typed; the clipboard's is there from the start."""

    def __init__(self, parent: QWidget, words: Catalogue, first: str, answer: Answer) -> None:
        super().__init__(parent, words.text("gui.paste.title"), 640)
        self._words, self._first, self._answer = words, first, answer
        self._pasted = Pasted(())
        self.column.addWidget(Text(words.text("gui.paste.lead"), "muted"))
        self._edit, self._count, self._doubt = TextArea(), Text(bold=True), Text(tone="warn")
        self._edit.setMinimumHeight(200)
        name(self._edit, words.text("gui.paste.title"))
        for widget in (self._edit, self._count, self._doubt):
            self.column.addWidget(widget)
        self._button = self.buttons(words.text("gui.cancel"), words.text("gui.paste.act"), self._finish)
        self._edit.textChanged.connect(self._read)
        clipboard = QGuiApplication.clipboard().text()
        self._edit.setPlainText(clipboard if "\n" in clipboard else "")
        self._read()
        self._edit.setFocus()

    def _read(self) -> None:
        self._pasted = stations.parse(self._edit.toPlainText(), self._first)
        self._count.setText(self._words.plural("gui.paste.read", len(self._pasted.stations)))
        names = ", ".join(self._pasted.repeated)
        self._doubt.show_text(self._words.text("gui.paste.repeated", names=names) if names else "")
        if self._button is not None:
            self._button.setEnabled(bool(self._pasted.stations))

    def _finish(self) -> None:
        self._answer(self._pasted)
