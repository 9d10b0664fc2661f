"""Signs a certificate: one incremental update with a PAdES certification signature that allows no change (B-B)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyhanko.sign.signers import SimpleSigner

    from .identity import Unlocked

FIELD = "InstallerSignature"


@dataclass(frozen=True, slots=True)
class Appearance:
    """Words of the signature: the lines in its frame, its name for screen readers, and the reason."""

    lines: Sequence[str]
    label: str
    reason: str

    @property
    def alt(self) -> str:
        """All that the frame says, for those who cannot see it."""
        return f"{self.label}: {', '.join(self.lines)}"


def sign(pdf: bytes, unlocked: Unlocked, appearance: Appearance) -> bytes:
    """The signed file; `pdf` stays its beginning, byte for byte.

    Works in a thread of its own: pyHanko starts an event loop, which a running one forbids.
    """
    with ThreadPoolExecutor(1) as worker:
        return worker.submit(_sign, pdf, unlocked, appearance).result()


def _sign(pdf: bytes, unlocked: Unlocked, appearance: Appearance) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    from . import widget

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
    signer = signers.PdfSigner(metadata, _signer(unlocked), stamp_style=widget.style(appearance.lines))
    signed = io.BytesIO()
    signer.sign_pdf(writer, existing_fields_only=True, output=signed)
    return signed.getvalue()


def _signer(unlocked: Unlocked) -> SimpleSigner:
    """pyHanko's signer, held to the smaller of the two signatures that ECDSA allows for the same document.

    The verifier accepts only that one, so nobody can turn a signed file into another that is valid too.
    """
    from asn1crypto import keys, x509
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    class LowSigner(SimpleSigner):
        def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
            r, s = decode_dss_signature(super().sign_raw(data, digest_algorithm))
            return encode_dss_signature(r, min(s, P256_ORDER - s))

    secret = unlocked.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    certificate = x509.Certificate.load(unlocked.identity.der)
    return LowSigner(certificate, keys.PrivateKeyInfo.load(secret), SimpleCertificateStore())


P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # FIPS 186-4, D.1.2.3
