"""A drawing as frozen data: painted with QPainter on the screen and written as SVG for the paper.

Lengths are in the unit of the drawing (pixels or points), y grows downwards, colours are "#RRGGBB", "" is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

Point = tuple[float, float]


class Anchor(StrEnum):
    """Which end of a text its x belongs to."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle; `alpha` is that of the fill."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    stroke: str = ""
    stroke_width: float = 1.0
    alpha: float = 1.0


@dataclass(frozen=True, slots=True)
class Poly:
    """A line through points. The area under it is filled as if it were closed; the stroke stays open."""

    points: tuple[Point, ...]
    stroke: str = ""
    stroke_width: float = 1.0
    dash: tuple[float, ...] = ()
    fill: str = ""
    alpha: float = 1.0


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; `y` is its baseline."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    anchor: Anchor = Anchor.START
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """A filled circle."""

    x: float
    y: float
    radius: float
    fill: str


@dataclass(frozen=True, slots=True)
class Hatch:
    """A rectangle filled with rising diagonals."""

    x: float
    y: float
    width: float
    height: float
    stroke: str
    spacing: float = 6.0
    stroke_width: float = 1.0

    def lines(self) -> Iterator[tuple[Point, Point]]:
        """The diagonals, cut at the edges."""
        offset = self.spacing
        while offset < self.width + self.height:
            low, high = max(0.0, offset - self.height), min(self.width, offset)
            bottom = self.y + self.height
            yield (self.x + low, bottom - (offset - low)), (self.x + high, bottom - (offset - high))
            offset += self.spacing


Primitive = Rect | Poly | Text | Dot | Hatch


@dataclass(frozen=True, slots=True)
class DisplayList:
    """What to paint, in this order."""

    width: float
    height: float
    items: tuple[Primitive, ...]
