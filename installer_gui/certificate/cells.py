"""The parts that a page is made of, as plain data for the template: cells, columns, tables and sections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..domain.verdict import State

Cell = str | dict[str, Any]
Line = Sequence[Cell] | dict[str, Any]
TONES = {
    State.PASS: "pass",
    State.WARN: "warn",
    State.FAIL: "fail",
    State.NOT_MEASURED: "open",
    State.NOT_APPLICABLE: "off",
}


def column(title: str, width: float | str = "auto", align: str = "left") -> dict[str, Any]:
    """`width` is "auto", a share of what is left (a number) or a length ("30mm")."""
    return {"title": title, "width": width, "align": align}


def table(columns: Sequence[dict[str, Any]], rows: Sequence[Line]) -> dict[str, Any]:
    """Its head is repeated on every page that it runs over."""
    return {"columns": columns, "rows": rows}


def headed(heading: str, row: Sequence[Cell]) -> Line:
    """A row with a heading over it, for the first of the rows that belong together."""
    return {"group": heading, "cells": row}


def section(heading: str, intro: str = "", **parts: Any) -> dict[str, Any]:
    """`parts`: figures, tables (each with an optional heading), pairs, steps, notes."""
    empty: dict[str, Any] = {"figures": [], "tables": [], "pairs": [], "steps": [], "notes": []}
    return {"heading": heading, "intro": intro, **empty, **parts}


def strong(text: str) -> Cell:
    return {"kind": "strong", "text": text}


def name(text: str) -> Cell:
    """A name that somebody typed, in a narrow column: it may break anywhere."""
    return {"kind": "name", "text": text}


def mono(text: str) -> Cell:
    return {"kind": "mono", "text": text}


def pill(tone: str, text: str) -> Cell:
    """The word carries the meaning; colour and sign only repeat it."""
    return {"kind": "pill", "tone": tone, "text": text}


def titled(title: str, *lines: str) -> Cell:
    """A line in bold and quieter ones below it."""
    return {"kind": "titled", "text": title, "lines": [line for line in lines if line]}


def stack(*lines: str) -> Cell:
    return {"kind": "stack", "lines": [line for line in lines if line]}
