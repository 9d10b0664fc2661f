"""The fonts of the paper: Inter, as files that come with the program. System fonts would change its bytes."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from .. import assets
from . import cmap

if TYPE_CHECKING:
    from typst import Fonts

WEIGHTS = ("Regular", "SemiBold", "Bold")


@cache
def loaded() -> Fonts:
    """What typst draws with; made once, because reading fonts is the slow part of a small page."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[assets.resource("fonts")])


@cache
def covered() -> frozenset[int]:
    """The code points that every weight has: what may be drawn."""
    return frozenset.intersection(*(cmap.code_points(path.read_bytes()) for path in files()))


@cache
def sha256() -> str:
    """Of all font files in their fixed order."""
    digest = hashlib.sha256()
    for path in files():
        digest.update(path.read_bytes())
    return digest.hexdigest()


def files() -> tuple[Path, ...]:
    return tuple(assets.resource("fonts", f"Inter-{weight}.otf") for weight in WEIGHTS)
