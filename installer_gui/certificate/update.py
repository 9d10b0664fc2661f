"""What the signature's update may do to the pages that it signs: add its field, and nothing that can be seen else.

Whoever holds a key can sign anything. So the update is held to the shape that signing gives it, down to the keys of
every dictionary that a reader acts on: a frame that covers the page, an action behind it, an object that vanishes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

from pyhanko.pdf_utils.generic import IndirectObject, StreamObject, pdf_date
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

from .content import Content
from .reasons import Reason, Refused
from .sign import FIELD
from .structure import Revision, reached, repeats_a_key, without_strings
from .widget import BOX

_CATALOG = {"/AcroForm", "/Extensions", "/Perms", "/Version"}
_TREE = {"/ParentTree", "/ParentTreeNextKey"}
_WIDGET = {"/FT", "/T", "/Type", "/Subtype", "/F", "/Rect", "/P", "/TU", "/AP", "/StructParent", "/V"}
_PRINTED = 132  # print and locked (ISO 32000-1, table 165)
_SIGNATURE = {"/Contents", "/ByteRange", "/Type", "/Filter", "/SubFilter", "/M", "/Reason", "/Reference"}
_FORM = {"/Type", "/Subtype", "/BBox", "/Resources", "/Length"}
_LOOK = re.compile(rb"q q /BackgroundGS gs 1 0 0 1 0 0 cm (/Look[0-9a-f]{8}) Do Q Q")


def check(reader: PdfFileReader, pages: Revision, update: Revision, content: Content) -> None:
    """Raises Refused where the second revision changes more than signing changes."""
    before = reader.get_historical_resolver(0)
    old_root, new_root = before.root, reader.root
    changed = {
        _number(reader.trailer.raw_get("/Root")),
        _number(reader.trailer.raw_get("/Info")),
        _number(new_root.raw_get("/Metadata")),
        _number(new_root.raw_get("/StructTreeRoot")),
        _number(new_root["/StructTreeRoot"]["/K"].raw_get(0)),
        _number(new_root["/Pages"]["/Kids"].raw_get(0)),
    }
    _require(update.objects.keys() & pages.objects.keys() <= changed <= pages.objects.keys())
    bare = without_strings(update)
    _require(not any(map(repeats_a_key, bare.values())))
    _require(_roots(pages) == _roots(update))
    _same(old_root, new_root, _CATALOG)
    _require(not _CATALOG & set(old_root))
    _check_page(before, reader)
    _check_tree(old_root["/StructTreeRoot"], new_root["/StructTreeRoot"])
    _check_info(before, reader)
    _check_field(reader, content)
    _check_reach(update, bare, changed)


def _roots(revision: Revision) -> list[bytes]:
    """Where a revision's catalog and information are; both must name the same."""
    return re.findall(rb"/(?:Root|Info) \d+ 0 R", revision.trailer)


def _check_page(before: HistoricalResolver, reader: PdfFileReader) -> None:
    old, new = before.root["/Pages"]["/Kids"][0], reader.root["/Pages"]["/Kids"][0]
    _same(old, new, {"/Annots"})
    _require("/Annots" not in old and len(new["/Annots"]) == 1)


def _check_tree(old: Any, new: Any) -> None:
    """One element more at the end of the document, and its entry among the parents."""
    _same(old, new, _TREE)
    _same(old["/ParentTree"], new["/ParentTree"], {"/Nums"})
    _prefix(old["/ParentTree"]["/Nums"], new["/ParentTree"]["/Nums"], 2)
    _require(int(new["/ParentTreeNextKey"]) == int(old["/ParentTreeNextKey"]) + 1)
    _same(old["/K"][0], new["/K"][0], {"/K"})
    _prefix(old["/K"][0]["/K"], new["/K"][0]["/K"], 1)
    added: Any = new["/K"][0]["/K"][-1]
    _require(set(added) == {"/Type", "/S", "/P", "/Pg", "/Alt", "/K"} and added["/S"] == "/Form")
    _require(set(added["/K"]) == {"/Type", "/Obj", "/Pg"} and added["/K"]["/Type"] == "/OBJR")


def _check_info(before: HistoricalResolver, reader: PdfFileReader) -> None:
    reference: Any = reader.trailer.raw_get("/Info")
    _same(before.get_object(reference.reference), reader.get_object(reference.reference), {"/ModDate", "/Producer"})


