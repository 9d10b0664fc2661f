"""See session.holding."""

from ..session.holding import Hold, is_held

__all__ = ["Hold", "is_held"]
