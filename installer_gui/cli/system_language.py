"""Which of our languages the computer speaks."""

from __future__ import annotations

import locale
import os

_STARTS = {"sv": "sv", "nb": "nb", "no": "nb", "nn": "nb", "en": "en", "swedish": "sv", "norw": "nb", "english": "en"}
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set decides (POSIX, 8.2)


def system_language() -> str:
    """The system's language where it is one of ours, else English."""
    name = next(filter(None, map(os.environ.get, _VARIABLES)), "") or _windows_name()
    return next((language for start, language in _STARTS.items() if name.lower().startswith(start)), "en")


def _windows_name() -> str:
    """Windows keeps its language elsewhere ("Swedish_Sweden")."""
    try:
        return locale.getlocale()[0] or ""
    except ValueError:
        return ""
