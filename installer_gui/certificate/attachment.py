"""The one file that a certificate carries: results.json, found and inflated with care."""

from __future__ import annotations

import zlib
from typing import Any

from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject, StreamObject
from pyhanko.pdf_utils.reader import PdfFileReader

from .reasons import Reason, Refused

NAME = "results.json"
LARGEST = 32 * 2**20
_WRITTEN = {"/Length", "/Type", "/Filter", "/Subtype", "/Params"}  # "/F" would mean that the data are in another file


def results(reader: PdfFileReader) -> bytes:
    """The attached bytes. Raises Refused unless it is the only file, where and as the layout puts it."""
    root = reader.root
    _require(set(root["/Names"]) == {"/EmbeddedFiles"})
    tree, associated = root["/Names"]["/EmbeddedFiles"], root["/AF"]
    _require(set(tree) == {"/Names"} and len(tree["/Names"]) == 2 and tree["/Names"][0] == NAME)
    listed, linked = tree["/Names"].raw_get(1), associated.raw_get(0)
    _require(len(associated) == 1 and isinstance(listed, IndirectObject) and isinstance(linked, IndirectObject))
    _require(listed.idnum == linked.idnum)
    specification: Any = listed.get_object()
    _require(isinstance(specification, DictionaryObject) and specification["/AFRelationship"] == "/Source")
    _require(specification["/F"] == NAME and specification["/UF"] == NAME)
    files = specification["/EF"]
    _require(set(files) == {"/F", "/UF"} and files.raw_get("/F").idnum == files.raw_get("/UF").idnum)
    stream = files["/F"]
    _require(isinstance(stream, StreamObject) and set(stream) == _WRITTEN and stream["/Filter"] == "/FlateDecode")
    raw = _inflate(stream.encoded_data)
    _require(stream["/Params"]["/Size"] == len(raw))
    return raw


def _inflate(data: bytes) -> bytes:
    inflater = zlib.decompressobj()
    raw = inflater.decompress(data, LARGEST)
    _require(inflater.eof and not inflater.unused_data and not inflater.unconsumed_tail)
    return raw


def _require(holds: bool) -> None:
    if not holds:
        raise Refused(Reason.ATTACHMENT)
