"""Do the pages show what the data say? Only a key holder who signs other pages than the data is found by this."""

from __future__ import annotations

from collections.abc import Iterator

from pyhanko.pdf_utils.reader import PdfFileReader

from .. import __version__
from ..domain.verdict import Verdict
from . import layout, look, metadata, pagetext
from .content import Content
from .reasons import Deep
from .view import wording_of

_MOST = 10_000  # lines about stations: to draw the 5000 of 1000 stations takes seconds and 600 MB
_ENOUGH = 16  # characters: longer names are cut where room is short


def repeatable(content: Content) -> bool:
    """Whether this program draws as the one did that made the pages, and not for hours: then bytes are compared."""
    lines = len(content.stations) + len(content.rows) + len(content.deviations) + len(content.closed)
    same = content.tool.version == __version__ and content.renderer == layout.renderer(content.language)
    return same and lines <= _MOST


def compare(pages: bytes, reader: PdfFileReader, content: Content, raw: bytes) -> Deep:
    """Draw the pages again and compare the bytes; where that is not possible, look for what matters in their text."""
    if not metadata.is_kept(reader):
        return Deep.DIFFERS
    if repeatable(content):
        same = layout.render(content, raw) == pages and look.is_drawn(reader, content)
        return Deep.MATCH if same else Deep.DIFFERS
    pages_text = tuple(pagetext.texts(reader))
    text = "".join(pages_text)
    missing = any(pagetext.squeezed(word)[:_ENOUGH] not in text for word in _words(content))
    return Deep.DIFFERS if missing or not says(pages_text[0], content) else Deep.MATCH


def _words(content: Content) -> Iterator[str]:
    """Names and numbers that no version leaves out: who, where, every station, and what decided there."""
    wording = wording_of(content)
    yield content.certificate_id
    yield content.site.name
    for station in content.stations:
        yield station.id
    for row in content.rows:
        if row.subject.kind == "station":
            yield wording.judged(row).partition("\u00a0")[0]


def says(front: str, content: Content) -> bool:
    """The first verdict that page one speaks of is that of the data, if it speaks in words that are known here."""
    words = wording_of(content).words
    known = {verdict: pagetext.squeezed(words.of("verdict", verdict.value)) for verdict in Verdict}
    found = [(front.index(word), -len(word), verdict) for verdict, word in known.items() if word in front]
    return not found or min(found)[2] is content.verdict
