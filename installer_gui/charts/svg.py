"""A display list as SVG: the same bytes for the same list, and text stays text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from .display_list import DisplayList, Dot, Hatch, Point, Poly, Primitive, Rect, Text

# XML 1.0 knows no other characters; a network's name may hold any. Direction marks would turn the line around.
_UNFIT = re.compile(
    r"[^\t\n\r\x20-\x7e\xa0-\u061b\u061d-\u200d\u2010-\u2029\u202f-\u2065\u206a-\ud7ff\ue000-\ufffd"
    r"\U00010000-\U0010ffff]"
)


def svg(drawing: DisplayList, font: str = "sans-serif") -> bytes:
    """The drawing in UTF-8; `font` is a CSS font family."""
    width, height = _n(drawing.width), _n(drawing.height)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family={quoteattr(font)}>'
    )
    return "\n".join((head, *map(_element, drawing.items), "</svg>\n")).encode()


def _element(item: Primitive) -> str:
    match item:
        case Rect():
            size = f'x="{_n(item.x)}" y="{_n(item.y)}" width="{_n(item.width)}" height="{_n(item.height)}"'
            return f"<rect {size} {_paint(item.fill, item.alpha, item.stroke, item.stroke_width)}/>"
        case Poly():
            paint = _paint(item.fill, item.alpha, item.stroke, item.stroke_width, item.dash)
            return f'<polyline points="{_points(item.points)}" {paint}/>'
        case Text():
            weight = ' font-weight="bold"' if item.bold else ""
            anchor = f'text-anchor="{item.anchor.value}"'
            place = f'x="{_n(item.x)}" y="{_n(item.y)}" font-size="{_n(item.size)}" {anchor}'
            return f'<text {place}{weight} fill="{item.colour}" xml:space="preserve">{_clean(item.text)}</text>'
        case Dot():
            return f'<circle cx="{_n(item.x)}" cy="{_n(item.y)}" r="{_n(item.radius)}" fill="{item.fill}"/>'
        case Hatch():
            paint = f'fill="none" stroke="{item.stroke}" stroke-width="{_n(item.stroke_width)}"'
            return f'<path d="{"".join(_diagonals(item))}" {paint}/>'


def _paint(fill: str, alpha: float, stroke: str, width: float, dash: tuple[float, ...] = ()) -> str:
    parts = [f'fill="{fill or "none"}"']
    if fill and alpha < 1:
        parts.append(f'fill-opacity="{_n(alpha)}"')
    if stroke:
        parts.append(f'stroke="{stroke}" stroke-width="{_n(width)}" stroke-linejoin="round"')
    if dash:
        parts.append(f'stroke-dasharray="{" ".join(map(_n, dash))}"')
    return " ".join(parts)


def _points(points: tuple[Point, ...]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)


def _diagonals(hatch: Hatch) -> Iterator[str]:
    for (x1, y1), (x2, y2) in hatch.lines():
        yield f"M{_n(x1)} {_n(y1)}L{_n(x2)} {_n(y2)}"


def _clean(text: str) -> str:
    return escape(_UNFIT.sub("\ufffd", text))


def _n(value: float) -> str:
    """Two decimals at most, no minus zero: the same on every machine."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
