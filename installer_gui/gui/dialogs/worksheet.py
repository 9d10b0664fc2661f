"""The wiring worksheet: a line for each PLC module, what is asked of all of them, and whether the sums go together."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ...checks.plc_worksheet import Grid, Worksheet
from ...errors import BadInput
from ...session import powerline_worksheet
from .. import worksheet
from ..widgets.button import Button
from ..widgets.check import Check
from ..widgets.fields import Choice
from ..widgets.glyph import Glyph
from ..widgets.table import dress
from ..widgets.text import Text, name
from ..wizard import Wizard
from .base import Dialog

WIDTH, TABLE_HEIGHT, FREE_TEXT = 880, 190, 2
ASKED = ("only_l1", "same_phase_order", "earth_checked", "qr_code")


class WorksheetDialog(Dialog):
    """Filled in beside the board; the job keeps it in the name of its installer."""

    def __init__(self, parent: QWidget, wizard: Wizard) -> None:
        words = wizard.words
        super().__init__(parent, words.text("gui.worksheet.title"), WIDTH)
        self._wizard, self._grid = wizard, Grid.TN
        self.column.addWidget(Text(words.text("gui.worksheet.lead"), "muted"))
        self._table = QTableWidget(0, len(worksheet.COLUMNS))
        self._checks = {key: Check() for key in ASKED}
        self._glyph, self._sums = Glyph(24), Text(bold=True)
        self._lay_out()
        for row in worksheet.begin(wizard.job, wizard.profile, words):
            self._add(row)
        self._button = self.buttons(words.text("gui.cancel"), words.text("gui.worksheet.act"), self._confirm)
        self._table.itemChanged.connect(self._weigh)
        self._weigh()
        self._table.setFocus()
        self._table.setCurrentCell(0, 0)

    def _rows(self) -> tuple[worksheet.Row, ...]:
        cells = range(self._table.columnCount())
        return tuple(tuple(self._text(row, column) for column in cells) for row in range(self._table.rowCount()))

    def _text(self, row: int, column: int) -> str:
        item = self._table.item(row, column)
        return item.text() if item else ""

    def _filled(self) -> Worksheet | None:
        asked = worksheet.Site(*(self._checks[key].isChecked() for key in ASKED))
        modules = worksheet.modules(self._rows(), asked)
        if modules is None:
            return None
        return powerline_worksheet.sheet(
            self._wizard.job,
            modules,
            same_phase_order=asked.same_phase_order,
            earth_checked=asked.earth_checked,
            grid=self._grid,
        )

    def _weigh(self) -> None:
        """Tell how the sums stand while somebody types."""
        filled = self._filled()
        look, told = worksheet.sums(filled, self._wizard.words)
        self._glyph.show_look(look)
        self._sums.setText(told)
        if self._button is not None:
            self._button.setEnabled(filled is not None)

    def _confirm(self) -> None:
        wizard, filled = self._wizard, self._filled()
        if filled is None:
            return
        by, now = wizard.job.installer.person, datetime.now().astimezone()
        try:
            wizard.edit(powerline_worksheet.confirm(wizard.job, filled, by, now, wizard.profile))
        except BadInput as error:
            wizard.complain(error)

    def _add(self, texts: worksheet.Row = ()) -> None:
        row = self._table.rowCount()
        self._table.insertRow(row)
        for column, text in enumerate(texts):
            self._table.setItem(row, column, QTableWidgetItem(text))

    def _add_empty(self) -> None:
        self._add()
        self._table.setCurrentCell(self._table.rowCount() - 1, 0)

    def _remove(self) -> None:
        self._table.removeRow(max(0, self._table.currentRow()))
        self._weigh()

    def _choose_grid(self, chosen: str) -> None:
        self._grid = Grid(chosen)

    def _lay_out(self) -> None:
        words = self._wizard.words
        dress(self._table)
        self._table.setMinimumHeight(TABLE_HEIGHT)
        self._table.setHorizontalHeaderLabels([words.of("gui", "worksheet.column", key) for key in worksheet.COLUMNS])
        header, modes = self._table.horizontalHeader(), QHeaderView.ResizeMode
        for column in range(len(worksheet.COLUMNS)):
            header.setSectionResizeMode(column, modes.Stretch if column < FREE_TEXT else modes.ResizeToContents)
        name(self._table, words.text("gui.worksheet.title"))
        add, remove = Button(words.text("gui.worksheet.add")), Button(words.text("gui.worksheet.remove"))
        for button, act in ((add, self._add_empty), (remove, self._remove)):
            button.setAutoDefault(False)
            button.clicked.connect(act)
        grid = Choice()
        grid.show_choice(words.text("gui.worksheet.grid"), [(g.value, g.value) for g in Grid], self._grid.value)
        grid.chosen.connect(self._choose_grid)
        line = QHBoxLayout()
        for widget in (add, remove):
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(grid)
        checks = QGridLayout()
        for at, (key, check) in enumerate(self._checks.items()):
            check.show_sentence(words.of("gui", "worksheet.asked", key))
            check.toggled.connect(self._weigh)
            checks.addWidget(check, at // 2, at % 2)
        told = QHBoxLayout()
        told.addWidget(self._glyph)
        told.addWidget(self._sums, 1)
        self.column.addWidget(self._table, 1)
        for layout in (line, checks, told):
            self.column.addLayout(layout)
