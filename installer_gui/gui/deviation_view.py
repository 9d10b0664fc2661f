"""Deviations in words, with who owns each unless somebody has said otherwise. Qt-free."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ..domain.check import Area
from ..domain.closing import Closed
from ..domain.deviation import Deviation
from ..domain.finding import Responsible, Severity, Subject
from ..domain.job import Note
from ..session import flow
from ..session.flow import Page
from .looks import Look
from .rows import detail, sentence_case, why
from .standing import LATER, mark
from .view import View

OWNERS = tuple(r for r in Responsible if r is not Responsible.NOBODY)
_LOOKS = {Severity.WARNING: Look.WARN, Severity.FAILURE: Look.FAIL}


@dataclass(frozen=True, slots=True)
class Item:
    """One deviation as it is shown. `hint` is the remedy that stands while nobody has written an action."""

    key: tuple[str, Subject, int]
    number: int
    look: Look
    title: str
    line: str
    hint: str
    note: Note
    page: Page | None
    language: str
    remark: bool = False

    @property
    def party(self) -> Responsible:
        """Who must put it right; an owner in somebody's own words is the installer's to see to."""
        return Responsible(self.note.owner) if self.note.owner in OWNERS else Responsible.INSTALLER


@dataclass(frozen=True, slots=True)
class Party:
    """The head of a group: who it is, how many points, and whether there is something to write to them about."""

    party: Responsible
    title: str
    line: str
    letter: str


@dataclass(frozen=True, slots=True)
class Done:
    """A deviation that a later measurement closed."""

    title: str
    line: str


def items(view: View) -> tuple[Item, ...]:
    """All deviations, numbered as on the paper."""
    pages = {area: flow.page_of(area, view.job) for area in Area}
    before = Counter[tuple[str, Subject]]()
    shown = []
    for deviation in view.deviations:
        at = before[deviation.code, deviation.subject]  # one check may find the same of several things
        before[deviation.code, deviation.subject] += 1
        page = pages[deviation.info.area] if deviation.info else None
        shown.append(_item(deviation, (deviation.code, deviation.subject, at), page, view))
    return tuple(shown)


def grouped(shown: tuple[Item, ...], view: View) -> tuple[tuple[Party, tuple[Item, ...]], ...]:
    """The deviations by who must put them right, others than the installer first."""
    order = (*(o for o in OWNERS if o is not Responsible.INSTALLER), Responsible.INSTALLER)
    found = ((party, tuple(item for item in shown if item.party is party)) for party in order)
    return tuple((_party(party, its, view), its) for party, its in found if its)


def done(view: View) -> tuple[Done, ...]:
    """What was put right since, with the dates."""
    return tuple(_done(closed, view) for closed in view.closed)


def _done(closed: Closed, view: View) -> Done:
    words = view.words
    dates = words.text("gui.deviations.dates", opened=closed.opened, closed=closed.closed)
    number = words.text("gui.detail.number", number=str(closed.judged.code.number))
    told = detail(closed.judged, words)
    return Done(told.title, "  ·  ".join(filter(None, (_about(closed.subject, view), number, dates))))


def _party(party: Responsible, its: tuple[Item, ...], view: View) -> Party:
    words, owner = view.words, view.job.site.network_owner
    known = (owner.name, owner.phone) if party is Responsible.NETWORK_OWNER else ()
    count = words.plural("gui.deviations.count", len(its))
    failed = any(
        d.judged and d.judged.severity is Severity.FAILURE and d.judged.code.responsible is party
        for d in view.deviations
    )
    letter = words.text("gui.letter.write") if failed and party is not Responsible.INSTALLER else ""
    who = sentence_case(words.of("paper", "owner", party))
    return Party(party, who, "  ·  ".join(filter(None, (count, *known))), letter)


def others_must_act(view: View) -> bool:
    """Whether something failed that the installer cannot fix, so that there is a letter to write."""
    own = (Responsible.INSTALLER, Responsible.NOBODY)
    failed = (d.judged for d in view.deviations if d.judged and d.judged.severity is Severity.FAILURE)
    return any(judged.code.responsible not in own for judged in failed)


def owner_of(deviation: Deviation) -> str:
    """Who is to act while nobody has said otherwise."""
    if deviation.judged and deviation.judged.code.responsible is not Responsible.NOBODY:
        return deviation.judged.code.responsible.value
    return Responsible.INSTALLER.value


def _item(deviation: Deviation, key: tuple[str, Subject, int], page: Page | None, view: View) -> Item:
    words, note = view.words, deviation.note or Note(deviation.subject, deviation.code)
    about = _about(deviation.subject, view)
    if deviation.judged:
        told = detail(deviation.judged, words)
        line = "  ·  ".join(filter(None, (about, words.text("gui.detail.number", number=str(told.number)))))
        look = _LOOKS[deviation.judged.severity]
        return Item(
            key, deviation.number, look, told.title, line, told.remedy, _owned(note, deviation), page, words.language
        )
    if deviation.info and deviation.result:
        title = words.of("check", deviation.info.text_key, "title", host=deviation.info.host)
        line = "  ·  ".join(filter(None, (about, _untested(deviation, view))))
        look = mark(deviation.result, view).look
        return Item(key, deviation.number, look, title, line, "", _owned(note, deviation), page, words.language)
    title = words.text("gui.deviations.remark")
    return Item(key, deviation.number, Look.INFO, title, about, "", note, None, words.language, remark=True)


def _untested(deviation: Deviation, view: View) -> str:
    assert deviation.result is not None
    words = view.words
    if mark(deviation.result, view).reason == LATER:
        return words.text("gui.later.row")
    told = why(deviation.result, words)
    return told if deviation.result.reason == "skipped" else words.text("gui.row.not-tested", why=told)


def _owned(note: Note, deviation: Deviation) -> Note:
    """The note with its owner, as a code that every language has a word for."""
    return Note(note.subject, note.code, note.text, note.owner or owner_of(deviation), note.action, note.due)


def _about(subject: Subject, view: View) -> str:
    if subject.kind == "station" and subject.name:
        return view.words.text("gui.deviations.station", station=subject.name)
    return subject.name
