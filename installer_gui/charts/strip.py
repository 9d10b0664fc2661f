"""The signal over the last minute: a gap where nothing was heard, the zone under the limit tinted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .axes import Axes
from .display_list import Anchor, DisplayList, Dot, Poly, Primitive, Rect, Text
from .style import Style

WINDOW_S = 60
STALE_S = 8.0  # a reading older than this is no signal "now", and two further apart are not joined
LOW_DBM, HIGH_DBM = -95, -40
_LIMIT_DASH = (8.0, 4.0)

Reading = tuple[float, int | None]


@dataclass(frozen=True, slots=True)
class Labels:
    """Words: the right end of the time axis ("now") and the unit of time."""

    now: str
    seconds: str = "s"


def chart(
    readings: Sequence[Reading], size: tuple[float, float], limit_dbm: float, labels: Labels, style: Style
) -> DisplayList:
    """Draw readings (seconds ago, dBm or None for a missed sweep), oldest first."""
    axes = _axes(size, style)
    recent = [(ago, dbm) for ago, dbm in readings if 0 <= ago <= WINDOW_S]
    items = (
        axes.frame(style),
        _zone(axes, limit_dbm, style),
        *axes.grid(_ticks(axes, limit_dbm, style), style),
        axes.number(limit_dbm, style, style.palette.fail, bold=True),
        Poly(axes.level(limit_dbm), stroke=style.palette.fail, stroke_width=2, dash=_LIMIT_DASH),
        *_time_axis(axes, labels, style),
        *_line(recent, axes, style),
        *_newest(recent, axes, style),
    )
    return DisplayList(*size, items)


def _axes(size: tuple[float, float], style: Style) -> Axes:
    width, height = size
    left, right, top, bottom = style.size * 3.6, style.size * 0.8, style.size * 0.6, style.size * 1.8
    return Axes(left, top, width - left - right, height - top - bottom, WINDOW_S, 0, LOW_DBM, HIGH_DBM)


def _zone(axes: Axes, limit_dbm: float, style: Style) -> Rect:
    y = axes.y(limit_dbm)
    return Rect(axes.x0 + 1, y, axes.width - 2, axes.bottom - y - 1, fill=style.palette.fail_bg)


def _ticks(axes: Axes, limit_dbm: float, style: Style) -> list[float]:
    """The ends of the scale and steps between them, none of them so near the limit that its number would collide."""
    room = style.size * 1.3
    wanted = [axes.low, axes.high, *axes.steps(style)]
    kept: list[float] = []
    for value in wanted:
        if all(abs(axes.y(value) - axes.y(other)) >= room for other in (limit_dbm, *kept)):
            kept.append(value)
    return kept


def _time_axis(axes: Axes, labels: Labels, style: Style) -> Iterator[Primitive]:
    quarters = range(WINDOW_S, -1, -WINDOW_S // 4)
    for ago in quarters if axes.width > style.size * 20 else (WINDOW_S, 0):
        text = f"{style.number(-ago)} {labels.seconds}" if ago else labels.now
        anchor = {WINDOW_S: Anchor.START, 0: Anchor.END}.get(ago, Anchor.MIDDLE)
        yield Text(axes.x(ago), axes.bottom + style.size * 1.4, text, style.size, style.palette.muted, anchor)


def _line(readings: Sequence[Reading], axes: Axes, style: Style) -> Iterator[Primitive]:
    """The line, in pieces; a reading that stands alone is a dot."""
    piece: list[tuple[float, float]] = []
    before = 0.0
    for ago, dbm in (*readings, (0.0, None)):
        if piece and (dbm is None or before - ago > STALE_S):
            yield _piece(piece, style)
            piece = []
        if dbm is not None:
            piece.append((axes.x(ago), axes.y(dbm)))
            before = ago


def _piece(points: Sequence[tuple[float, float]], style: Style) -> Primitive:
    if len(points) == 1:
        return Dot(*points[0], 2.6, style.palette.accent)
    return Poly(tuple(points), stroke=style.palette.accent, stroke_width=2.6)


def _newest(readings: Sequence[Reading], axes: Axes, style: Style) -> Iterator[Primitive]:
    """A dot at the signal now; an old reading or a missed sweep has none."""
    if readings and readings[-1][1] is not None and readings[-1][0] <= STALE_S:
        yield Dot(axes.x(readings[-1][0]), axes.y(readings[-1][1]), 5.0, style.palette.accent)
