"""Networks per channel: a parabola each, as high as the signal and as wide as the channel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..domain.wifi import Network
from .axes import Axes
from .display_list import Anchor, DisplayList, Hatch, Poly, Primitive, Rect, Text
from .style import Style, overlap

CHANNELS = range(1, 14)
SEPARATE = (1, 6, 11)  # 20 MHz channels that do not overlap
LOW_DBM, HIGH_DBM = -100, -30
CROWD = 15  # other networks that can be drawn in full
MOST = 3  # of them in one place: the others are lower and would be hidden behind these
_MHZ_PER_CHANNEL = 5
_ARCH = tuple((i / 12 - 1, 1 - (i / 12 - 1) ** 2) for i in range(25))
_WEAK_DASH, _LIMIT_DASH = (5.0, 3.0), (8.0, 4.0)


@dataclass(frozen=True, slots=True)
class Curve:
    """One network as it is drawn; `centre` is the middle of its band in channel numbers."""

    name: str
    centre: float
    width_mhz: int
    rssi_dbm: int
    own: bool = False

    @classmethod
    def of(cls, network: Network, name: str, own: bool) -> Curve:
        """The curve of a network in 2.4 GHz, under the name by which it is shown."""
        centre = network.channel + 2 * network.secondary
        return cls(name, centre, network.width_mhz, network.rssi_dbm, own)


@dataclass(frozen=True, slots=True)
class Labels:
    """Words: under the axis ("Channel (2.4 GHz)"), at the limit ("Limit −75 dBm") and for the hatched channels."""

    channel: str
    limit: str
    unused: str
    unit: str = "dBm"


@dataclass(frozen=True, slots=True)
class Rule:
    """What the profile asks: the level in dBm, and the first and last channel that a station uses."""

    limit_dbm: float
    first: int
    last: int


def chart(curves: Sequence[Curve], size: tuple[float, float], rule: Rule, labels: Labels, style: Style) -> DisplayList:
    """Draw the networks of 2.4 GHz; the own ones filled and bold, labels only where they collide with nothing."""
    axes = _axes(size, style)
    by_strength = sorted(seen(curves), key=lambda c: (c.own, c.rssi_dbm))
    others = max(1, sum(not c.own for c in by_strength))
    items = (
        axes.frame(style),
        *axes.grid([v for v in axes.steps(style) if axes.low < v < axes.high], style),
        *_unused(axes, rule, style),
        *_channel_axis(axes, rule, labels, style),
        *(_arch(curve, axes, rule, style, min(1.0, CROWD / others)) for curve in by_strength),
        Poly(axes.level(rule.limit_dbm), stroke=style.palette.fail, stroke_width=2, dash=_LIMIT_DASH),
        *_texts(by_strength[::-1], axes, rule, labels, style),
    )
    return DisplayList(*size, items)


def seen(curves: Sequence[Curve]) -> tuple[Curve, ...]:
    """The networks that are drawn, strongest first: all own ones, and of others so many in one place."""
    drawn: list[Curve] = []
    places: Counter[tuple[float, int]] = Counter()
    for curve in sorted(curves, key=lambda c: -c.rssi_dbm):
        place = curve.centre, curve.width_mhz
        places[place] += not curve.own
        if curve.own or places[place] <= MOST:
            drawn.append(curve)
    return tuple(drawn)


def _axes(size: tuple[float, float], style: Style) -> Axes:
    width, height = size
    left, right, top, bottom = style.size * 3.6, style.size * 0.8, style.size, style.size * 3.1
    return Axes(
        left,
        top,
        width - left - right,
        height - top - bottom,
        CHANNELS[0] - 2.5,
        CHANNELS[-1] + 2.5,
        LOW_DBM,
        HIGH_DBM,
    )


def _unused(axes: Axes, rule: Rule, style: Style) -> Iterator[Primitive]:
    for first, last in ((CHANNELS[0], rule.first - 1), (rule.last + 1, CHANNELS[-1])):
        if first <= last:
            x = axes.x(first - 0.5)
            yield Hatch(x, axes.y0, axes.x(last + 0.5) - x, axes.height, style.palette.line)


def _channel_axis(axes: Axes, rule: Rule, labels: Labels, style: Style) -> Iterator[Primitive]:
    palette, size = style.palette, style.size
    yield Text(axes.x0 - size * 0.5, axes.y0 + size * 0.55, labels.unit, size * 0.95, palette.muted, Anchor.END)
    roomy = axes.x(2) - axes.x(1) > size * 1.8
    for channel in CHANNELS:
        x, bold = axes.x(channel), channel in SEPARATE
        yield Poly(((x, axes.bottom), (x, axes.bottom + size * 0.35)), stroke=palette.border)
        colour = palette.text if bold else palette.muted
        if roomy or bold:
            yield Text(x, axes.bottom + size * 1.4, str(channel), size, colour, Anchor.MIDDLE, bold)
    yield from _below(axes, rule, labels, style)


def _below(axes: Axes, rule: Rule, labels: Labels, style: Style) -> Iterator[Primitive]:
    """The axis' title in the middle, and what the hatching means at the right; the title gives way."""
    palette, size, y = style.palette, style.size, axes.bottom + style.size * 2.6
    title = style.measure(labels.channel, size, False)
    hatched = rule.first > CHANNELS[0] or rule.last < CHANNELS[-1]
    unused = style.fit(labels.unused, axes.width - title - size * 3) if hatched else ""
    legend = style.measure(unused, size, False) if hatched else 0.0
    centred = not hatched or (axes.width - title) / 2 > legend + size * 2.5
    x, anchor = (axes.x0 + axes.width / 2, Anchor.MIDDLE) if centred else (axes.x0, Anchor.START)
    yield Text(x, y, labels.channel, size, palette.muted, anchor)
    if hatched:
        left = axes.end - size * 1.2
        yield Rect(left, y - size * 0.85, size * 1.2, size, fill=palette.bg, stroke=palette.line)
        yield Hatch(left, y - size * 0.85, size * 1.2, size, palette.muted, spacing=4)
        yield Text(left - size * 0.4, y, unused, size, palette.muted, Anchor.END)


