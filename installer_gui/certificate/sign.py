"""Signs a certificate: one incremental update with a PAdES certification signature that allows no change."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .appearance import Appearance
    from .identity import Unlocked
    from .timestamp import Authority

FIELD = "InstallerSignature"


def sign(
    pdf: bytes, unlocked: Unlocked, appearance: Appearance, when: datetime, authority: Authority | None = None
) -> bytes:
    """The signed file; `pdf` stays its beginning, byte for byte. An authority confirms the time (B-T; else B-B).

    Works in a thread of its own: pyHanko starts an event loop, which a running one forbids. Raises BadInput from the
    key and Unanswered from the authority.
    """
    with ThreadPoolExecutor(1) as worker:
        return worker.submit(_sign, pdf, unlocked, appearance, when, authority).result()


def _sign(pdf: bytes, unlocked: Unlocked, appearance: Appearance, when: datetime, authority: Authority | None) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    from . import widget
    from .signer import OneForm, Timed

    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    visible = fields.VisibleSigSettings(rotate_with_page=True, scale_with_page_zoom=True, print_signature=True)
    spec = fields.SigFieldSpec(
        FIELD, on_page=0, box=widget.BOX, readable_field_name=appearance.label, visible_sig_settings=visible
    )
    fields.append_signature_field(writer, spec)
    widget.tag(writer, appearance.alt)
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        reason=appearance.reason,
    )
    own = OneForm(unlocked.key, unlocked.identity.certificates, authority)
    signer = Timed(metadata, own, stamp_style=widget.style(appearance.lines, appearance.colour), when=when)
    signed = io.BytesIO()
    signer.sign_pdf(writer, existing_fields_only=True, output=signed)
    return signed.getvalue()
