"""QR codes as modules, for whoever paints them."""

from __future__ import annotations

Modules = tuple[tuple[bool, ...], ...]
QUIET = 4  # modules of white around a code (ISO/IEC 18004)


def modules(text: str) -> Modules:
    """The rows of a code, True for dark, without the quiet zone."""
    import segno

    return tuple(tuple(bool(module) for module in row) for row in segno.make(text, error="m", micro=False).matrix)
