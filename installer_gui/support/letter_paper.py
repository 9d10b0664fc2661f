"""The letter on paper, in the certificate's style: unsigned, PDF/A-3a and PDF/UA-1."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from typing import Any

from .. import __version__
from ..certificate import cells
from ..certificate.cells import Cell
from ..certificate.display import clip
from ..certificate.press import press
from ..certificate.wording import STATION
from . import letter_parts as parts
from .letter import Group, Letter, Opening, Point

TEMPLATE = "letter.typ"
_NAME = 80
_MOST_IN_A_ROW = 6
_SHARES = {"seen": 5, "remedy": 4}


def as_pdf(letter: Letter) -> bytes:
    """The pages. The same letter gives the same bytes."""
    return press(TEMPLATE, view(letter), letter.content.issued.local)


def view(letter: Letter) -> Mapping[str, Any]:
    """Plain data for the template."""
    words, content = letter.words, letter.content
    return {
        "document": _document(letter),
        "marks": [words.text("paper.demo")] if content.demo else [],
        "notice": words.text("demo.banner") if content.demo else "",
        "sender": [clip(line, _NAME) for line in parts.sender(letter)],
        "recipient": [clip(line, _NAME) for line in parts.recipient(letter)],
        "date": words.show(content.issued.local.date()),
        "title": parts.title(letter),
        "intro": parts.intro(letter),
        "facts": parts.facts(letter),
        "groups": [_group(letter, group) for group in letter.groups],
        "afterwards": words.text("letter.afterwards"),
        "steps": [{"text": step.text, "commands": step.commands} for step in parts.steps(letter)],
        "closing": parts.closing(letter),
    }


def _document(letter: Letter) -> Mapping[str, Any]:
    words, content = letter.words, letter.content
    title = parts.title(letter)
    utc = content.issued.local.astimezone(UTC)
    return {
        "language": content.language,
        "title": f"{title} – {clip(parts.site(letter), _NAME)}",
        "running": [clip(parts.site(letter), _NAME), ""],
        "number": content.job,
        "author": content.installer.company or content.installer.person,
        "description": words.text("letter.description"),
        "date": [utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second],
        "footer": words.text("letter.footer", version=__version__),
        "page": words.text("paper.page", page="{page}", pages="{pages}"),
    }


def _group(letter: Letter, group: Group) -> Mapping[str, Any]:
    words = letter.words
    return {
        "heading": parts.heading(letter, group),
        "lead": parts.lead(letter, group),
        "openings": _openings(letter, group),
        "rules": parts.firewall_rules(letter) if group.openings else [],
        "points": _points(letter, group),
        "points_heading": words.text("letter.also") if group.openings else "",
        "lists": _lists(letter, group),
    }


def _openings(letter: Letter, group: Group) -> Mapping[str, Any]:
    words = letter.words
    narrow = dict.fromkeys(("allow", "port", "protocol", "direction"), "auto")
    widths: dict[str, str | int] = {**narrow, **_SHARES}
    columns = [cells.column(words.of("letter", "column", name), width) for name, width in widths.items()]
    rows = [_opening(letter, opening) for opening in group.openings]
    return {"heading": words.text("letter.open")} | cells.table(columns, rows)


def _opening(letter: Letter, opening: Opening) -> list[Cell]:
    words = letter.words
    return [
        cells.titled(opening.host, parts.service(opening, words)),
        cells.strong(str(opening.port)),
        opening.transport,
        words.text("letter.outgoing"),
        *_point(letter, opening.point),
    ]


def _points(letter: Letter, group: Group) -> Mapping[str, Any]:
    columns = [cells.column(letter.words.of("letter", "column", name), share) for name, share in _SHARES.items()]
    return cells.table(columns, [_point(letter, point) for point in group.points])


def _lists(letter: Letter, group: Group) -> list[Mapping[str, Any]]:
    """The stations of a point that has too many for its row: a table of their own."""
    words = letter.words
    columns = [
        cells.column(words.text("paper.column.station")),
        cells.column(words.text("paper.column.place"), 2),
        cells.column(words.text("letter.column.seen"), 3),
    ]
    return [
        {"heading": parts.numbered(point, words)}
        | cells.table(columns, [[cells.strong(clip(p.station, STATION)), p.place, p.seen] for p in point.places])
        for point in group.points
        if len(point.places) > _MOST_IN_A_ROW
    ]


def _point(letter: Letter, point: Point) -> list[Cell]:
    """What was seen, where, and what it means; and what to do about it."""
    inside = point.places if len(point.places) <= _MOST_IN_A_ROW else ()
    places = [f"{clip(place.station, STATION)} ({place.place}): {place.seen}" for place in inside]
    seen = cells.titled(parts.numbered(point, letter.words), *places, point.meaning, point.source)
    return [seen, cells.stack(point.remedy, point.agreed)]
