"""A comparison as JSON (resources/schemas/compare.json) and in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..domain.finding import Value
from ..domain.plain import to_plain
from ..i18n import Catalogue
from ..support.change import Change, Direction, Kind
from . import run_document
from .render import Output

if TYPE_CHECKING:
    from ..certificate.content import Content
    from ..support.compare import Comparison

MOST_NAMES = 8


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two that are compared; `signature` is how its signature was found, "" for a job."""

    file: Path
    content: Content
    signature: str

    @property
    def number(self) -> str:
        return self.content.certificate_id if self.signature else self.content.job


def document(old: Side, new: Side, found: Comparison, words: Catalogue) -> dict[str, Any]:
    """Everything that differs; only the titles depend on the language."""
    told = _Words(found, words)
    return {
        "schema": "driftklar.compare/1",
        "old": _side(old),
        "new": _side(new),
        "remarks": [remark.value for remark in found.remarks],
        "worse": found.is_worse,
        "summary": _summary(found),
        "changes": [_change(change, told) for change in found.changes],
    }


def tell(old: Side, new: Side, found: Comparison, io: Output) -> None:
    """A line a change, the same change at several stations on one line, and how many went which way."""
    words = io.catalogue
    for remark in found.remarks:
        io.line(words.of("compare", "remark", remark.value))
    io.line(f"{_named(old, words)} → {_named(new, words)}")
    io.line()
    told, groups = _Words(found, words), _groups(found)
    width = 2 + max(len(words.of("compare", "direction", way.value)) for way in Direction)
    for group in groups:
        io.line(f"{words.of('compare', 'direction', group[0].direction.value):<{width}}{told.line(group)}", width)
        for fault in told.new_faults(group[:MOST_NAMES]):
            io.line(f"{'':<{width + 2}}{fault}", width + 2)
    if groups:
        io.line()
    counted = (f"{words.of('compare', 'direction', way)}: {n}" for way, n in _summary(found).items() if n)
    io.line(", ".join(counted) or words.text("compare.nothing"))


def _side(side: Side) -> dict[str, Any]:
    content = side.content
    return {
        "file": str(side.file),
        "kind": "certificate" if side.signature else "job",
        "number": side.number,
        "signature": side.signature or None,
        "time": content.issued.local.isoformat(timespec="seconds"),
        "verdict": content.verdict.value,
        "profile": {"id": content.profile.id, "version": content.profile.version},
        "stations": len(content.stations),
    }


def _named(side: Side, words: Catalogue) -> str:
    kind = "certificate" if side.signature else "job"
    return words.of("compare", "side", kind, number=side.number, time=side.content.issued.local)


def _summary(found: Comparison) -> dict[str, int]:
    counts = Counter(change.direction for change in found.changes)
    return {way.value: counts[way] for way in Direction}


def _change(change: Change, told: _Words) -> dict[str, Any]:
    return {
        "kind": change.kind.value,
        "direction": change.direction.value,
        "subject": run_document.subject(change.subject),
        "check": change.check or None,
        "title": told.title(change),
        "old": to_plain(change.old),
        "new": to_plain(change.new),
        "faults": {"old": list(change.old_faults), "new": list(change.new_faults)},
    }


def _groups(found: Comparison) -> list[list[Change]]:
    """Changes that differ in nothing but the station; levels that changed no more than by chance are left out."""
    groups: dict[Any, list[Change]] = {}
    for change in found.changes:
        if change.kind is Kind.LEVEL and change.direction is Direction.CHANGED:
            continue
        about = "" if change.subject.kind == "station" and change.kind is not Kind.STATION else change.subject.name
        values = str(change.old), str(change.new), change.new_faults
        groups.setdefault((change.kind, change.direction, change.check, about, *values), []).append(change)
    return list(groups.values())


class _Words:
    """Puts changes into words; what is said of a check is looked up in the later visit, if it is there."""

    def __init__(self, found: Comparison, words: Catalogue) -> None:
        from ..certificate.wording import Wording

        self._words = words
        self._wording = Wording(found.new, words)
        contents = (found.old, found.new)
        self._found = {(row.check, row.subject): row for content in contents for row in content.rows}

    def title(self, change: Change) -> str:
        row = self._found.get((change.check, change.subject))
        if row is not None and change.kind in (Kind.CHECK, Kind.ENDPOINT):
            return self._wording.title(row)
        return self._words.of("compare", "kind", change.kind.value, host=row.host if row else "")

    def line(self, group: list[Change]) -> str:
        """What changed, from what to what, and at which stations."""
        change = group[0]
        values = f"{self._value(change.kind, change.old)} → {self._value(change.kind, change.new)}"
        return ": ".join(filter(None, (self._about(group), self.title(change), values)))

    def new_faults(self, group: list[Change]) -> Iterator[str]:
        """What is short of a pass now and was not before."""
        for change in group:
            row = self._found.get((change.check, change.subject))
            about = f"{self._words.show(change.subject.name)}: " if len(group) > 1 else ""
            for line in row.findings if row else ():
                if line.code in set(change.new_faults) - set(change.old_faults):
                    yield about + self._wording.finding(line)

    def _about(self, group: list[Change]) -> str:
        """The first stations by name, and how many there are."""
        if group[0].kind is Kind.STATION:
            return ""
        names = [self._words.show(c.subject.name) for c in group if c.subject.kind == "station"]
        return ", ".join(names[:MOST_NAMES]) + (f" … ({len(names)})" if len(names) > MOST_NAMES else "")

    def _value(self, kind: Kind, value: Value | None) -> str:
        match kind, value:
            case _, None:
                return self._words.text("compare.absent")
            case Kind.VERDICT, str(verdict):
                return self._words.of("verdict", verdict)
            case Kind.CONNECTION, str(connection):
                return self._words.of("connection", connection)
            case ((Kind.CHECK | Kind.ENDPOINT), str(state)):
                return self._words.of("state", state)
            case _, shown:
                return self._words.show(shown)
