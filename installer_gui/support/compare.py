"""Two visits to a site: what is worse now, what is better, and what is only different.

Nothing is measured or judged anew: what each visit found stands in its certificate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ..certificate.content import Content, Row, StationResult
from ..domain.finding import Subject, station
from ..domain.verdict import State, Verdict
from . import compare_rows
from .change import Change, Direction, Kind, between

_VERDICTS: Mapping[Verdict, State] = {
    Verdict.PASSED: State.PASS,
    Verdict.PASSED_WITH_REMARKS: State.WARN,
    Verdict.FAILED: State.FAIL,
    Verdict.INCOMPLETE: State.NOT_MEASURED,
}


class Remark(StrEnum):
    """Why two papers may not be comparable."""

    OTHER_SITE = "other-site"
    OTHER_PROFILE = "other-profile"
    OLDER = "older"
    SIMULATED = "simulated"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two contents and all that differs between them."""

    old: Content
    new: Content
    changes: tuple[Change, ...]
    remarks: tuple[Remark, ...]

    @property
    def is_worse(self) -> bool:
        return any(change.direction is Direction.WORSE for change in self.changes)


def compare(old: Content, new: Content) -> Comparison:
    """What changed from one visit to the other. A station that was renamed is known by its serial number."""
    names = _new_names(old, new)
    before, after = _rows(old, names), _rows(new, {})
    changes = (*_whole(old, new), *compare_rows.changes(before, after), *_stations(old, new, names))
    in_order = sorted(changes, key=lambda change: list(Kind).index(change.kind))
    return Comparison(old, new, tuple(in_order), tuple(_remarks(old, new)))


def _whole(old: Content, new: Content) -> Iterator[Change]:
    if old.verdict is not new.verdict:
        went = between(_VERDICTS[old.verdict], _VERDICTS[new.verdict])
        yield Change(Kind.VERDICT, went, old.verdict.value, new.verdict.value)
    pairs = (
        (Kind.PROFILE, _profile(old), _profile(new)),
        (Kind.CONNECTION, old.connection and old.connection.value, new.connection and new.connection.value),
        (Kind.NETWORK, old.ssid or None, new.ssid or None),
    )
    for kind, before, after in pairs:
        if before != after:
            yield Change(kind, Direction.CHANGED, before, after)


def _stations(old: Content, new: Content, names: Mapping[str, str]) -> Iterator[Change]:
    """Stations that came, went, or have another name."""
    before = {names.get(s.id, s.id): s.id for s in old.stations}
    after = {s.id: s.id for s in new.stations}
    for name in dict.fromkeys((*before, *after)):
        was, now = before.get(name), after.get(name)
        if was != now:
            yield Change(Kind.STATION, Direction.CHANGED, was, now, station(name))


def _new_names(old: Content, new: Content) -> dict[str, str]:
    """The new name of every old station that has another one, by a serial number that only one station has."""
    kept, before, after = {s.id for s in new.stations}, _by_serial(old.stations), _by_serial(new.stations)
    renamed = {s.id: after[serial].id for serial, s in before.items() if serial in after}
    return {was: now for was, now in renamed.items() if was not in kept}


def _by_serial(stations: tuple[StationResult, ...]) -> dict[str, StationResult]:
    count = Counter(s.serial for s in stations)
    return {s.serial: s for s in stations if s.serial and count[s.serial] == 1}


def _rows(content: Content, names: Mapping[str, str]) -> dict[compare_rows.Key, Row]:
    """By check and subject; stations under their new names."""
    return {(row.check, _renamed(row.subject, names)): row for row in content.rows}


def _renamed(subject: Subject, names: Mapping[str, str]) -> Subject:
    return station(names[subject.name]) if subject.kind == "station" and subject.name in names else subject


def _profile(content: Content) -> str:
    return f"{content.profile.id} {content.profile.version}"


def _remarks(old: Content, new: Content) -> Iterator[Remark]:
    if (old.site.name, old.site.street) != (new.site.name, new.site.street):
        yield Remark.OTHER_SITE
    if old.profile.sha256 != new.profile.sha256:
        yield Remark.OTHER_PROFILE
    if new.issued.utc < old.issued.utc:
        yield Remark.OLDER
    if old.demo or new.demo:
        yield Remark.SIMULATED
