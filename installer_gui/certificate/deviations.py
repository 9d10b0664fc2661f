"""The list of deviations: what is alike stands in one row, with its numbers, and with its stations by name.

Alike is what says the same: code, words, action, owner and date. Only measured numbers and times may differ; the row
then says from which to which. The attached data hold every deviation by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from ..domain.finding import Severity
from . import cells
from .content import LATER, ClosedLine, DeviationLine, Line
from .spans import spans
from .wording import NONE, STATION, Wording

Group = tuple[DeviationLine, ...]
_T = TypeVar("_T")
_PARTS = ("title", "meaning", "remedy")
_FEW = 4  # names and spans that a line has room for
_FIRST = {Severity.FAILURE: 0, None: 1, Severity.WARNING: 2}


def section(wording: Wording) -> dict[str, Any]:
    words, content = wording.words, wording.content
    gone = [_closed_table(wording)] if content.closed else []
    heading = words.text("paper.deviations")
    if not content.deviations:
        return cells.section(heading, words.text("paper.deviations.none"), tables=gone)
    columns = wording.columns(no="15mm", deviation=5, about=2.4, action=4, due="auto")
    rows = [_row(wording, group) for group in groups(wording)]
    return cells.section(heading, words.text("paper.deviations.intro"), tables=[cells.table(columns, rows), *gone])


def groups(wording: Wording) -> list[Group]:
    """Deviations that are alike, in the order of their first numbers."""
    return _alike(wording.content.deviations, lambda line: _key(wording, line))


def worst(wording: Wording) -> list[str]:
    """What stops the site, what was not tried and what remains, in a line each and in this order."""
    told = [group for group in groups(wording) if group[0].finding or group[0].state]
    told.sort(key=lambda group: _FIRST.get(group[0].finding.severity if group[0].finding else None, 2))
    return [_in_short(wording, group) for group in told]


def _in_short(wording: Wording, group: Group) -> str:
    title = _title(wording, group, numbered=False)
    stations = [line.subject for line in group if line.subject.kind == "station"]
    named = wording.names(stations)
    many = len(named) > _FEW
    where = wording.words.plural("paper.count.stations", len(stations)) if many else ", ".join(named)
    return f"{title} – {where or _why(wording, group[0])}".removesuffix(" – ")


def _key(wording: Wording, line: DeviationLine) -> Hashable:
    said = line.text, line.owner, line.action, line.due, line.subject.kind
    if line.finding:
        return *said, line.check, _finding_key(wording, line.finding)
    if line.state is None:
        return line.number  # a remark of the installer's own
    whole_site = line.subject.kind != "station"
    return *said, line.state, line.reason, line.cause, whole_site or line.check


def _finding_key(wording: Wording, line: Line) -> Hashable:
    shapes = tuple((name, wording.shape(line.evidence[name])) for name in _shown(wording, line))
    return line.code, line.severity, line.responsible, line.limit, shapes


def _shown(wording: Wording, line: Line) -> list[str]:
    """The evidence that the words about a finding show."""
    places = {name for part in _PARTS for name in wording.places(line.code, part)}
    return sorted(places & line.evidence.keys())


def _row(wording: Wording, group: Group) -> cells.Line:
    numbers = spans([str(line.number) for line in group], STATION)
    about = wording.about_all(line.subject for line in group)
    due = group[0].due
    return cells.spread(
        cells.names(numbers, strong=True),
        _what(wording, group),
        about,
        _action(wording, group),
        wording.words.show(due) if due else NONE,
    )


def _title(wording: Wording, group: Group, numbered: bool = True) -> str:
    words, line = wording.words, group[0]
    if line.finding:
        found = _merged(wording, [one.finding for one in group if one.finding])
        return wording.finding(found) if numbered else wording.about(found, "title")
    if line.state is None:
        return line.text
    if len(checks := _checks(group)) > 1:
        return words.plural("paper.count.missing", len(checks))
    return words.text("paper.not-tested", check=wording.check(line.check))


def _what(wording: Wording, group: Group) -> cells.Cell:
    line, title = group[0], _title(wording, group)
    if line.finding:
        found = _merged(wording, [one.finding for one in group if one.finding])
        return cells.titled(title, wording.about(found, "meaning"), line.text)
    if line.state is None:
        return cells.titled(title)
    checks = [wording.check(check) for check in _checks(group)]
    return cells.titled(title, _why(wording, line), line.text, items=checks if len(checks) > 1 else [])


def _why(wording: Wording, line: DeviationLine) -> str:
    """Why a check was not made, where there is more to say than that."""
    if line.finding or line.state is None or line.reason == "not-run":
        return ""
    return wording.why(line.state, line.reason, line.cause)


def _checks(group: Group) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.check for line in group))


def _action(wording: Wording, group: Group) -> cells.Cell:
    """What to do and who: the installer's own words first, else what is known of the finding."""
    words, line, found = wording.words, group[0], group[0].finding
    remedy = line.action
    if found and not remedy:
        remedy = wording.about(_merged(wording, [one.finding for one in group if one.finding]), "remedy")
    if line.state and not found and not remedy:
        remedy = words.text("paper.action.online" if line.reason == LATER else "paper.action.test")
    owner = line.owner or (words.of("paper", "owner", found.responsible.value) if found else "")
    return cells.stack(remedy or NONE, f"{words.text('paper.column.owner')}: {owner}" if owner else "")


def _merged(wording: Wording, lines: Sequence[Line]) -> Line:
    """One finding for several that are alike, with what differs as a span."""
    first = lines[0]
    shown = _shown(wording, first)
    spanned = {name: wording.span([line.evidence[name] for line in lines]) for name in shown}
    return replace(first, evidence={**first.evidence, **spanned})


def _closed_table(wording: Wording) -> dict[str, Any]:
    """What was put right since, by when it was first and last known."""
    columns = wording.columns(deviation=5, about=2.4, opened="auto", closed="auto")
    alike = _alike(wording.content.closed, lambda line: _closed_key(wording, line))
    rows = [_closed(wording, group) for group in alike]
    return {"heading": wording.words.text("paper.deviations.closed")} | cells.table(columns, rows)


def _closed_key(wording: Wording, line: ClosedLine) -> Hashable:
    days = line.opened.date(), line.closed.date()
    return line.check, line.subject.kind, line.owner, line.action, days, _finding_key(wording, line.finding)


def _closed(wording: Wording, group: Sequence[ClosedLine]) -> cells.Line:
    words, line = wording.words, group[0]
    owner = words.of("paper", "owner", line.owner) if words.has("paper", "owner", line.owner) else line.owner
    by = f"{words.text('paper.column.owner')}: {owner}" if owner else ""
    return cells.spread(
        cells.titled(wording.finding(_merged(wording, [one.finding for one in group])), line.action, by),
        wording.about_all(one.subject for one in group),
        words.show(min(one.opened for one in group)),
        words.show(max(one.closed for one in group)),
    )


def _alike(lines: Iterable[_T], key: Callable[[_T], Hashable]) -> list[tuple[_T, ...]]:
    found: dict[Hashable, list[_T]] = {}
    for line in lines:
        found.setdefault(key(line), []).append(line)
    return [tuple(group) for group in found.values()]
