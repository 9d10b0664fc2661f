"""A list of stations from a spreadsheet or a file, with every row and what is wrong with it before it is used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from ... import files
from ...domain.job import Station
from ...errors import BadInput
from ...i18n import Catalogue
from ...session import station_list
from ...session.station_list import Pasted
from ..widgets.button import Button
from ..widgets.text import Text, name
from ..widgets.text_area import TextArea
from ..wizard import sentence
from .base import Dialog
from .paste_table import PastedModel, PastedTable

Answer = Callable[[tuple[Station, ...]], object]
READ_AFTER_MS = 120


class PasteDialog(Dialog):
    """Text that is read as it is typed; the clipboard's is there from the start. `answer` gets the new list."""

    def __init__(
        self, parent: QWidget, words: Catalogue, first: str, stations: Sequence[Station], answer: Answer
    ) -> None:
        super().__init__(parent, words.text("gui.paste.title"), 980)
        self._words, self._first, self._stations, self._answer = words, first, stations, answer
        self._pasted = Pasted()
        self._edit, self._count, self._doubt = TextArea(), Text(bold=True, wrap=False), Text(tone="warn")
        self._model = PastedModel(words)
        self._table = PastedTable(self._model)
        self._open, self._add = Button(words.text("gui.paste.open"), low=True), Button(words.text("gui.paste.add"))
        self._lay_out()
        self._button = self.buttons(words.text("gui.cancel"), words.text("gui.paste.act"), self._finish)
        self._open.clicked.connect(self._ask_for_file)
        self._add.clicked.connect(self._finish_adding)
        self._later = QTimer(self, singleShot=True, interval=READ_AFTER_MS)
        self._later.timeout.connect(self._read)
        self._edit.textChanged.connect(self._later.start)
        clipboard = QGuiApplication.clipboard().text()
        self._edit.setPlainText(clipboard if "\n" in clipboard else "")
        self._read()
        self._edit.setFocus()

    def _lay_out(self) -> None:
        lead = QHBoxLayout()
        lead.addWidget(Text(self._words.text("gui.paste.lead"), "muted"), 1)
        lead.addWidget(self._open)
        self.column.addLayout(lead)
        self._edit.setFixedHeight(96)
        self._table.setMinimumHeight(210)
        name(self._edit, self._words.text("gui.paste.title"))
        name(self._table, self._words.text("gui.paste.rows"))
        counts = QHBoxLayout()
        counts.addWidget(self._count)
        counts.addWidget(self._doubt, 1)
        counts.addWidget(self._add)
        self._add.setVisible(bool(self._stations))
        self.column.addWidget(self._edit)
        self.column.addWidget(self._table, 1)
        self.column.addLayout(counts)

    def _read(self) -> None:
        self._later.stop()
        self._pasted = station_list.parse(self._edit.toPlainText(), self._first)
        self._count.setText(self._words.plural("gui.paste.read", len(self._pasted.stations)))
        faulty = len(self._pasted.faulty)
        self._doubt.show_text(self._words.plural("gui.paste.doubts", faulty) if faulty else "")
        self._model.show_rows(self._pasted.rows)
        self._table.setVisible(bool(self._pasted.rows))
        for button in filter(None, (self._button, self._add)):
            button.setEnabled(bool(self._pasted.stations))

    def _read_typed(self) -> None:
        """What was typed just now may still wait to be read."""
        if self._later.isActive():
            self._read()

    def _ask_for_file(self) -> None:
        words = self._words
        kinds = f"{words.text('gui.files.lists')} (*.csv *.txt *.tsv);;{words.text('gui.files.all')} (*)"
        chosen, _ = QFileDialog.getOpenFileName(self, words.text("gui.paste.open"), "", kinds)
        if chosen:
            self.open_file(Path(chosen))

    def open_file(self, path: Path) -> None:
        """Read a file in place of what was written here."""
        try:
            text = station_list.read(files.read(path), path.name)
        except BadInput as error:
            self._doubt.show_text(sentence(self._words.of("error", error.code, **error.values), error))
            return
        self._edit.setPlainText(text)
        self._read()

    def _finish(self) -> None:
        self._read_typed()
        self._answer(station_list.merged(self._stations, self._pasted.stations))

    def _finish_adding(self) -> None:
        self._read_typed()
        self._answer(station_list.added(self._stations, self._pasted.stations))
        self.reject()
