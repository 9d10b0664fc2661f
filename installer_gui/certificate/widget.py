"""The signature's field on page one: its place, its look drawn by typst, and its entry in the structure tree."""

from __future__ import annotations

import binascii
import io
import json
import secrets
from collections.abc import Sequence
from typing import Any

from pyhanko.pdf_utils import content, generic, layout
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.stamp import StaticStampStyle

from .. import assets
from . import fonts

_MM = 72 / 25.4
# The frame at the foot of page one, in millimetres from the lower left corner; parts.typ draws it there.
LEFT, BOTTOM, WIDTH, HEIGHT = 110, 27, 82, 31
BOX = (round(LEFT * _MM), round(BOTTOM * _MM), round((LEFT + WIDTH) * _MM), round((BOTTOM + HEIGHT) * _MM))


def style(lines: Sequence[str], colour: str = "") -> StaticStampStyle:
    """The look of the field. pyHanko's own would use a font that is not embedded, and a margin."""
    exact = layout.SimpleBoxLayoutRule(
        layout.AxisAlignment.ALIGN_MIN, layout.AxisAlignment.ALIGN_MIN, layout.Margins.uniform(0)
    )
    return StaticStampStyle(
        border_width=0, background=_Page(draw(lines, colour)), background_layout=exact, background_opacity=1.0
    )


def tag(writer: IncrementalPdfFileWriter, alt: str) -> None:
    """Put the newest form field into the structure tree: a Form element that refers to it (ISO 14289-1, 7.18.4).

    `[]` follows references, `raw_get` does not.
    """
    field_ref = writer.root["/AcroForm"]["/Fields"].raw_get(-1)
    field, tree = field_ref.get_object(), writer.root["/StructTreeRoot"]
    key = int(tree["/ParentTreeNextKey"])
    document_ref = tree["/K"].raw_get(0) if isinstance(tree["/K"], generic.ArrayObject) else tree.raw_get("/K")
    element = writer.add_object(_element(document_ref, field_ref, field.raw_get("/P"), alt))
    _append_child(writer, document_ref, element)
    field["/StructParent"] = generic.NumberObject(key)
    writer.mark_update(field_ref)
    parents = tree["/ParentTree"]
    parents["/Nums"].extend([generic.NumberObject(key), element])
    writer.update_container(parents)
    tree["/ParentTreeNextKey"] = generic.NumberObject(key + 1)
    writer.update_container(tree)


def _element(parent: Any, field: Any, page: Any, alt: str) -> generic.DictionaryObject:
    reference = {pdf_name("/Type"): pdf_name("/OBJR"), pdf_name("/Obj"): field, pdf_name("/Pg"): page}
    return generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/StructElem"),
            pdf_name("/S"): pdf_name("/Form"),
            pdf_name("/P"): parent,
            pdf_name("/Pg"): page,
            pdf_name("/Alt"): generic.pdf_string(alt),
            pdf_name("/K"): generic.DictionaryObject(reference),
        }
    )


def _append_child(writer: IncrementalPdfFileWriter, parent_ref: Any, child: Any) -> None:
    parent = parent_ref.get_object()
    if isinstance(parent["/K"], generic.ArrayObject):
        parent["/K"].append(child)
    else:
        parent["/K"] = generic.ArrayObject([parent.raw_get("/K"), child])
    writer.update_container(parent)
    if isinstance(parent_ref, generic.IndirectObject):
        writer.mark_update(parent_ref)


def draw(lines: Sequence[str], colour: str = "") -> bytes:
    """The look of the field as a PDF of one page as large as its frame; `colour` ("#RRGGBB") is the first line's."""
    import typst

    left, bottom, right, top = BOX
    data = {"lines": list(lines), "colour": colour, "width": right - left, "height": top - bottom}
    inputs: Any = {
        "main.typ": assets.resource("certificate", "signature.typ").read_bytes(),
        "lines.json": json.dumps(data).encode(),
    }
    return typst.compile(
        inputs, format="pdf", font_paths=fonts.loaded(), pdf_standards=["a-3b"], timestamp=0, pdf_tags=False
    )


class _Page(content.PdfContent):
    """The first page of a PDF in memory; pyHanko's own importer wants a file."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__()
        self._pdf = pdf

    def render(self) -> bytes:
        assert self.writer is not None
        drawn: Any = self.writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._pdf)))
        name = b"/Look" + binascii.hexlify(secrets.token_bytes(4))
        self.resources.xobject[name.decode("ascii")] = drawn
        left, bottom, right, top = drawn.get_object()["/BBox"]
        self.box = layout.BoxConstraints(width=abs(right - left), height=abs(top - bottom))
        return name + b" Do"
