"""The letter as plain text, to be pasted into an e-mail."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from ..i18n import visible
from . import letter_parts as parts
from .letter import Group, Letter, Opening, Point

WIDTH = 76


def as_text(letter: Letter) -> str:
    """Lines of at most 76 characters, but for what must not be broken."""
    return "\n".join(line.rstrip() for line in _lines(letter)) + "\n"


def _lines(letter: Letter) -> Iterator[str]:
    words, now = letter.words, letter.content.issued.local
    yield f"{words.text('letter.subject')}: {parts.title(letter)} – {visible(parts.site(letter))}"
    yield ""
    if letter.content.demo:
        yield from (words.text("demo.banner"), "")
    yield from _labelled(words.text("letter.to"), parts.recipient(letter))
    yield from _labelled(words.text("letter.from"), parts.sender(letter))
    yield from (words.show(now.date()), "")
    yield from _wrapped(parts.intro(letter))
    yield ""
    for label, value in parts.facts(letter):
        yield from _wrapped(f"{label}: {visible(value)}", deeper=2)
    for group in letter.groups:
        yield from _group(letter, group)
    yield from _underlined(words.text("letter.afterwards"))
    for number, step in enumerate(parts.steps(letter), 1):
        yield from _wrapped(f"{number}. {step.text}", deeper=3)
        yield from (f"     {system + ':':<14} {command}" for system, command in step.commands)
    if closing := parts.closing(letter):
        yield ""
        yield from _wrapped(visible(closing))


def _group(letter: Letter, group: Group) -> Iterator[str]:
    yield from _underlined(parts.heading(letter, group))
    if lead := parts.lead(letter, group):
        yield from (*_wrapped(lead), "")
    if group.openings:
        yield from (f"{letter.words.text('letter.open')}:", "")
        for opening in group.openings:
            yield from _opening(letter, opening)
        for rule in parts.firewall_rules(letter):
            yield from _wrapped(f"- {rule}", deeper=2)
    for number, point in enumerate(group.points):
        if number or group.openings:
            yield ""
        yield from _point(letter, point)


def _opening(letter: Letter, opening: Opening) -> Iterator[str]:
    words = letter.words
    yield f"  {opening.host}"
    yield f"      {opening.transport} {opening.port}, {words.text('letter.outgoing')} – {parts.service(opening, words)}"
    yield from (f"      {line}" for line in _point(letter, opening.point, WIDTH - 6))
    yield ""


def _point(letter: Letter, point: Point, width: int = WIDTH) -> Iterator[str]:
    yield from _wrapped(parts.numbered(point, letter.words), width)
    for place in point.places:
        yield from _wrapped(f"- {visible(place.station)} ({visible(place.place)}): {place.seen}", width, deeper=2)
    yield from _wrapped(point.meaning, width)
    yield from _wrapped(f"{letter.words.text('letter.remedy')}: {point.remedy}", width)
    for line in filter(None, (point.agreed, point.source)):
        yield from _wrapped(line, width)


def _labelled(label: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield from _wrapped(f"{label}: {visible(', '.join(lines))}", deeper=2)


def _underlined(heading: str) -> Iterator[str]:
    yield from ("", heading, "=" * len(heading), "")


def _wrapped(text: str, width: int = WIDTH, *, deeper: int = 0) -> list[str]:
    """What must not be broken stays whole: host names, commands, and a number with its unit."""
    return textwrap.wrap(
        text, width, subsequent_indent=" " * deeper, break_long_words=False, break_on_hyphens=False
    ) or [""]
