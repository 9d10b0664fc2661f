"""How a chart looks: colours, numbers and text widths, all of them given by whoever paints it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from .display_list import Rect

ELLIPSIS = "…"


class Palette(Protocol):
    """The colour tokens that charts use; the wizard's themes and the paper's colours have more of them."""

    @property
    def bg(self) -> str: ...
    @property
    def line(self) -> str: ...
    @property
    def border(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def muted(self) -> str: ...
    @property
    def accent(self) -> str: ...
    @property
    def pass_(self) -> str: ...
    @property
    def pass_bg(self) -> str: ...
    @property
    def warn(self) -> str: ...
    @property
    def warn_bg(self) -> str: ...
    @property
    def fail(self) -> str: ...
    @property
    def fail_bg(self) -> str: ...


def estimated_width(text: str, size: float, bold: bool) -> float:
    """A cautious guess where no font metrics are at hand: letters 0.6 of the size, signs from other scripts 1.1."""
    units = sum(1.1 if ord(c) >= 0x1100 and not 0x2000 <= ord(c) <= 0x22FF else 0.6 for c in text)
    return units * size * (1.08 if bold else 1.0)


@dataclass(frozen=True, slots=True)
class Style:
    """`number` writes a value as the reader's language does; `measure(text, size, bold)` gives a text's width."""

    palette: Palette
    number: Callable[[float], str]
    size: float = 12.0
    measure: Callable[[str, float, bool], float] = estimated_width

    def fit(self, text: str, width: float, bold: bool = False) -> str:
        """The text, cut with an ellipsis where it is wider than `width`."""
        if self.measure(text, self.size, bold) <= width:
            return text
        kept = text
        while kept and self.measure(kept + ELLIPSIS, self.size, bold) > width:
            kept = kept[:-1]
        return kept + ELLIPSIS

    def box(self, x: float, y: float, width: float) -> Rect:
        """The room behind a text of this width that is centred at x with its baseline at y."""
        return Rect(x - width / 2 - 3, y - self.size, width + 6, self.size * 1.25, fill=self.palette.bg, alpha=0.85)


def overlap(a: Rect, b: Rect) -> bool:
    """Whether two boxes share any area."""
    return a.x < b.x + b.width and b.x < a.x + a.width and a.y < b.y + b.height and b.y < a.y + a.height
