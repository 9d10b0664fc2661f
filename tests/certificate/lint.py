"""What PDF/A-3a and PDF/UA-1 ask for and can be seen from outside, for no validator can be installed (ISO 19005-3)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Name

_ACTIVE = {"/JavaScript", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/SetOCGState"}
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def faults(data: bytes) -> list[str]:
    """What is wrong, in words; none for a good file."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [*_file(data), *_catalogue(pdf), *_metadata(pdf), *_objects(pdf), *_attachments(pdf), *_pages(pdf)]


def _file(data: bytes) -> Iterator[str]:
    if not re.match(rb"%PDF-1\.7\n%[\x80-\xff]{4}", data):
        yield "6.1.2: header"
    if re.search(rb"%%EOF(?!\r|\n|\Z)", data):
        yield "6.1.9: no line end behind an end mark"
    if not data.rstrip(b"\r\n").endswith(b"%%EOF"):
        yield "6.1.3: bytes behind the end"


def _catalogue(pdf: pikepdf.Pdf) -> Iterator[str]:
    root = pdf.Root
    if pdf.is_encrypted or "/ID" not in pdf.trailer:
        yield "6.1.3: encrypted, or without an identifier"
    if root.get("/OutputIntents") is None or root.OutputIntents[0].S != Name.GTS_PDFA1:
        yield "6.2.3: no output intent"
    if not root.get("/MarkInfo") or root.MarkInfo.Marked is not True or "/StructTreeRoot" not in root:
        yield "6.7.2: not tagged"
    if "/Lang" not in root or root.ViewerPreferences.DisplayDocTitle is not True:
        yield "UA 7.1: no language, or the title is not shown"
    for key in ("/OpenAction", "/AA", "/OCProperties", "/Perms/UR3", "/Requirements"):
        if key in root:
            yield f"6.5/6.6: {key}"
    if root.get("/AcroForm") is not None and ("/XFA" in root.AcroForm or root.AcroForm.get("/NeedAppearances")):
        yield "6.4.2: XFA or NeedAppearances"


def _metadata(pdf: pikepdf.Pdf) -> Iterator[str]:
    with pdf.open_metadata() as metadata:
        expected = {"pdfaid:part": "3", "pdfaid:conformance": "A", "pdfuaid:part": "1"}
        for key, value in expected.items():
            if metadata.get(key) != value:
                yield f"6.6.4: {key} is {metadata.get(key)}"
        if metadata.get("dc:title") != str(pdf.docinfo["/Title"]):
            yield "6.6.3: another title in the information than in the metadata"
    if "/Filter" in pdf.Root.Metadata:
        yield "6.6.2: compressed metadata"


def _objects(pdf: pikepdf.Pdf) -> Iterator[str]:
    for found in pdf.objects:
        if not isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
            continue
        if isinstance(found, pikepdf.Stream) and found.get("/Filter") in (Name.LZWDecode, Name.Crypt):
            yield "6.1.7: a filter that is not allowed"
        if str(found.get("/S")) in _ACTIVE:
            yield f"6.5.1: {found.S}"
        if found.get("/Type") == Name.Font:
            yield from _font(found)


def _font(font: Any) -> Iterator[str]:
    if font.Subtype == Name.Type0:
        if "/ToUnicode" not in font:
            yield f"6.2.11.7: {font.BaseFont} has no meaning"
        return
    described = font.get("/FontDescriptor")
    if described is None or not any(key in described for key in _FONT_FILES):
        yield f"6.2.11.4: {font.BaseFont} is not embedded"


def _attachments(pdf: pikepdf.Pdf) -> Iterator[str]:
    if len(pdf.Root.get("/AF", [])) != 1:
        yield "6.8: the attachment is not associated with the document"
    for found in pdf.attachments.values():
        specification = found.obj
        if (
            specification.get("/AFRelationship") != Name.Source
            or "/UF" not in specification
            or "/Desc" not in specification
        ):
            yield "6.8: how the attachment belongs to the document is not said"
        if "/Subtype" not in specification.EF.F or "/ModDate" not in specification.EF.F.get("/Params", {}):
            yield "6.8: no kind or date of the attachment"


def _pages(pdf: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, 1):
        if page.get("/Tabs") != Name.S:
            yield f"UA 7.18.3: page {number} has another order than its structure"
        for annotation in page.get("/Annots", []):
            flags = int(annotation.get("/F", 0))
            if not flags & 4 or flags & 0b100011:
                yield f"6.3.2: an annotation on page {number} that is not printed, or hidden"
            if annotation.get("/AP") is None or "/StructParent" not in annotation:
                yield f"6.3.3, UA 7.18: an annotation on page {number} without look or place in the structure"
