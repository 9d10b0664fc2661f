"""The parts that a page is made of, as plain data for the template: cells, columns, tables and sections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..domain.verdict import State

Cell = str | dict[str, Any]
Line = Sequence[Cell] | dict[str, Any]
_MANY = 12  # names in a narrow column
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


def spread(*row: Cell) -> Line:
    """A row; names that are too many for their column go below it, over the whole width."""
    for place, cell in enumerate(row):
        if isinstance(cell, dict) and cell["kind"] == "names" and cell["heading"] and len(cell["texts"]) > _MANY:
            kept = [*row[:place], strong(cell["heading"]), *row[place + 1 :]]
            return {"cells": kept, "below": {**cell, "heading": ""}}
    return row


def section(heading: str, intro: str = "", **parts: Any) -> dict[str, Any]:
    """`parts`: figures, tables (with an optional heading; "keep": no page may part it), pairs, steps, notes."""
    empty: dict[str, Any] = {"figures": [], "tables": [], "pairs": [], "steps": [], "notes": []}
    return {"heading": heading, "intro": intro, **empty, **parts}


def strong(text: str) -> Cell:
    return {"kind": "strong", "text": text}


def names(texts: Sequence[str], heading: str = "", strong: bool = False) -> Cell:
    """Any number of names after each other, and what they are above them."""
    return {"kind": "names", "texts": texts, "heading": heading, "strong": strong}


def mono(text: str) -> Cell:
    return {"kind": "mono", "text": text}


def pill(tone: str, text: str) -> Cell:
    """The word carries the meaning; colour and sign only repeat it."""
    return {"kind": "pill", "tone": tone, "text": text}


def titled(title: str, *lines: str, items: Sequence[str] = ()) -> Cell:
    """A line in bold, quieter ones below it, and a list."""
    return {"kind": "titled", "text": title, "lines": [line for line in lines if line], "items": items}


def stack(*lines: str) -> Cell:
    return {"kind": "stack", "lines": [line for line in lines if line]}
