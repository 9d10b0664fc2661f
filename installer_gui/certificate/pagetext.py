"""Reads the words back from the pages as the layout writes them: two bytes a glyph, with a table of their characters.

Only for files whose structure has been checked. What is written in another way gives no text, never a wrong one.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.reader import PdfFileReader

from . import fonts
from .display import clean
from .reasons import Reason, Refused
from .structure import split

LARGEST = 16 * 2**20  # of all pages together; those of 1000 stations have 4 MB
_FONT = re.compile(rb"/(f\d+) [\d.]+ Tf")
_WRITTEN = re.compile(rb"\\(?:[0-7]{1,3}|\r\n|.)|.", re.DOTALL)
_ENTRY = re.compile(rb"<([0-9A-F]{4})> <((?:[0-9A-F]{4})+)>")
_CONTROLS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def texts(reader: PdfFileReader) -> Iterator[str]:
    """The text of one page after the other, without blanks: how lines are broken is no matter of content."""
    bound = _Bound()
    for page in _pages(reader.root["/Pages"]):
        yield _text(page["/Contents"], page["/Resources"], bound)


def of_form(form: Any) -> str:
    """The same for a form, such as the look of a signature."""
    return _text(form, form["/Resources"], _Bound())


def squeezed(text: str) -> str:
    """A text as it is found on a page: cleaned, and without blanks."""
    return "".join(clean(text, fonts.covered()).split())


def inflated(stream: Any, most: int = LARGEST) -> bytes:
    """A stream's content. Raises Refused for what is no plain Flate stream or too large."""
    if not isinstance(stream, StreamObject) or stream["/Filter"] != "/FlateDecode" or most <= 0:
        raise Refused(Reason.STRUCTURE)
    inflater = zlib.decompressobj()
    data = inflater.decompress(stream.encoded_data, most)
    if not inflater.eof or inflater.unused_data:
        raise Refused(Reason.STRUCTURE)
    return data


class _Bound:
    """Inflates until it has been too much in sum: any number of pages can show the same streams."""

    def __init__(self) -> None:
        self._left = LARGEST

    def inflated(self, stream: Any) -> bytes:
        data = inflated(stream, self._left)
        self._left -= len(data)
        return data


def _text(stream: Any, resources: Any, bound: _Bound) -> str:
    words = _words(bound.inflated(stream), _tables(resources, bound))
    return "".join("".join(words).replace("\u200b", "").split())


def _pages(node: Any) -> Iterator[Any]:
    for kid in node["/Kids"]:
        page = kid.get_object()
        if page["/Type"] == "/Pages":
            yield from _pages(page)
        else:
            yield page


class _Table(dict[int, str]):
    """What the glyphs of a font mean, by number; one that means nothing is left out."""

    def __missing__(self, glyph: int) -> str:
        return ""


def _tables(resources: Any, bound: _Bound) -> Mapping[bytes, _Table]:
    if "/Font" not in resources:
        return {}
    fonts = resources["/Font"]
    return {name[1:].encode(): _characters(bound.inflated(fonts[name]["/ToUnicode"])) for name in fonts}


def _characters(table: bytes) -> _Table:
    entries = _ENTRY.findall(table)
    return _Table({int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in entries})


def _words(content: bytes, tables: Mapping[bytes, _Table]) -> Iterator[str]:
    """Two bytes are one glyph, as in UTF-16, so that one call turns a string's glyphs into characters."""
    table = _Table()
    for operators, string in split(content):
        if b" Tf" in operators and (chosen := _FONT.findall(operators)):
            table = tables.get(chosen[-1], _Table())
        if string:
            glyphs = b"".join(map(_BYTES.__getitem__, _WRITTEN.findall(string)))
            yield glyphs.decode("utf-16-be", "ignore").translate(table)


class _Bytes(dict[bytes, bytes]):
    """The byte for which one or an escape is written in a string (ISO 32000-1, table 3); most are escapes."""

    def __missing__(self, written: bytes) -> bytes:
        code = written.removeprefix(b"\\")
        if written == code:
            meant = written
        elif code.isdigit():
            meant = bytes((int(code, 8) & 0xFF,))
        else:
            meant = _CONTROLS.get(code, code)
        self[written] = meant
        return meant


_BYTES = _Bytes()
