"""The pages after the first: every check, the stations one by one, deviations, method and how to verify."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..domain.check import Area
from ..domain.finding import Grade, Quantity
from ..domain.verdict import State
from ..profiles import CUSTOM
from . import cells, wifi
from .content import ClosedLine, Content, DeviationLine, Row, Untimed
from .front import groups
from .wording import NONE, Wording

Section = dict[str, Any]


def sections(wording: Wording, sha256: str) -> list[Section]:
    return [
        *([wifi.section(wording)] if wifi.rows(wording) else []),
        *_stations(wording),
        _network(wording),
        _deviations(wording),
        _method(wording),
        _verify(wording, sha256),
    ]


def _stations(wording: Wording) -> Iterator[Section]:
    """A table for every check that is asked of each station."""
    by_check: dict[str, list[Row]] = {}
    for row in wording.content.rows:
        if row.subject.kind == "station" and row.check != wifi.CHECK:
            by_check.setdefault(row.check, []).append(row)
    tables = [_station_table(wording, rows) for rows in by_check.values()]
    if tables:
        yield cells.section(wording.words.text("paper.per-station"), tables=tables)


def _station_table(wording: Wording, rows: Sequence[Row]) -> dict[str, Any]:
    """What was found at each station; the limit has a column only where there is one."""
    limited = any(line.limit for row in rows for line in row.findings)
    limit = {"limit": "auto"} if limited else {}
    columns = _columns(wording, station="auto", place=2, seen=5, **limit, grade="auto", result="auto")
    lines = []
    for row in rows:
        _, seen, bound, *rest = _check(wording, row)
        station = cells.strong(wording.subject(row.subject))
        place = wording.place(row.subject.name)
        lines.append([station, place, seen, *([bound] if limited else []), *rest])
    return {"heading": wording.title(rows[0])} | cells.table(columns, lines)


def _network(wording: Wording) -> Section:
    """A row a check, under its area."""
    words = wording.words
    rows = [row for row in wording.content.rows if row.subject.kind != "station"]
    columns = _columns(wording, check=3, seen=4, limit="auto", grade="auto", result="auto")
    lines: list[cells.Line] = []
    for area in Area:
        if own := [row for row in rows if row.area is area]:
            first, *rest = (_check(wording, row) for row in own)
            lines += [cells.headed(words.of("paper", "area", area.value), first), *rest]
    return cells.section(
        words.text("paper.network"), words.text("paper.network.intro"), tables=[cells.table(columns, lines)]
    )


def _check(wording: Wording, row: Row) -> list[cells.Cell]:
    return [
        wording.title(row),
        cells.stack(*wording.seen(row)),
        wording.limits(row),
        wording.grade(row),
        wording.pill(row.state),
    ]


def _deviations(wording: Wording) -> Section:
    words, lines = wording.words, wording.content.deviations
    gone = [_closed_table(wording)] if wording.content.closed else []
    if not lines:
        return cells.section(words.text("paper.deviations"), words.text("paper.deviations.none"), tables=gone)
    columns = _columns(wording, no="auto", deviation=5, about=2, action=4, due="auto")
    rows = [_deviation(wording, line) for line in lines]
    intro = words.text("paper.deviations.intro")
    return cells.section(words.text("paper.deviations"), intro, tables=[cells.table(columns, rows), *gone])


def _closed_table(wording: Wording) -> dict[str, Any]:
    """What was put right since, by when it was first and last known."""
    columns = _columns(wording, deviation=5, about=2, opened="auto", closed="auto")
    rows = [_closed(wording, line) for line in wording.content.closed]
    return {"heading": wording.words.text("paper.deviations.closed")} | cells.table(columns, rows)


def _closed(wording: Wording, line: ClosedLine) -> list[cells.Cell]:
    words = wording.words
    owner = words.of("paper", "owner", line.owner) if words.has("paper", "owner", line.owner) else line.owner
    by = f"{words.text('paper.column.owner')}: {owner}" if owner else ""
    return [
        cells.titled(wording.finding(line.finding), line.action, by),
        cells.name(wording.subject(line.subject)),
        words.show(line.opened),
        words.show(line.closed),
    ]


def _deviation(wording: Wording, line: DeviationLine) -> list[cells.Cell]:
    return [
        cells.strong(str(line.number)),
        _what(wording, line),
        cells.name(wording.subject(line.subject)),
        _action(wording, line),
        wording.words.show(line.due) if line.due else NONE,
    ]


def _what(wording: Wording, line: DeviationLine) -> cells.Cell:
    words = wording.words
    if line.finding is None and line.state is None:
        return cells.titled(line.text)
    if line.finding is None:
        title = words.text("paper.not-tested", check=wording.check(line.check))
        why = "" if line.reason == "not-run" else wording.why(line.state or State.NOT_MEASURED, line.reason, line.cause)
        return cells.titled(title, why, line.text)
    return cells.titled(wording.finding(line.finding), wording.about(line.finding, "meaning"), line.text)


def _action(wording: Wording, line: DeviationLine) -> cells.Cell:
    """What to do and who: the installer's own words first, else what is known of the finding."""
    words, found = wording.words, line.finding
    remedy = line.action or (wording.about(found, "remedy") if found else "")
    if line.state and not found:
        remedy = remedy or words.text("paper.action.test")
    owner = line.owner or (words.of("paper", "owner", found.responsible.value) if found else "")
    return cells.stack(remedy or NONE, f"{words.text('paper.column.owner')}: {owner}" if owner else "")


