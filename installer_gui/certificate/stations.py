"""The charging stations: the list of all of them, and what was asked of each, alike answers in one row."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import Any

from . import cells, wifi
from .content import Row, StationResult
from .display import clip
from .wording import NONE, PLACE, SERIAL, STATION, Wording


def section(wording: Wording) -> dict[str, Any]:
    """Every station with its place and number, however many."""
    return cells.section(
        wording.words.text("paper.per-station"),
        tables=[cells.table(columns(wording), [line(wording, s) for s in wording.content.stations])],
    )


def columns(wording: Wording) -> list[dict[str, Any]]:
    connection = {"connection": "auto"} if _differ(wording) else {}
    named: dict[str, float | str] = {"station": "auto", "place": 1, "serial": "auto", **connection}
    return wording.columns(**named, **{"by-computer": "auto", "at-station": "auto", "result": "auto"})


def line(wording: Wording, station: StationResult) -> list[cells.Cell]:
    """One station in these columns."""
    return [
        cells.strong(clip(station.id, STATION)),
        clip(station.place, PLACE) or NONE,
        clip(station.serial, SERIAL) or NONE,
        *([_connection(wording, station)] if _differ(wording) else []),
        wording.reading(station),
        wording.words.of("paper", "confirmed", station.confirmed.value),
        wording.pill(station.state),
    ]


def checks(wording: Wording) -> Iterator[dict[str, Any]]:
    """A table for every check that is asked of each station; WiFi has a section of its own."""
    by_check: dict[str, list[Row]] = {}
    for row in wording.content.rows:
        if row.subject.kind == "station" and not wifi.shows(row):
            by_check.setdefault(row.check, []).append(row)
    if by_check:
        tables = [_table(wording, rows) for rows in by_check.values()]
        yield cells.section(wording.words.text("paper.asked-of-stations"), tables=tables)


def _table(wording: Wording, rows: Sequence[Row]) -> dict[str, Any]:
    """What was found at each station; the limit has a column only where there is one."""
    limited = any(found.limit for row in rows for found in row.findings)
    limit = {"limit": "auto"} if limited else {}
    told: dict[Hashable, list[Row]] = {}
    for row in rows:
        told.setdefault(wording.likeness(row), []).append(row)
    lines = [_line(wording, alike, limited) for alike in told.values()]
    shown = wording.columns(stations=2.4, seen=5, **limit, grade="auto", result="auto")
    return {"heading": wording.title(rows[0])} | cells.table(shown, lines)


def _line(wording: Wording, rows: Sequence[Row], limited: bool) -> cells.Line:
    seen, bound, *rest = wording.checked(*rows)
    return cells.spread(wording.about_all(row.subject for row in rows), seen, *([bound] if limited else []), *rest)


def _differ(wording: Wording) -> bool:
    """Whether stations have different connections, so that each must say which."""
    return len({station.connection for station in wording.content.stations}) > 1


def _connection(wording: Wording, station: StationResult) -> str:
    made = station.connection
    return wording.words.of("paper", "short-connection", made.value) if made else NONE