def _arch(curve: Curve, axes: Axes, rule: Rule, style: Style, ink: float) -> Poly:
    """One network; among many `ink` is below 1, and the others are faint lines so that the own one stays visible."""
    half = curve.width_mhz / 2 / _MHZ_PER_CHANNEL
    middle, reach = axes.x(curve.centre), half / (axes.right - axes.left) * axes.width
    base, rise = axes.bottom, axes.bottom - axes.y(curve.rssi_dbm)
    points = tuple((middle + u * reach, base - v * rise) for u, v in _ARCH)
    if curve.own:
        return Poly(points, style.palette.accent, 3.0, fill=style.palette.accent, alpha=0.22)
    dash = _WEAK_DASH if curve.rssi_dbm < rule.limit_dbm else ()
    fill = style.palette.muted if ink == 1 else ""
    return Poly(points, style.palette.muted, max(0.6, 1.4 * ink), dash, fill, 0.08)


def _texts(strongest_first: Sequence[Curve], axes: Axes, rule: Rule, labels: Labels, style: Style) -> list[Primitive]:
    """Own names first, then the limit, then others as long as there is room; a name that collides is left out."""
    placed: list[Rect] = []
    items: list[Primitive] = []
    own = [c for c in strongest_first if c.own]
    for curve in own[:1]:
        _label(curve, axes, style, placed, items)
    items += _limit_text(axes, rule, labels, style, placed)
    for curve in (*own[1:], *(c for c in strongest_first if not c.own)):
        _label(curve, axes, style, placed, items)
    return items


def _label(curve: Curve, axes: Axes, style: Style, placed: list[Rect], items: list[Primitive]) -> None:
    value = f"  {style.number(curve.rssi_dbm)} dBm" if curve.own else ""
    room = axes.width - 8 - style.measure(value, style.size, curve.own)
    text = style.fit(curve.name, room, curve.own) + value
    width = style.measure(text, style.size, curve.own)
    margin = width / 2 + 4
    x = min(axes.end - margin, max(axes.x0 + margin, axes.x(curve.centre)))
    y = max(axes.y0 + style.size * 1.1, axes.y(curve.rssi_dbm) - style.size * 0.45)
    box = style.box(x, y, width)
    if any(overlap(box, other) for other in placed):
        return
    placed.append(box)
    colour = style.palette.accent if curve.own else style.palette.muted
    items += (box, Text(x, y, text, style.size, colour, Anchor.MIDDLE, curve.own))


def _limit_text(axes: Axes, rule: Rule, labels: Labels, style: Style, placed: list[Rect]) -> tuple[Primitive, ...]:
    """The limit's words below its line or above it, at either end: where they hide no name."""
    width = style.measure(labels.limit, style.size, True)
    line, margin = axes.y(rule.limit_dbm), width / 2 + style.size * 0.5
    heights = (line + style.size * 1.25, line - style.size * 0.5)
    places = [(x, y) for y in heights for x in (axes.x0 + margin, axes.end - margin)]
    free = [p for p in places if not any(overlap(style.box(*p, width), other) for other in placed)]
    x, y = (free or places)[0]
    box = style.box(x, y, width)
    placed.append(box)
    return box, Text(x, y, labels.limit, style.size, style.palette.fail, Anchor.MIDDLE, bold=True)
