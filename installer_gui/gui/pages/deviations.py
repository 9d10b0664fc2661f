"""V9: what is not as it should be: who puts it right, how, and by when."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from ... import i18n
from ...domain.finding import SITE, Responsible
from ...domain.job import Note
from ...i18n import Catalogue, numbers
from ...session.flow import Page
from .. import theme
from ..deviation_view import OWNERS, Done, Item, Party, done, grouped, items
from ..looks import Look
from ..rows import sentence_case
from ..state import PageState
from ..view import View
from ..widgets.button import Button
from ..widgets.card import Card
from ..widgets.fields import Choice, Field
from ..widgets.glyph import Glyph
from ..widgets.keyed_list import KeyedList
from ..widgets.text import VALUE, Text, name
from ..wizard import Wizard
from .base import Body, heading
from .deviation_parts import DoneCard, PartyHead

ACTION_BESIDE_FROM, DUE, OWNER = 720, 150, 200


class DeviationCard(Card):
    """One deviation. An automatic one cannot be taken away, only explained."""

    _words: Catalogue
    noted = Signal(object)
    removed = Signal(object)
    gone_to = Signal(object)

    def __init__(self) -> None:
        super().__init__(Look.UNTESTED, bar=True)
        self._item: Item | None = None
        self._number, self._glyph = Text(scale=VALUE, bold=True, wrap=False), Glyph(26)
        self._title, self._line, self._remedy = Text(bold=True), Text(tone="muted"), Text()
        self._go, self._owner, self._due, self._action = Button(low=True), Choice(), Field(), Field()
        self._fields = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        self._go.clicked.connect(self._press)
        self._owner.chosen.connect(self._own)
        self._action.edited.connect(self._write)
        self._due.edit.left.connect(self._date)

    def show_item(self, item: Item) -> None:
        words = i18n.load(item.language)
        self._item, self._words = item, words
        self.show_look(item.look)
        self._glyph.show_look(item.look)
        self._number.setText(f"{item.number}")
        self._title.setText(item.title)
        self._line.show_text(item.line)
        self._remedy.show_text(item.hint)
        self._go.setText(words.text("gui.deviations.remove" if item.remark else "gui.deviations.go"))
        self._go.setVisible(item.remark or item.page is not None)
        name(self._go, f"{self._go.text()}: {item.title}")
        owners = [(owner.value, sentence_case(words.of("paper", "owner", owner))) for owner in OWNERS]
        self._owner.show_choice(words.text("gui.deviations.owner"), owners, item.note.owner)
        text = item.note.text if item.remark else item.note.action
        asks = "text" if item.remark else "other-action" if item.hint else "action"
        self._action.show_field(words.of("gui", "deviations", asks), text)
        if not self._due.edit.hasFocus():
            due = words.show(item.note.due) if item.note.due else ""
            self._due.show_field(words.text("gui.deviations.due"), due, hint=words.text("gui.deviations.due-hint"))
        name(self, f"{item.number}. {item.title}", item.line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, what is to be done gets a line of its own."""
        super().resizeEvent(event)
        way, narrow = QBoxLayout.Direction, event.size().width() < theme.scaled(ACTION_BESIDE_FROM)
        self._fields.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        self._due.setFixedWidth(round(theme.scaled(DUE)))
        self._owner.setMinimumWidth(round(theme.scaled(OWNER)))

    def _press(self) -> None:
        item = self._shown()
        if item.remark:
            self.removed.emit(item)
        else:
            self.gone_to.emit(item.page)

    def _own(self, owner: str) -> None:
        self._send(replace(self._shown().note, owner=owner))

    def _write(self, text: str) -> None:
        item = self._shown()
        self._send(replace(item.note, text=text) if item.remark else replace(item.note, action=text))

    def _date(self) -> None:
        """A date is taken when the field is left, so that half a date is no error."""
        item, words = self._shown(), self._words
        text = self._due.edit.text().strip()
        day = numbers.read_day(text, words.language) if text else None
        label, fault = words.text("gui.deviations.due"), words.text("gui.deviations.bad-date")
        self._due.show_field(label, self._due.edit.text(), fault if text and day is None else "")
        if day != item.note.due and (day is not None or not text):
            self._send(replace(item.note, due=day))

    def _send(self, note: Note) -> None:
        self.noted.emit((self._shown(), note))

    def _shown(self) -> Item:
        assert self._item is not None
        return self._item

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(self._title)
        texts.addWidget(self._line)
        texts.addWidget(self._remedy)
        head = QHBoxLayout()
        head.setSpacing(10)
        self._number.setMinimumWidth(24)
        for widget in (self._number, self._glyph):
            head.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(texts, 1)
        head.addWidget(self._go, 0, Qt.AlignmentFlag.AlignTop)
        who, fields = QHBoxLayout(), self._fields
        for row in (who, fields):
            row.setSpacing(theme.GAP + 2)
        who.addWidget(self._owner, 1)
        who.addWidget(self._due)
        fields.addLayout(who)
        fields.addWidget(self._action, 1)
        fields.setContentsMargins(34, 0, 0, 0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 10, 12, 12)
        whole.setSpacing(8)
        whole.addLayout(head)
        whole.addLayout(fields)


