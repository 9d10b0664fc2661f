"""Puts a certificate's codes and numbers into the words of the paper's language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..domain.finding import Grade, Quantity, Severity, Subject, Value
from ..domain.profile import Better, Limit
from ..domain.verdict import State
from ..i18n import Catalogue
from . import cells
from .content import Content, Line, Moment, Row
from .display import clip

NONE, NBSP = "–", "\u00a0"
PHOTO_DIGITS = 16
STATION, PLACE, SERIAL = 24, 60, 20  # characters that a column has room for; the data hold the whole name
NO_LIMIT = 1e9  # a mark beyond this is the profile's way to say "never"


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one certificate."""

    content: Content
    words: Catalogue

    def title(self, row: Row) -> str:
        """What should be so; its id for a check that this version does not know."""
        known = self.words.has("check", row.text, "title")
        return self.words.of("check", row.text, "title", host=row.host) if known else row.check

    def seen(self, row: Row) -> tuple[str, ...]:
        """What was found and, where somebody said so, who; or why nothing was found."""
        found = tuple(map(self.finding, row.findings))
        if row.state in (State.NOT_MEASURED, State.NOT_APPLICABLE):
            return (self.why(row.state, row.reason, row.cause), *found)
        return (*found, *self._said(row)) if row.grade is Grade.MANUAL else found

    def _said(self, row: Row) -> Iterator[str]:
        for line in row.findings[:1]:
            if "by" in line.evidence and "at" in line.evidence:
                yield self.words.text("paper.said", by=line.evidence["by"], at=line.evidence["at"])
            photos = line.evidence.get("photos", ())
            for digest in photos if isinstance(photos, tuple) else ():
                yield self.words.text("paper.photo", digest=digest[:PHOTO_DIGITS])

    def why(self, state: State, reason: str, cause: str = "") -> str:
        """As a sentence; `cause` is that of somebody who skipped it."""
        if cause:
            known = self.words.has("skip", cause)
            return self.words.text("reason.skipped-because", cause=self.words.of("skip", cause) if known else cause)
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
        return f"{title} ({self.words.text('paper.finding-number', number=f'{line.number:03d}')})"

    def about(self, line: Line, part: str) -> str:
        """The title, meaning or remedy of a finding; its code for one that this version does not know."""
        known = self.words.has("finding", line.code, part)
        return self.words.of("finding", line.code, part, **line.evidence) if known else line.code

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
        return self.words.of("paper", "grade", row.grade.value) if row.grade else NONE

    def pill(self, state: State) -> cells.Cell:
        return cells.pill(cells.TONES[state], self.words.of("paper", "state", state.value))

    def subject(self, subject: Subject) -> str:
        return clip(subject.name, STATION) or self.words.text("paper.site.itself")

    def place(self, station_id: str) -> str:
        place = next((s.place for s in self.content.stations if s.id == station_id), "")
        return clip(place, PLACE) or NONE

    def moment(self, moment: Moment) -> str:
        """Local time with its offset from UTC."""
        offset = f"{moment.local:%z}"
        return f"{self.words.show(moment.local)} (UTC{offset[:3]}:{offset[3:5]})"

    def pairs(self, **values: str) -> list[tuple[str, str]]:
        """Labels (by `paper.label.<name>`) and values, a dash where there is no value."""
        labels = (self.words.of("paper", "label", name.replace("_", "-")) for name in values)
        return [(label, value or NONE) for label, value in zip(labels, values.values(), strict=True)]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
