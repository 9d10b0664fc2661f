"""Draws a certificate as PDF/A-3a and PDF/UA-1 with its data attached. The same content gives the same bytes."""

from __future__ import annotations

import hashlib
import io
import json
from functools import cache
from importlib.metadata import version
from typing import Any, cast

from .. import assets
from . import fonts, wifi
from .content import Content, Renderer
from .front import qr_text
from .view import view, wording_of

TEMPLATE = ("certificate.typ", "parts.typ")


def render(content: Content, raw: bytes) -> bytes:
    """The pages, with `raw` (the content's JSON) attached as results.json."""
    import typst

    pdf = typst.compile(
        _inputs(content, raw),
        format="pdf",
        font_paths=fonts.loaded(),
        pdf_standards=["a-3a", "ua-1"],
        timestamp=int(content.issued.local.timestamp()),
    )
    return bytes(pdf) + b"\n"  # typst ends without one, and an incremental update must begin on a line of its own


def pictures(content: Content, raw: bytes, ppi: float) -> tuple[bytes, ...]:
    """The same pages as PNG, to be looked at before they are signed."""
    import typst

    made = typst.compile(_inputs(content, raw), format="png", font_paths=fonts.loaded(), ppi=ppi)
    pages = cast("bytes | list[bytes]", made)  # the stub knows of one page only
    return (pages,) if isinstance(pages, bytes) else tuple(pages)


def _inputs(content: Content, raw: bytes) -> Any:
    """Everything that the template reads; the stub does not know that files may be given by name."""
    digest = hashlib.sha256(raw).hexdigest()
    wording = wording_of(content)
    return {
        **_template(),
        **_logo(content),
        "view.json": json.dumps(view(wording, digest), ensure_ascii=False).encode(),
        "results.json": raw,
        "qr.svg": _qr(qr_text(content.certificate_id, digest)),
        **wifi.figures(wording),
    }


@cache
def renderer(language: str) -> Renderer:
    """What decides the bytes beside the content: template with the language's words, typst and the fonts."""
    return Renderer(_template_digest(language), version("typst"), fonts.sha256())


@cache
def _template() -> dict[str, bytes]:
    names = dict(zip(TEMPLATE, ("main.typ", "parts.typ"), strict=True))
    return {inside: assets.resource("certificate", name).read_bytes() for name, inside in names.items()}


@cache
def _template_digest(language: str) -> str:
    digest = hashlib.sha256()
    for text in (*_template().values(), assets.translation(language).read_bytes()):
        digest.update(text)
    return digest.hexdigest()[:16]


def _logo(content: Content) -> dict[str, bytes]:
    """The distributor's. Raises ValueError for data whose brand no profile could have had."""
    brand = content.profile.brand
    if brand is None:
        return {}
    if faults := [*brand.faults()]:
        raise ValueError(faults)
    return {"logo.svg": brand.logo.encode()} if brand.logo else {}


def _qr(text: str) -> bytes:
    import segno

    image = io.BytesIO()
    segno.make(text, error="m", micro=False).save(image, kind="svg", border=0, xmldecl=False, nl=False)
    return image.getvalue()
