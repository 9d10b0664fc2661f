"""A palette and a style for drawings."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from installer_gui.charts.style import Style


@dataclass(frozen=True)
class Colours:
    bg: str = "#FFFFFF"
    line: str = "#CBD2D9"
    border: str = "#767F89"
    text: str = "#12181F"
    muted: str = "#47525E"
    accent: str = "#0B5CAD"
    pass_: str = "#1B6B35"
    pass_bg: str = "#E3F4E8"
    warn: str = "#7A4B00"
    warn_bg: str = "#FFF2D6"
    fail: str = "#A81E1E"
    fail_bg: str = "#FDE8E8"


@pytest.fixture(scope="session")
def style() -> Style:
    return Style(Colours(), lambda v: f"{v:g}".replace("-", "−"))
