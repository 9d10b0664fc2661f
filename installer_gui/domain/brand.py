"""Whose paper it is: what a distributor may put on a certificate beside the results."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LARGEST = 32_000  # characters of a logo
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_READABLE = 4.5  # contrast on white (WCAG 2.2, 1.4.3)
_NUMBERS = r'[0-9a-zA-Z .,()#%-]*+"'
_DRAWN = rf'(?: (?:d|x|y|cx|cy|r|rx|ry|width|height|points|fill|fill-rule|transform)="{_NUMBERS})*+'
_DRAWING = re.compile(
    rf'<svg xmlns="http://www\.w3\.org/2000/svg"(?: (?:width|height|viewBox)="{_NUMBERS})++>'
    rf"(?:\s++|</g>|<(?:path|rect|circle|ellipse|polygon|g){_DRAWN} ?/?>)*+</svg>\s*+"
)


@dataclass(frozen=True, slots=True)
class Brand:
    """A distributor: name, the telephone or address of its support, main colour ("#RRGGBB") and logo (SVG).

    The logo is a drawing of filled shapes: no text, which would need fonts, and nothing that comes from elsewhere.
    """

    name: str
    support: str = ""
    colour: str = ""
    logo: str = ""

    def faults(self) -> Iterator[tuple[str, str]]:
        """The field and what belongs there, of everything that the paper could not show."""
        if not self.name.strip():
            yield "name", "the distributor's name"
        if self.colour and not (_COLOUR.fullmatch(self.colour) and _contrast(self.colour) >= _READABLE):
            yield "colour", "a colour such as #0B3D6B that can be read on white"
        if self.logo and not _is_drawing(self.logo):
            yield "logo", "an SVG drawing of filled paths, rectangles, circles and polygons"


def _is_drawing(logo: str) -> bool:
    balanced = logo.count("<g") == logo.count("</g>")
    return len(logo) <= LARGEST and balanced and bool(_DRAWING.fullmatch(logo))


def _contrast(colour: str) -> float:
    """With white, from 1 to 21 (WCAG 2.2, relative luminance)."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