class PageBody(Body):
    """The list by who must act, remarks of one's own, and what was put right."""

    def __init__(self, wizard: Wizard) -> None:
        super().__init__(wizard)
        self._none, self._add, self._closed = Text(scale=VALUE, bold=True), Button(), heading()
        self._list: KeyedList[object, Item | Party, QWidget] = KeyedList(self._make, _show)
        self._done: KeyedList[int, Done, DoneCard] = KeyedList(lambda _: DoneCard(), DoneCard.show_done)
        line = QHBoxLayout()
        line.addWidget(self._add)
        line.addStretch()
        self.column.addWidget(self._none)
        self.column.addWidget(self._list)
        self.column.addLayout(line)
        self.column.addWidget(self._closed)
        self.column.addWidget(self._done)
        self.column.addStretch(1)
        self._add.clicked.connect(self._add_remark)

    def show_state(self, state: PageState, view: View) -> None:
        shown, closed = items(view), done(view)
        self._none.show_text("" if shown else view.words.text("gui.deviations.none"))
        self._add.setText(view.words.text("gui.deviations.add"))
        lines: list[tuple[object, Item | Party]] = []
        for party, its in grouped(shown, view):
            lines += [(party.party, party), *((item.key, item) for item in its)]
        self._list.show_items(lines, view.words)
        self._closed.show_text(view.words.plural("gui.deviations.closed", len(closed)) if closed else "")
        self._done.show_items(list(enumerate(closed)), view.words)

    def main(self) -> QWidget:
        return self._add

    def _make(self, key: object) -> QWidget:
        if isinstance(key, Responsible):
            head = PartyHead()
            head.asked.connect(self.wizard.signing.write_letter_to)
            return head
        card = DeviationCard()
        card.noted.connect(self._note)
        card.removed.connect(self._remove)
        card.gone_to.connect(self._go)
        return card

    def _note(self, changed: tuple[Item, Note]) -> None:
        item, note = changed
        job = self.wizard.job
        if not item.remark:
            self.wizard.edit(job.with_note(note))
            return
        if (at := self._at(item)) is not None:
            self.wizard.edit(replace(job, notes=(*job.notes[:at], note, *job.notes[at + 1 :])))

    def _remove(self, item: Item) -> None:
        job, words = self.wizard.job, self.wizard.words
        if (at := self._at(item)) is not None:
            notes = (*job.notes[:at], *job.notes[at + 1 :])
            self.wizard.edit(replace(job, notes=notes), words.text("gui.deviations.removed"))

    def _at(self, item: Item) -> int | None:
        """Where a remark stands now; a card may be older than the job, and its remark changed or gone."""
        now = next((i for i in items(self.wizard.view()) if i.key == item.key and i.remark), None)
        return self.wizard.job.notes.index(now.note) if now is not None and now.note in self.wizard.job.notes else None

    def _go(self, page: Page | None) -> None:
        if page is not None:
            self.wizard.go(page)

    def _add_remark(self) -> None:
        self.wizard.edit(self.wizard.job.with_note(Note(SITE, owner=OWNERS[0].value)))


def _show(widget: QWidget, item: Item | Party) -> None:
    match widget, item:
        case DeviationCard(), Item():
            widget.show_item(item)
        case PartyHead(), Party():
            widget.show_party(item)
