"""Puts a certificate's codes and numbers into the words of the paper's language."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from ..domain.finding import Grade, Quantity, Severity, Subject, Value
from ..domain.profile import Better, Limit
from ..domain.verdict import State
from ..i18n import Catalogue
from . import cells
from .content import LATER, Content, Line, Moment, Row, StationResult
from .display import clip
from .spans import spans

NONE, NBSP, UNBROKEN = "–", "\u00a0", "\u2011"  # the last is a hyphen that no line ends with
PHOTO_DIGITS = 16
STATION, PLACE, SERIAL = 24, 60, 20  # characters that a column has room for; the data hold the whole name
NO_LIMIT = 1e9  # a mark beyond this is the profile's way to say "never"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")  # as a person's word is dated
_PLACE = re.compile(r"\{(\w+)\}")
_UNTRIED = (State.NOT_MEASURED, State.NOT_APPLICABLE)


@dataclass(frozen=True)
class Wording:
    """The words of one certificate."""

    content: Content
    words: Catalogue

    def title(self, row: Row) -> str:
        """What should be so; its id for a check that this version does not know."""
        known = self.words.has("check", row.text, "title")
        return self.words.of("check", row.text, "title", host=row.host) if known else row.check

    def seen(self, *rows: Row) -> tuple[str, ...]:
        """What was found and, where somebody said so, who and when; or why nothing was found.

        Of several rows, those that `likeness` calls alike.
        """
        row, found = rows[0], self.found(rows[0])
        if row.reason == LATER:
            return (self.why(row.state, row.reason),)  # what was found earlier would read as if it still held
        if row.state in _UNTRIED:
            return (self.why(row.state, row.reason, row.cause), *found)
        return (*found, *self._said(rows)) if row.grade is Grade.MANUAL else found

    def likeness(self, row: Row) -> Hashable:
        """All that a row says but for when a person said it."""
        evidence = row.findings[0].evidence if row.findings else {}
        said = evidence.get("by"), self.shape(evidence.get("at", "")), evidence.get("photos")
        return row.state, row.grade, row.reason, row.cause, self.found(row), said

    def found(self, row: Row) -> tuple[str, ...]:
        return tuple(map(self.finding, row.findings))

    def _said(self, rows: Sequence[Row]) -> Iterator[str]:
        said = [row.findings[0].evidence for row in rows if row.findings]
        for evidence in said[:1]:
            if "by" in evidence and "at" in evidence:
                at = self.span([one["at"] for one in said])
                yield self.words.text("paper.said", by=evidence["by"], at=self._localised(at))
            photos = evidence.get("photos", ())
            for digest in photos if isinstance(photos, tuple) else ():
                yield self.words.text("paper.photo", digest=digest[:PHOTO_DIGITS])

    def why(self, state: State, reason: str, cause: str = "") -> str:
        """As a sentence; `cause` is that of somebody who skipped it."""
        if cause:
            known = self.words.has("skip", cause)
            return self.words.text("reason.skipped-because", cause=self.words.of("skip", cause) if known else cause)
        if reason == LATER:
            return _sentence(self.words.text("reason.later"))
        if state is State.NOT_APPLICABLE:
            return _sentence(self.words.text("reason.needs", check=self.check(reason)))
        return _sentence(self.words.of("reason", reason)) if self.words.has("reason", reason) else reason

    def check(self, check: str) -> str:
        """A check's title by its id; the id itself where the content has no such row."""
        row = next((row for row in self.content.rows if row.check == check), None)
        return self.title(row) if row else check

    def finding(self, line: Line) -> str:
        """Its title; what is short of a pass carries its number for the phone."""
        title = self.about(line, "title")
        if line.severity not in (Severity.WARNING, Severity.FAILURE):
            return title
        number = self.words.text("paper.finding-number", number=f"{line.number:03d}").replace(" ", NBSP)
        return f"{title} ({number})"

    def about(self, line: Line, part: str) -> str:
        """The title, meaning or remedy of a finding; its code for one that this version does not know."""
        known = self.words.has("finding", line.code, part)
        evidence = {name: self._localised(value) for name, value in line.evidence.items()}
        return self.words.of("finding", line.code, part, **evidence) if known else line.code

    def places(self, code: str, part: str) -> frozenset[str]:
        """The names of the evidence that the words about a finding show."""
        known = self.words.has("finding", code, part)
        return frozenset(_PLACE.findall(self.words.template("finding", code, part)) if known else ())

    def shape(self, value: Value) -> Hashable:
        """What two values must share so that `span` can say both: numbers their unit, moments nothing more."""
        match value:
            case Quantity(unit=unit):
                return ("number", unit)
            case str(text) if _moment(text):
                return "moment"
            case _:
                return value

    def span(self, values: Sequence[Value]) -> Value:
        """One value for several of the same shape: from the lowest to the highest, where they differ."""
        low, high = min(values, key=_order), max(values, key=_order)
        if _order(low) == _order(high):
            return low
        shown = self.words.show(float(low.value)) if isinstance(low, Quantity) else self._localised(low)
        return self.words.text("paper.span", low=shown, high=self._localised(high))

    def _localised(self, value: Value) -> Any:
        """A moment that stands as text in the data, as the paper's language writes it."""
        moment = _moment(value) if isinstance(value, str) else None
        return self.words.show(moment).replace(" ", NBSP) if moment else value

    def limits(self, row: Row) -> cells.Cell:
        """The limits that the row's numbers were held against."""
        names = dict.fromkeys(line.limit for line in row.findings if line.limit)
        return cells.stack(*(self.limit(self.content.profile.limits[name]) for name in names)) if names else NONE

    def limit(self, limit: Limit) -> str:
        return self.mark(limit, limit.passes)

    def mark(self, limit: Limit, value: float) -> str:
        """One end of a limit with its sign and unit, such as "≥ −70 dBm"."""
        sign = "≥" if limit.better is Better.HIGH else "≤"
        if abs(value) >= NO_LIMIT:
            return NONE
        counted = self.words.of("paper", "unit", limit.unit) if self.words.has("paper", "unit", limit.unit) else ""
        return f"{sign}{NBSP}{self.words.show(Quantity(value, limit.unit))}{counted and NBSP + counted}"

    def level(self, value: float) -> str:
        """A number of dBm as it stands in a figure or a column that names the unit."""
        return self.words.show(float(value))

    def judged(self, row: Row) -> str:
        """The one number that decided, "" where none did."""
        for line in row.findings:
            value: Value | None = line.evidence.get(line.quantity)
            if isinstance(value, Quantity):
                return self.words.show(value)
        return ""

    def grade(self, row: Row) -> str:
        """What the result rests on; what was not measured rests on nothing."""
        if row.grade is None or row.state in _UNTRIED:
            return NONE
        return self.words.of("paper", "grade", row.grade.value)

    def pill(self, state: State) -> cells.Cell:
        return cells.pill(cells.TONES[state], self.words.of("paper", "state", state.value))

    def about_all(self, subjects: Iterable[Subject]) -> cells.Cell:
        """What a row of several is about; of stations how many too."""
        once = list(dict.fromkeys(subjects))
        counted = len(once) > 1 and once[0].kind == "station"
        return cells.names(self.names(once), self.words.plural("paper.count.stations", len(once)) if counted else "")

    def checked(self, row: Row, *alike: Row) -> list[cells.Cell]:
        """What was found, by which limits, what that rests on, and the result; `alike` are rows that say the same."""
        return [cells.stack(*self.seen(row, *alike)), self.limits(row), self.grade(row), self.pill(row.state)]

    def subject(self, subject: Subject) -> str:
        longest = STATION if subject.kind == "station" else PLACE
        return clip(subject.name, longest) or self.words.text("paper.site.itself")

    def names(self, subjects: Iterable[Subject]) -> list[str]:
        """What several findings are about, each once; stations that count up by one as a span."""
        once = list(dict.fromkeys(subjects))
        if once and all(subject.kind == "station" and subject.name for subject in once):
            return spans([subject.name for subject in once], STATION)
        return list(dict.fromkeys(map(self.subject, once)))

    def place(self, station_id: str) -> str:
        return clip(self._places.get(station_id, ""), PLACE) or NONE

    def reading(self, station: StationResult) -> str:
        """The number that decided at the station, or in a word how its measurement stands."""
        if number := self._numbers.get(station.id):
            return number
        applies = station.computer is not State.NOT_APPLICABLE
        return self.words.of("paper", "state", station.computer.value) if applies else NONE

    @cached_property
    def _places(self) -> dict[str, str]:
        return {station.id: station.place for station in self.content.stations}

    @cached_property
    def _numbers(self) -> dict[str, str]:
        """The first number that decided, by station."""
        numbers: dict[str, str] = {}
        for row in self.content.rows:
            if row.subject.kind == "station" and row.subject.name not in numbers and (number := self.judged(row)):
                numbers[row.subject.name] = number
        return numbers

    def moment(self, moment: Moment) -> str:
        """Local time with its offset from UTC."""
        offset = f"{moment.local:%z}"
        return f"{self.words.show(moment.local)} (UTC{offset[:3]}:{offset[3:5]})"

    def columns(self, **widths: float | str) -> list[dict[str, Any]]:
        """Columns by `paper.column.<name>`."""
        return [cells.column(self.words.of("paper", "column", name), width) for name, width in widths.items()]

    def pairs(self, **values: str) -> list[tuple[str, str]]:
        """Labels (by `paper.label.<name>`) and values, a dash where there is no value."""
        labels = (self.words.of("paper", "label", name.replace("_", "-")) for name in values)
        return [(label, value or NONE) for label, value in zip(labels, values.values(), strict=True)]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _moment(text: str) -> datetime | None:
    if not _MOMENT.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _order(value: Value) -> Any:
    return value.value if isinstance(value, Quantity) else value
