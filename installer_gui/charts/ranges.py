"""The spread of the signal at every station: a line from min to max, a band from p20 to the median, a dot there.

The figure comes in strips that are set below each other without a gap: a head, the stations a few at a time, and a
foot. So it can run over as many pages as it needs, with head and foot on each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..domain.finding import Severity
from ..domain.profile import Limit
from .axes import Axes
from .display_list import Anchor, DisplayList, Dot, Poly, Primitive, Rect, Text
from .style import Style

STATIONS_PER_STRIP = 5
LOW_DBM, HIGH_DBM = -95, -30
_TICKS = range(-90, HIGH_DBM + 1, 10)
_ROW = 2.2  # of the text size


@dataclass(frozen=True, slots=True)
class Row:
    """One station, levels in dBm. `p20` is None where it falls on a missed scan, all are None for a station that
    never heard the network; a severity of None is a station that was not measured."""

    name: str
    low: float | None
    p20: float | None
    median: float | None
    high: float | None
    severity: Severity | None


@dataclass(frozen=True, slots=True)
class Labels:
    """Words: at the two limits ("good −70", "limit −75"), over the column of the percentile that decides ("P20"), and
    for a row without readings."""

    good: str
    limit: str
    decides: str
    not_heard: str
    not_measured: str


@dataclass(frozen=True, slots=True)
class Figure:
    """All strips have the same width and scale."""

    head: DisplayList
    strips: tuple[DisplayList, ...]
    foot: DisplayList


def figure(rows: Sequence[Row], width: float, limit: Limit, labels: Labels, style: Style) -> Figure:
    """Draw the stations in their order; there must be one."""
    size = style.size
    names = min(width * 0.4, max(style.measure(row.name, size, False) for row in rows) + size)
    plot = Axes(names, 0, width - names - size * 4, 0, LOW_DBM, HIGH_DBM, 0, 1)
    starts = range(0, len(rows), STATIONS_PER_STRIP)
    return Figure(
        _head(plot, width, limit, labels, style),
        tuple(_strip(rows[a : a + STATIONS_PER_STRIP], plot, width, limit, labels, style) for a in starts),
        DisplayList(width, size * 1.9, tuple(_numbers(plot, style))),
    )


def _head(plot: Axes, width: float, limit: Limit, labels: Labels, style: Style) -> DisplayList:
    """Both limits with their words, to the outer side of each line."""
    size, palette, height = style.size, style.palette, style.size * 2
    decides = Text(plot.end + size * 0.6, size * 1.2, labels.decides, size, palette.muted)
    words = {limit.passes: (labels.good, Anchor.START)}
    if limit.warns is not None:
        words[limit.warns] = labels.limit, Anchor.END
    items: list[Primitive] = [decides]
    for dbm, (text, anchor) in words.items():
        items.append(_mark(plot, dbm, height - size * 0.5, height, style))
        items.append(Text(plot.x(dbm), size * 1.2, text, size, palette.text, anchor))
    return DisplayList(width, height, tuple(items))


def _strip(rows: Sequence[Row], plot: Axes, width: float, limit: Limit, labels: Labels, style: Style) -> DisplayList:
    step = style.size * _ROW
    axes = replace(plot, height=step * len(rows))
    marks = [dbm for dbm in (limit.passes, limit.warns) if dbm is not None]
    items = (
        *_zones(axes, limit, style),
        *_grid(axes, style),
        *(_mark(axes, dbm, 0, axes.bottom, style) for dbm in marks),
        *(item for i, row in enumerate(rows) for item in _row(row, axes, (i + 0.5) * step, labels, style)),
    )
    return DisplayList(width, axes.height, items)


def _mark(axes: Axes, dbm: float, top: float, bottom: float, style: Style) -> Poly:
    x = axes.x(dbm)
    return Poly(((x, top), (x, bottom)), style.palette.text, 0.9, (2.5, 2.0))


def _zones(axes: Axes, limit: Limit, style: Style) -> Iterator[Primitive]:
    palette = style.palette
    good, least = limit.passes, limit.passes if limit.warns is None else limit.warns
    for low, high, fill in (
        (axes.left, least, palette.fail_bg),
        (least, good, palette.warn_bg),
        (good, axes.right, palette.pass_bg),
    ):
        if low < high:
            yield Rect(axes.x(low), axes.y0, axes.x(high) - axes.x(low), axes.height, fill=fill)


def _grid(axes: Axes, style: Style) -> Iterator[Primitive]:
    for dbm in _TICKS:
        x = axes.x(dbm)
        yield Poly(((x, axes.y0), (x, axes.bottom)), stroke=style.palette.line, stroke_width=0.6)


def _numbers(axes: Axes, style: Style) -> Iterator[Primitive]:
    for dbm in _TICKS:
        yield Text(axes.x(dbm), style.size * 1.4, style.number(dbm), style.size, style.palette.muted, Anchor.MIDDLE)


def _row(row: Row, axes: Axes, y: float, labels: Labels, style: Style) -> Iterator[Primitive]:
    size, palette = style.size, style.palette
    name = style.fit(row.name, axes.x0 - size)
    yield Text(axes.x0 - size * 0.6, y + size * 0.36, name, size, palette.text, Anchor.END)
    if row.median is None or row.low is None or row.high is None:
        words = labels.not_measured if row.severity is None else labels.not_heard
        yield Text(axes.x0 + size * 0.6, y + size * 0.36, words, size, palette.muted)
        return
    colour = _colour(row.severity, style)
    yield Poly(((_x(axes, row.low), y), (_x(axes, row.high), y)), colour, size * 0.14)
    start = axes.x0 if row.p20 is None else _x(axes, row.p20)
    band = max(1.0, _x(axes, row.median) - start)
    yield Rect(start, y - size * 0.42, band, size * 0.84, fill=colour, alpha=0.35)
    yield Dot(_x(axes, row.median), y, size * 0.36, colour)
    deciding = "–" if row.p20 is None else style.number(row.p20)
    yield Text(axes.end + size * 0.6, y + size * 0.36, deciding, size, palette.text, bold=True)


def _x(axes: Axes, dbm: float) -> float:
    """The place of a level; what lies outside the scale is drawn at its edge."""
    return axes.x(min(axes.right, max(axes.left, dbm)))


def _colour(severity: Severity | None, style: Style) -> str:
    match severity:
        case Severity.FAILURE:
            return style.palette.fail
        case Severity.WARNING:
            return style.palette.warn
        case None:
            return style.palette.muted
        case _:
            return style.palette.pass_
