"""What the signature's update may do to the pages that it signs: add its field, and nothing that can be seen else."""

from __future__ import annotations

import io
from typing import Any

from pyhanko.pdf_utils.generic import IndirectObject
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

from .reasons import Reason, Refused
from .structure import Revision

_CATALOG = {"/AcroForm", "/Extensions", "/Perms", "/Version"}
_TREE = {"/ParentTree", "/ParentTreeNextKey"}


def check(reader: PdfFileReader, pages: Revision, update: Revision) -> None:
    """Raises Refused where the second revision changes more than signing changes."""
    before = reader.get_historical_resolver(0)
    old_root, new_root = before.root, reader.root
    allowed = {
        _number(reader.trailer.raw_get("/Root")),
        _number(reader.trailer.raw_get("/Info")),
        _number(new_root.raw_get("/Metadata")),
        _number(new_root.raw_get("/StructTreeRoot")),
        _number(new_root["/StructTreeRoot"]["/K"].raw_get(0)),
        _number(new_root["/Pages"]["/Kids"].raw_get(0)),
    }
    _require(update.objects.keys() & pages.objects.keys() <= allowed <= pages.objects.keys())
    _same(old_root, new_root, _CATALOG)
    _require(not _CATALOG & set(old_root))
    _check_page(before, reader)
    _check_tree(old_root["/StructTreeRoot"], new_root["/StructTreeRoot"])
    _check_info(before, reader)


def _check_page(before: HistoricalResolver, reader: PdfFileReader) -> None:
    old, new = before.root["/Pages"]["/Kids"][0], reader.root["/Pages"]["/Kids"][0]
    _same(old, new, {"/Annots"})
    _require("/Annots" not in old and len(new["/Annots"]) == 1)
    fields = reader.root["/AcroForm"]["/Fields"]
    _require(len(fields) == 1 and _number(fields.raw_get(0)) == _number(new["/Annots"].raw_get(0)))


def _check_tree(old: Any, new: Any) -> None:
    """One element more at the end of the document, and its entry among the parents."""
    _same(old, new, _TREE)
    _same(old["/ParentTree"], new["/ParentTree"], {"/Nums"})
    _prefix(old["/ParentTree"]["/Nums"], new["/ParentTree"]["/Nums"], 2)
    _require(int(new["/ParentTreeNextKey"]) == int(old["/ParentTreeNextKey"]) + 1)
    _same(old["/K"][0], new["/K"][0], {"/K"})
    _prefix(old["/K"][0]["/K"], new["/K"][0]["/K"], 1)


def _check_info(before: HistoricalResolver, reader: PdfFileReader) -> None:
    reference: Any = reader.trailer.raw_get("/Info")
    _same(before.get_object(reference.reference), reader.get_object(reference.reference), {"/ModDate", "/Producer"})


def _same(old: Any, new: Any, but: set[str]) -> None:
    for key in set(old) | set(new) - but:
        if key not in but:
            _require(key in old and key in new and _equal(old.raw_get(key), new.raw_get(key)))


def _prefix(old: Any, new: Any, more: int) -> None:
    """The old list is the new one's beginning."""
    _require(len(new) == len(old) + more)
    _require(all(_equal(old.raw_get(i), new.raw_get(i)) for i in range(len(old))))


def _equal(old: Any, new: Any) -> bool:
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
