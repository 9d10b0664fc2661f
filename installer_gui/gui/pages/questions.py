"""L5, M5 and K8: what only a person can tell, about the site and about each station."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ... import i18n
from ...checks.confirmation import Confirmation
from ...domain.finding import Subject
from .. import answers, theme
from ..answers import Asked
from ..looks import Look
from ..rows import Row, skippable
from ..standing import worst
from ..state import PageState
from ..view import Key, View
from ..widgets.answer import AnswerLine
from ..widgets.button import Button
from ..widgets.card import Card
from ..widgets.glyph import Glyph
from ..widgets.keyed_list import KeyedList
from ..widgets.row_list import RowList
from ..widgets.text import Text, name
from ..wizard import Wizard
from .base import Body

MOST_BESIDE, TITLE_ROOM = 2, 310


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is asked about one subject, and how it stands."""

    look: Look
    title: str
    line: str
    questions: tuple[Asked, ...]
    language: str


class SheetCard(Card):
    """A subject with its questions; with more than two, or where it is narrow, they stand under it."""

    answered = Signal(object, str, object)

    def __init__(self) -> None:
        super().__init__(Look.UNTESTED, bar=True)
        self._glyph, self._title, self._line = Glyph(28), Text(bold=True), Text(tone="muted")
        self._answers: list[AnswerLine] = []
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addStretch()
        texts.addWidget(self._title)
        texts.addWidget(self._line)
        texts.addStretch()
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._glyph)
        head.addLayout(texts, 1)
        self._beside, self._below = QVBoxLayout(), QVBoxLayout()
        for column in (self._beside, self._below):
            column.setSpacing(theme.GAP)
        head.addLayout(self._beside)
        self._head = head
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 7, 10, 7)
        whole.addLayout(head)
        whole.addLayout(self._below)
        self._below.setContentsMargins(38, 0, 0, 0)
        self.setMinimumHeight(theme.STATION_ROW)

    def show_sheet(self, sheet: Sheet) -> None:
        words = i18n.load(sheet.language)
        self.show_look(sheet.look)
        self._glyph.show_look(sheet.look)
        self._title.setText(sheet.title)
        self._line.show_text(sheet.line)
        name(self, sheet.title, sheet.line)
        while len(self._answers) < len(sheet.questions):
            self._add()
        for line, asked in zip(self._answers, sheet.questions, strict=True):
            line.show_asked(asked, words, sheet.title)
        self._arrange()

    def main(self) -> QWidget:
        return self._answers[0].main()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _add(self) -> None:
        line = AnswerLine()
        line.answered.connect(self.answered)
        self._answers.append(line)
        self._below.addWidget(line)

    def _arrange(self) -> None:
        """Few questions stand beside the title where there is room for both."""
        widest = max((line.wide() for line in self._answers), default=0)
        beside = len(self._answers) <= MOST_BESIDE and self.width() - widest >= theme.scaled(TITLE_ROOM)
        column = self._beside if beside else self._below
        if column.count() < len(self._answers):
            for line in self._answers:
                column.addWidget(line)
                line.stand_beside(beside)


class PageBody(Body):
    """Site sheets first, then one for each station, then what was measured besides."""

    def __init__(self, wizard: Wizard) -> None:
        super().__init__(wizard)
        self._note = Text(tone="muted")
        self._all = Button()
        self._sheets: KeyedList[tuple[str, Subject], Sheet, SheetCard] = KeyedList(self._make, SheetCard.show_sheet)
        self._rows = RowList()
        self._quick = ("", "")
        head = QHBoxLayout()
        head.addWidget(self._note, 1)
        head.addWidget(self._all)
        self.column.addLayout(head)
        self.column.addWidget(self._sheets)
        self.column.addWidget(self._rows)
        self.column.addStretch(1)
        self._all.clicked.connect(lambda: wizard.asking.answer_all(*self._quick, True))

    def show_state(self, state: PageState, view: View) -> None:
        asked = answers.asked_on(state.page, view.job)
        rows = {row.key: row for row in state.rows}
        drafts = self.wizard.asking.drafts
        sheets: dict[tuple[str, Subject], list[tuple[Row | None, tuple[Asked, ...]]]] = {}
        for confirmation in asked:
            for subject in self.subjects(confirmation, view):
                key = (confirmation.id, subject)
                known = view.newest.get(key)
                put = answers.questions(confirmation, subject, known, drafts.get(key, {}), view.words)
                group = ("", subject) if confirmation.per_station else key
                sheets.setdefault(group, []).append((rows.get(key), put))
        self._sheets.show_items([(key, self._sheet(key[1], parts, view)) for key, parts in sheets.items()], view.words)
        ids = {confirmation.id for confirmation in asked}
        self._rows.show_rows([row for row in state.rows if row.check not in ids and row.subject.name], view.words)
        self._offer_all(state, view)

    def subjects(self, asked: Confirmation, view: View) -> Iterable[Subject]:
        """Whom or what a check is asked about on this page."""
        return answers.subjects(asked, view.job)

    def main(self) -> QWidget | None:
        first = self._sheets.first()
        return first.main() if first else None

    def skippable(self, state: PageState) -> Sequence[tuple[Key, str]]:
        return skippable(state.rows)

    def _offer_all(self, state: PageState, view: View) -> None:
        """One press for what is usually true of every station."""
        one_by_one = [c for c in answers.asked_on(state.page, view.job) if c.per_station and not c.questions[0].unit]
        some = one_by_one and len(tuple(self.subjects(one_by_one[-1], view))) > 1
        quick = one_by_one[-1] if some else None
        self._all.setVisible(quick is not None)
        self._note.setText(view.words.of("gui", state.page, "note"))
        if quick is not None:
            self._quick = (quick.id, quick.questions[0].id)
            self._all.setText(view.words.of("gui", "all", quick.id))

    def _sheet(self, subject: Subject, parts: list[tuple[Row | None, tuple[Asked, ...]]], view: View) -> Sheet:
        rows = [row for row, _ in parts if row is not None]
        questions = tuple(question for _, put in parts for question in put)
        look = worst(row.look for row in rows) if rows else Look.UNTESTED
        title = " · ".join(filter(None, (subject.name, view.places.get(subject.name, ""))))
        return Sheet(
            look, title or (rows[0].title if rows else ""), self._said(parts, view), questions, view.words.language
        )

    def _said(self, parts: list[tuple[Row | None, tuple[Asked, ...]]], view: View) -> str:
        """By whom and when, or what is open."""
        keys = [put[0].key for _, put in parts if put]
        told = [answers.said(view.newest.get(key)) for key in keys]
        open_rows = [row for row, _ in parts if row is not None and row.reason]
        if open_rows:
            return open_rows[0].word
        by, at = told[-1] if told else ("", "")
        return view.words.text("gui.questions.said", by=by, at=at) if by else ""

    def _make(self, _: tuple[str, Subject]) -> SheetCard:
        card = SheetCard()
        card.answered.connect(self.wizard.asking.answer)
        return card
