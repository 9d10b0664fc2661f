"""The plot area of a chart: from values to places, with its frame, grid lines and axis texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .display_list import Anchor, Poly, Primitive, Rect, Text
from .style import Style


@dataclass(frozen=True, slots=True)
class Axes:
    """A rectangle in which x runs from `left` to `right` and y from `low` (bottom) to `high`."""

    x0: float
    y0: float
    width: float
    height: float
    left: float
    right: float
    low: float
    high: float

    @property
    def bottom(self) -> float:
        return self.y0 + self.height

    @property
    def end(self) -> float:
        return self.x0 + self.width

    def x(self, value: float) -> float:
        return self.x0 + (value - self.left) / (self.right - self.left) * self.width

    def y(self, value: float) -> float:
        """The height of a value; what lies outside the scale is drawn at its edge."""
        return self.y0 + (self.high - self.clamped(value)) / (self.high - self.low) * self.height

    def clamped(self, value: float) -> float:
        return min(self.high, max(self.low, value))

    def level(self, value: float) -> tuple[tuple[float, float], tuple[float, float]]:
        """A horizontal line across the plot."""
        return (self.x0, self.y(value)), (self.end, self.y(value))

    def frame(self, style: Style) -> Rect:
        palette = style.palette
        return Rect(self.x0, self.y0, self.width, self.height, fill=palette.bg, stroke=palette.border)

    def grid(self, values: Sequence[float], style: Style) -> Iterator[Primitive]:
        """A thin line and a number at each value."""
        for value in values:
            if self.low < value < self.high:
                yield Poly(self.level(value), stroke=style.palette.line)
            yield self.number(value, style)

    def number(self, value: float, style: Style, colour: str = "", bold: bool = False) -> Text:
        """A value's number left of the plot."""
        place = self.y(value) + style.size * 0.36
        text = style.number(value)
        return Text(
            self.x0 - style.size * 0.5, place, text, style.size, colour or style.palette.muted, Anchor.END, bold
        )

    def steps(self, style: Style) -> list[int]:
        """Values for grid lines: every 10, or every 20 where the plot is low."""
        step = 10 if self.height > style.size * 1.6 * (self.high - self.low) / 10 else 20
        first = int(-(-self.low // step) * step)
        return list(range(first, int(self.high) + 1, step))
