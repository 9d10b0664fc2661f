"""What the file says of itself (XMP), before and after it was signed: readers show its title above the pages."""

from __future__ import annotations

import io
from typing import Any

from pyhanko.pdf_utils.metadata.xmp_xml import parse_xmp
from pyhanko.pdf_utils.reader import PdfFileReader

from .reasons import Reason, Refused

_SIGNING = {"http://ns.adobe.com/pdf/1.3/Producer", "http://ns.adobe.com/xap/1.0/ModifyDate"}


def is_kept(reader: PdfFileReader) -> bool:
    """Whether signing changed only when the file was written last, and by what. Raises Refused for what is no XMP."""
    pointer: Any = reader.root.raw_get("/Metadata")
    before, after = (_said(reader.get_object(pointer.reference, revision=revision)) for revision in (0, 1))
    return before == after


def _said(stream: Any) -> dict[str, Any]:
    written = stream.encoded_data
    if b"<!" in written:  # a comment, or a document type with its entities
        raise Refused(Reason.STRUCTURE)
    (about,) = parse_xmp(io.BytesIO(written))
    return {str(name): value for name, value in about if str(name) not in _SIGNING}
