"""The paper's colours; the template has the same. They print well in grey and keep 4.5:1 on their tints."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Colours:
    """A `charts.style.Palette`."""

    bg: str = "#FFFFFF"
    line: str = "#CBD2D9"
    border: str = "#767F89"
    text: str = "#12181F"
    muted: str = "#47525E"
    accent: str = "#0B3D6B"
    pass_: str = "#1B6B35"
    pass_bg: str = "#E3F4E8"
    warn: str = "#7A4B00"
    warn_bg: str = "#FFF2D6"
    fail: str = "#A81E1E"
    fail_bg: str = "#FDE8E8"


COLOURS = Colours()
