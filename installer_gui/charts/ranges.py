"""The spread of the signal at every station: a line from min to max, a band from p20 to the median, a dot there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..domain.finding import Severity
from ..domain.profile import Limit
from .axes import Axes
from .display_list import Anchor, DisplayList, Dot, Poly, Primitive, Rect, Text
from .style import Style

STATIONS_PER_FIGURE = 37  # as many as a page has room for
LOW_DBM, HIGH_DBM = -95, -30
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
    """Words: at the two limits ("good −70", "limit −75"), under the axis, over the column of the percentile that
    decides ("P20"), and for a row without readings."""

    good: str
    limit: str
    axis: str
    decides: str
    not_heard: str
    not_measured: str


def charts(rows: Sequence[Row], width: float, limit: Limit, labels: Labels, style: Style) -> tuple[DisplayList, ...]:
    """Draw the stations in their order: figures that fill a page, and the last with the rest."""
    starts = range(0, len(rows), STATIONS_PER_FIGURE)
    return tuple(_figure(rows[a : a + STATIONS_PER_FIGURE], width, limit, labels, style) for a in starts)


def _figure(rows: Sequence[Row], width: float, limit: Limit, labels: Labels, style: Style) -> DisplayList:
    size, palette = style.size, style.palette
    names = min(width * 0.4, max(style.measure(row.name, size, False) for row in rows) + size)
    axes = Axes(names, size * 2, width - names - size * 4, size * _ROW * len(rows), LOW_DBM, HIGH_DBM, 0, 1)
    items = (
        *_zones(axes, limit, style),
        *_grid(axes, style),
        *_limits(axes, limit, labels, style),
        *(
            item
            for i, row in enumerate(rows)
            for item in _row(row, axes, axes.y0 + (i + 0.5) * size * _ROW, labels, style)
        ),
        Text(axes.end + size * 0.6, axes.y0 - size * 0.8, labels.decides, size, palette.muted),
        Text(axes.x0 + axes.width / 2, axes.bottom + size * 2.9, labels.axis, size, palette.muted, Anchor.MIDDLE),
    )
    return DisplayList(width, axes.bottom + size * 3.4, items)


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
    for dbm in range(-90, int(axes.right) + 1, 10):
        x = axes.x(dbm)
        yield Poly(((x, axes.y0), (x, axes.bottom)), stroke=style.palette.line, stroke_width=0.6)
        number = style.number(dbm)
        yield Text(x, axes.bottom + style.size * 1.4, number, style.size, style.palette.muted, Anchor.MIDDLE)


def _limits(axes: Axes, limit: Limit, labels: Labels, style: Style) -> Iterator[Primitive]:
    """Both limits with their words above the plot, to the outer side of each line."""
    size, palette = style.size, style.palette
    marks = [(limit.passes, labels.good, Anchor.START)]
    if limit.warns is not None:
        marks.append((limit.warns, labels.limit, Anchor.END))
    for dbm, words, anchor in marks:
        x = axes.x(dbm)
        yield Poly(((x, axes.y0 - size * 0.5), (x, axes.bottom)), palette.text, 0.9, (2.5, 2.0))
        yield Text(x, axes.y0 - size * 0.8, words, size, palette.text, anchor)


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
