"""Finds the files that come with the program: in a checkout, in an installed wheel and in a frozen program."""

from __future__ import annotations

import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _root() -> Path:
    if frozen := getattr(sys, "_MEIPASS", None):
        return Path(str(frozen))
    installed = _PACKAGE / "_data"
    return installed if installed.is_dir() else _PACKAGE.parent


ROOT = _root()


def resource(*parts: str) -> Path:
    """A file or folder under `resources/`."""
    return ROOT.joinpath("resources", *parts)


def translation(language: str) -> Path:
    """The catalogue of one language."""
    return ROOT / "translations" / f"{language}.po"
