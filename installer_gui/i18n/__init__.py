"""Words and numbers in Swedish, Norwegian Bokmål and English. Everything else in the program speaks in codes."""

from .catalogue import LANGUAGES, Catalogue, load
from .visible import visible

__all__ = ["LANGUAGES", "Catalogue", "load", "visible"]