def _check_field(reader: PdfFileReader, content: Content) -> None:
    """One field, one widget in its frame on page one, one signature that certifies and allows nothing."""
    root, page = reader.root, reader.root["/Pages"]["/Kids"]
    form, permissions = root["/AcroForm"], root["/Perms"]
    _require(set(form) == {"/Fields", "/SigFlags"} and form["/SigFlags"] == 3 and len(form["/Fields"]) == 1)
    _require(_number(form["/Fields"].raw_get(0)) == _number(page[0]["/Annots"].raw_get(0)))
    _require(set(permissions) == {"/DocMDP"})
    widget = form["/Fields"][0]
    _require(set(widget) == _WIDGET and set(widget["/AP"]) == {"/N"})
    _require((widget["/FT"], widget["/T"], widget["/Subtype"]) == ("/Sig", FIELD, "/Widget"))
    _require(widget["/F"] == _PRINTED and [float(n) for n in widget["/Rect"]] == [*map(float, BOX)])
    _require(_number(widget.raw_get("/P")) == _number(page.raw_get(0)))
    _require(_number(widget.raw_get("/V")) == _number(permissions.raw_get("/DocMDP")))
    _check_look(widget["/AP"]["/N"])
    _check_signature(widget["/V"], content)


def _check_signature(signature: Any, content: Content) -> None:
    _require(set(signature) == _SIGNATURE and len(signature["/Reference"]) == 1)
    _require(signature["/SubFilter"] == "/ETSI.CAdES.detached" and signature["/Filter"] == "/Adobe.PPKLite")
    _require(signature["/M"] == pdf_date(content.issued.local))  # which other readers show as the time
    reference = signature["/Reference"][0]
    _require(set(reference) == {"/Type", "/TransformMethod", "/TransformParams"})
    _require(reference["/TransformMethod"] == "/DocMDP")
    parameters = reference["/TransformParams"]
    _require(set(parameters) == {"/Type", "/V", "/P"} and parameters["/P"] == 1)


def _check_look(outer: Any) -> None:
    """A form that shows one other, as large as the frame, and nothing else."""
    _require(isinstance(outer, StreamObject) and set(outer) <= _FORM and _is_box(outer["/BBox"]))
    (name,) = outer["/Resources"]["/XObject"]
    inner = outer["/Resources"]["/XObject"][name]
    _require(isinstance(inner, StreamObject) and set(inner) <= _FORM | {"/Filter"} and _is_box(inner["/BBox"]))
    drawn = _LOOK.fullmatch(outer.encoded_data)
    _require(drawn is not None and drawn[1] == name.encode("ascii"))


def _is_box(box: Any) -> bool:
    left, bottom, right, top = BOX
    xs, ys = sorted(map(float, (box[0], box[2]))), sorted(map(float, (box[1], box[3])))
    return (xs, ys) == ([0.0, float(right - left)], [0.0, float(top - bottom)])


def _check_reach(update: Revision, bare: Mapping[int, bytes], changed: set[int]) -> None:
    """Nothing lies ready that is not shown; signing leaves one empty form behind."""
    for number in update.objects.keys() - reached(bare, changed & update.objects.keys()):
        _require(b"/Subtype /Form\n/Length 0\n" in update.objects[number])


def _same(old: Any, new: Any, but: set[str]) -> None:
    for key in set(old) | set(new):
        if key not in but:
            _require(key in old and key in new and _equal(old.raw_get(key), new.raw_get(key)))


def _prefix(old: Any, new: Any, more: int) -> None:
    """The old list is the new one's beginning."""
    _require(len(new) == len(old) + more)
    _require(all(_equal(old.raw_get(i), new.raw_get(i)) for i in range(len(old))))


def _equal(old: Any, new: Any) -> bool:
    if isinstance(old, IndirectObject) and isinstance(new, IndirectObject):
        return (old.idnum, old.generation) == (new.idnum, new.generation)
    if isinstance(old, str) and isinstance(new, str):
        return old == new
    return _written(old) == _written(new)


def _written(value: Any) -> bytes:
    buffer = io.BytesIO()
    value.write_to_stream(buffer)
    return buffer.getvalue()


def _number(reference: Any) -> int:
    _require(isinstance(reference, IndirectObject))
    return int(reference.idnum)


def _require(holds: bool) -> None:
    if not holds:
        raise Refused(Reason.STRUCTURE)
