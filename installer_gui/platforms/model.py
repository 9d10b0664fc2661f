"""The computer's model, as its firmware has it."""

from __future__ import annotations

_FACTORY = frozenset({"", "System manufacturer", "System Product Name", "To Be Filled By O.E.M.", "Default string"})


def name(*parts: str) -> str:
    """Maker and product in a row, without what boards leave the factory with."""
    return " ".join(part for part in map(str.strip, parts) if part not in _FACTORY)
