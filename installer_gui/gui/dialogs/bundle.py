"""The bundle for support: what goes along, every file as it will be sent, and what was taken out of it."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from ... import files
from ...domain.job import Job
from ...errors import BadInput
from ...i18n import Catalogue
from ...support.bundle import Bundle, Choice, Section
from ...support.redaction import Keep
from .. import theme
from ..looks import Look
from ..widgets.check import Check
from ..widgets.fields import Choice as Pick
from ..widgets.text import Text, name
from ..widgets.text_area import TextArea
from ..wizard import Wizard
from .base import Dialog

OPTIONAL = tuple(section for section in Section if section is not Section.VERSIONS)


class BundleDialog(Dialog):
    """Nothing is written before it was shown: what is saved is what the preview was made of."""

    def __init__(self, parent: QWidget, wizard: Wizard) -> None:
        words = wizard.words
        super().__init__(parent, words.text("gui.bundle.title"), 880)
        self._wizard, self._words, self._job = wizard, words, wizard.job
        self._made: Bundle | None = None
        self._wanted = 0
        self._sections = {section: _check(words, "section", section) for section in OPTIONAL}
        self._keeps = {keep: _check(words, "keep", keep) for keep in Keep}
        self._file, self._text, self._taken = Pick(), TextArea(), Text(tone="muted")
        self._lay_out()
        for section, check in self._sections.items():
            check.setChecked(section is not Section.LOG)
        for check in (*self._sections.values(), *self._keeps.values()):
            check.toggled.connect(self._gather)
        self._file.chosen.connect(self._show_file)
        self._button = self.buttons(words.text("gui.cancel"), words.text("gui.bundle.save"), self._save)
        self._gather()
        self._sections[OPTIONAL[0]].setFocus()

    def _gather(self) -> None:
        """Make it anew of what is ticked; an answer to an earlier choice comes too late."""
        self._made, self._wanted = None, self._wanted + 1
        self._show()
        sections = tuple(section for section, check in self._sections.items() if check.isChecked())
        keep = tuple(keep for keep, check in self._keeps.items() if check.isChecked())
        choice, job, language, turn = Choice(sections, keep), self._job, self._words.language, self._wanted
        task = self._wizard.task(lambda tell: _made(job, language, choice, turn))
        task.succeeded.connect(self._take)

    def _take(self, answer: tuple[int, Bundle]) -> None:
        turn, made = answer
        if turn == self._wanted:
            self._made = made
            self._show()

    def _show(self) -> None:
        words, made = self._words, self._made
        if self._button is not None:
            self._button.setEnabled(made is not None)
        if made is None:
            self._taken.setText(words.text("gui.bundle.gathering"))
            return
        options = [(f.name, f"{f.name} · {words.of('bundle', 'file', f.name)}") for f in made.files]
        shown = self._file.box.currentData()
        known = shown if shown in {key for key, _ in options} else options[0][0]
        self._file.show_choice(words.text("gui.bundle.file"), options, known)
        kinds = Counter(word.strip("[]").rpartition("-")[0] for word in made.redactions)
        taken = ", ".join(f"{words.of('bundle', 'kind', kind)}: {count}" for kind, count in kinds.items())
        nothing = words.text("gui.bundle.nothing-taken")
        self._taken.setText(words.text("gui.bundle.taken", taken=taken) if taken else nothing)
        self._show_file(known)

    def _show_file(self, chosen: str) -> None:
        if self._made is not None:
            text = next(f.data for f in self._made.files if f.name == chosen).decode("utf-8", "replace")
            self._text.setPlainText(text)
            name(self._text, chosen)

    def _save(self) -> None:
        if self._made is None:
            return
        words = self._words
        suggested = f"driftklar-{self._job.id}.zip"
        kind = f"{words.text('gui.files.bundles')} (*.zip)"
        chosen, _ = QFileDialog.getSaveFileName(self.parentWidget(), words.text("gui.bundle.title"), suggested, kind)
        if not chosen:
            return
        try:
            files.write(Path(chosen), self._made.zipped())
        except BadInput as error:
            self._wizard.complain(error)
        else:
            self._wizard.tell(Look.PASS, words.text("gui.bundle.saved", file=chosen))

    def _lay_out(self) -> None:
        self.column.addWidget(Text(self._words.text("gui.bundle.lead"), "muted"))
        ticks = QVBoxLayout()
        ticks.setSpacing(theme.GAP)
        for check in (*self._sections.values(), *self._keeps.values()):
            ticks.addWidget(check)
        ticks.addStretch(1)
        reading = QVBoxLayout()
        reading.setSpacing(theme.GAP)
        self._file.show_choice(self._words.text("gui.bundle.file"), (), "")
        name(self._text, self._words.text("gui.bundle.file"))
        self._text.setReadOnly(True)
        self._text.setFont(theme.font(fixed=True))
        self._text.setMinimumHeight(200)
        for widget in (self._file, self._text):
            reading.addWidget(widget)
        sides = QHBoxLayout()
        sides.setSpacing(16)
        sides.addLayout(ticks, 2)
        sides.addLayout(reading, 3)
        self.column.addLayout(sides, 1)
        self.column.addWidget(self._taken)


async def _made(job: Job, language: str, choice: Choice, turn: int) -> tuple[int, Bundle]:
    from .. import paperwork

    return turn, await asyncio.to_thread(paperwork.bundle, job, language, choice)


def _check(words: Catalogue, part: str, key: str) -> Check:
    check = Check()
    check.show_sentence(words.of("gui", f"bundle.{part}", key))
    return check
