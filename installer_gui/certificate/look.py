"""What the frame of a signature shows, against what it should."""

from __future__ import annotations

import io
from typing import Any

from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject
from pyhanko.pdf_utils.reader import PdfFileReader

from . import appearance, pagetext, widget
from .content import Content

_WRITTEN = {"/Length", "/Filter", "/Parent", "/Type", "/Subtype"}
_DEEPEST = 20
_ENOUGH = 16


def names(reader: PdfFileReader, name: str) -> bool:
    """Whether the frame shows this name."""
    return pagetext.squeezed(name)[:_ENOUGH] in pagetext.of_form(_form(reader))


def is_drawn(reader: PdfFileReader, content: Content) -> bool:
    """Whether the frame and its words for screen readers are exactly what the content gives."""
    expected = appearance.of(content)
    field, tree = reader.root["/AcroForm"]["/Fields"][0], reader.root["/StructTreeRoot"]
    said = (field["/TU"], field["/V"]["/Reason"], tree["/K"][0]["/K"][-1]["/Alt"])
    if said != (expected.label, expected.reason, expected.alt):
        return False
    drawn = PdfFileReader(io.BytesIO(widget.draw(expected.lines, expected.colour))).root["/Pages"]["/Kids"][0]
    form = _form(reader)
    return _content(form) == _content(drawn["/Contents"]) and _alike(form["/Resources"], drawn["/Resources"])


def _form(reader: PdfFileReader) -> Any:
    """The form inside the form that is the field's look."""
    outer = reader.root["/AcroForm"]["/Fields"][0]["/AP"]["/N"]
    (name,) = outer["/Resources"]["/XObject"]
    return outer["/Resources"]["/XObject"][name]


def _alike(one: Any, other: Any, depth: int = 0) -> bool:
    """Equal through all references: fonts too, for a font can show any letter as any other."""
    one, other = _found(one), _found(other)
    if depth > _DEEPEST or isinstance(one, StreamObject) != isinstance(other, StreamObject):
        return False
    if isinstance(one, StreamObject) and _content(one) != _content(other):
        return False
    if isinstance(one, DictionaryObject) and isinstance(other, DictionaryObject):
        keys = one.keys() | other.keys()
        return all(
            key in one and key in other and _alike(one.raw_get(key), other.raw_get(key), depth + 1)
            for key in keys - _WRITTEN
        )
    if isinstance(one, ArrayObject) and isinstance(other, ArrayObject):
        return len(one) == len(other) and all(map(_alike, one, other, [depth + 1] * len(one)))
    return bool(one == other)


def _content(stream: StreamObject) -> bytes:
    """Inflated, but never without end. Raises Refused."""
    return pagetext.inflated(stream) if "/Filter" in stream else bytes(stream.encoded_data)


def _found(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value