def _method(wording: Wording) -> Section:
    words, content = wording.words, wording.content
    profile = content.profile
    used = dict.fromkeys(line.limit for row in content.rows for line in row.findings if line.limit)
    limits = [
        [
            words.of("paper", "limit", name) if words.has("paper", "limit", name) else name,
            wording.mark(limit, limit.passes),
            NONE if limit.warns is None else wording.mark(limit, limit.warns),
            _source(wording, limit.source),
        ]
        for name, limit in profile.limits.items()
        if name in used
    ]
    columns = _columns(wording, quantity=3, passes="auto", warns="auto", source=4)
    tables = [{"heading": words.text("paper.limits")} | cells.table(columns, limits)] if limits else []
    return cells.section(
        words.text("paper.method"),
        words.text("paper.method.intro" if _measured(content) else "paper.method.asked"),
        notes=[*_notes(wording)],
        pairs=_instruments(wording),
        tables=tables,
    )


def _measured(content: Content) -> bool:
    """Whether the computer measured anything at all; with LTE-M it does not."""
    return any(row.grade in (Grade.MEASURED, Grade.NETWORK) for row in content.rows)


def _source(wording: Wording, source_id: str) -> str:
    """Where a limit was read; what no published page says is a limit of our own, and stands as that."""
    for source in wording.content.profile.sources:
        if source.id == source_id and source.url.startswith("https://"):
            return source.title
    return wording.words.text("paper.own-limit")


def _notes(wording: Wording) -> Iterator[str]:
    words, content = wording.words, wording.content
    if any(row.area is Area.WIFI and row.subject.kind == "station" for row in content.rows):
        yield words.text("paper.method.wifi", samples=content.profile.values.get("wifi_samples", 0.0))
    yield words.text("paper.method.grades")
    if content.profile.trust_anchors == CUSTOM:
        yield words.text("paper.method.custom-anchors")
    for source in content.profile.sources:
        if source.url.startswith("https://"):
            yield words.text("paper.method.source", title=source.title, url=source.url, read=source.read)


def _instruments(wording: Wording) -> list[tuple[str, str]]:
    words, content = wording.words, wording.content
    tool, profile = content.tool, content.profile
    return wording.pairs(
        program=f"Driftklar {tool.version}, {tool.system}, Python {tool.python}",
        adapters=", ".join(tool.adapters),
        calibration=words.text("paper.not-calibrated"),
        profile=f"{profile.name} {profile.version} ({words.show(profile.date)}), SHA-256 {groups(profile.sha256[:16])}",
        clock=_clock(wording),
        job=f"{content.job} ({words.show(content.created)})",
    ) + _support(wording)


def _support(wording: Wording) -> list[tuple[str, str]]:
    """Whom to ask, where a distributor gave the profile out."""
    brand = wording.content.profile.brand
    return wording.pairs(support=", ".join(filter(None, (brand.name, brand.support)))) if brand else []


def _clock(wording: Wording) -> str:
    clock, words = wording.content.clock, wording.words
    if clock is None:
        return ""
    compared = ", ".join(clock.compared)
    return words.of("paper", "clock", clock.direction, offset=Quantity(clock.offset_s, "s"), compared=compared)


def _verify(wording: Wording, sha256: str) -> Section:
    words, content = wording.words, wording.content
    signer = content.signer
    pairs = wording.pairs(number=content.certificate_id, sha256=groups(sha256), timestamp=_timestamp(wording))
    if signer:
        pairs += wording.pairs(
            signer=", ".join(filter(None, (signer.name, signer.organisation))),
            level=words.of("identity", "level", signer.level),
            fingerprint=groups(signer.fingerprint),
        )
    steps = [words.of("paper", "verify", step) for step in "123"]
    receipt = [words.of("paper", "receipt", part) for part in ("heading", "statement", "name", "date")]
    return cells.section(words.text("paper.verify"), "", steps=steps, pairs=pairs) | {"receipt": receipt}


def _timestamp(wording: Wording) -> str:
    """Who confirms the time of signing, or that nobody does."""
    stamp = wording.content.timestamp
    if isinstance(stamp, Untimed):
        return wording.words.text("paper.timestamp.none")
    return wording.words.text("paper.timestamp.by", authority=stamp.authority)


def _columns(wording: Wording, **widths: float | str) -> list[dict[str, Any]]:
    """Columns by `paper.column.<name>`."""
    return [cells.column(wording.words.of("paper", "column", name), width) for name, width in widths.items()]
