"""Draws other papers in the certificate's style: PDF/A-3a and PDF/UA-1, unsigned and without data of their own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from .. import assets
from . import fonts
from .display import clean_tree


def press(template: str, view: Mapping[str, Any], moment: datetime) -> bytes:
    """The pages of a template of resources/certificate, every string in `view` cleaned for display.

    The same view and moment give the same bytes.
    """
    import typst

    shown = json.dumps(clean_tree(view, fonts.covered()), ensure_ascii=False)
    files: Any = {  # the stub does not know that files may be given by name
        "main.typ": assets.resource("certificate", template).read_bytes(),
        "parts.typ": assets.resource("certificate", "parts.typ").read_bytes(),
        "view.json": shown.encode(),
    }
    pdf = typst.compile(
        files,
        format="pdf",
        font_paths=fonts.loaded(),
        pdf_standards=["a-3a", "ua-1"],
        timestamp=int(moment.timestamp()),
    )
    return bytes(pdf) + b"\n"
