"""The attacks on signed PDFs that the literature names, each done to a certificate of ours by somebody without the key.

Mladenov and others 2019 (universal forgery, incremental saving, wrapping), Shadow Attacks 2021, Attacks on PDF
Certification 2021 (evil annotations, sneaky signatures), and what is known of parsers: hybrid files, hidden revisions.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore

from installer_gui.certificate import structure

from . import forge

Change = Callable[[bytes], bytes]
RANGE = re.compile(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]( *)")
ANNOTATIONS = (  # noqa: SIM905
    "Text Link FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Stamp Caret Ink "
    "Popup FileAttachment Sound Movie Screen PrinterMark TrapNet Watermark 3D Redact RichMedia"
).split()
ACTIONS = ("JavaScript", "URI", "GoTo", "GoToR", "Launch", "SubmitForm", "ImportData", "Named", "Hide", "SetOCGState")


def attacks() -> Iterator[tuple[str, Change]]:
    yield from _universal()
    yield from _ranges()
    yield from _incremental()
    yield from _wrapping()
    yield from _certification()
    yield from _second_signatures()
    yield from _parsers()
    yield from _places()


# ---- universal signature forgery: the signature's own parts taken away or spoilt


def _universal() -> Iterator[tuple[str, Change]]:
    for key in (b"/ByteRange", b"/Contents", b"/SubFilter", b"/Filter", b"/Type /Sig", b"/Reference"):
        name = key.decode()
        yield f"USF: no {name}", lambda d, k=key: _in_signature(d, k, b"/X" + k[2:])  # type: ignore[misc]
    for value in (b"null", b"true", b"(x)", b"<>", b"<00>", b"[]", b"<<>>", b"-1", b"999999 0 R"):
        yield f"USF: contents {value!r}", lambda d, v=value: forge.HEX.sub(v, d)  # type: ignore[misc]
    yield "USF: another sub filter", lambda d: d.replace(b"/ETSI.CAdES.detached", b"/adbe.pkcs7.detached")
    yield "USF: a raw RSA signature", lambda d: d.replace(b"/ETSI.CAdES.detached", b"/adbe.x509.rsa_sha1")
    yield "USF: another handler", lambda d: d.replace(b"/Adobe.PPKLite", b"/Entrust.PPKEF")
    yield "USF: no field value", lambda d: _last(d, b"/V ", b"/W ")


def _in_signature(data: bytes, old: bytes, new: bytes) -> bytes:
    at = data.rindex(b"/SubFilter")
    start, end = data.rindex(b" 0 obj", 0, at), data.index(b"endobj", at)
    return data[:start] + data[start:end].replace(old, new, 1) + data[end:]


def _last(data: bytes, old: bytes, new: bytes) -> bytes:
    head, _, tail = data.rpartition(old)
    return head + new + tail


# ---- the range of signed bytes


def _ranges() -> Iterator[tuple[str, Change]]:
    def other(text: Callable[[list[int]], bytes]) -> Change:
        return lambda d: RANGE.sub(lambda m: text([int(m[i]) for i in range(1, 5)]).ljust(len(m[0])), d)

    variants: dict[str, Callable[[list[int]], bytes]] = {
        "empty": lambda r: b"/ByteRange []",
        "null": lambda r: b"/ByteRange null",
        "zeros": lambda r: b"/ByteRange [0 0 0 0]",
        "negative": lambda r: b"/ByteRange [0 -1 1 -1]",
        "two numbers": lambda r: b"/ByteRange [0 %d]" % r[1],
        "six numbers": lambda r: b"/ByteRange [0 %d %d %d 0 0]" % tuple(r[1:]),
        "from one": lambda r: b"/ByteRange [1 %d %d %d]" % (r[1] - 1, r[2], r[3]),
        "first part only": lambda r: b"/ByteRange [0 %d %d 0]" % (r[1], r[2]),
        "last part only": lambda r: b"/ByteRange [0 0 %d %d]" % (r[2], r[3]),
        "beyond the end": lambda r: b"/ByteRange [0 %d %d %d]" % (r[1], r[2], r[3] + 1000),
        "a wider hole": lambda r: b"/ByteRange [0 %d %d %d]" % (r[1] - 50, r[2], r[3]),
        "a later second part": lambda r: b"/ByteRange [0 %d %d %d]" % (r[1], r[2] + 20, r[3] - 20),
        "swapped": lambda r: b"/ByteRange [%d %d 0 %d]" % (r[2], r[3], r[1]),
        "overlapping": lambda r: b"/ByteRange [0 %d %d %d]" % (r[1], r[1] - 10, r[3]),
        "decimals": lambda r: b"/ByteRange [0 %d.0 %d %d]" % (r[1], r[2], r[3]),
        "hexadecimal": lambda r: b"/ByteRange [0 %d %d +%d]" % tuple(r[1:]),
    }
    for name, text in variants.items():
        yield f"ByteRange: {name}", other(text)
    yield "ByteRange: twice", lambda d: RANGE.sub(lambda m: b"/ByteRange [0 1 2 3]" + m[0], d)


# ---- incremental saving


def _incremental() -> Iterator[tuple[str, Change]]:
    body = b"%d 0 obj\n<</Type/Catalog>>\nendobj\n"
    yield "ISA: only objects", lambda d: d + body % forge.root_of(d)
    yield "ISA: objects and a trailer", lambda d: d + body % 1 + b"trailer\n<</Root 1 0 R>>\n"
    yield (
        "ISA: a table without objects",
        lambda d: d + b"xref\n0 0\ntrailer\n<</Size 1>>\nstartxref\n%d\n%%%%EOF\n" % len(d),
    )
    yield "ISA: an end mark only", lambda d: d + b"startxref\n0\n%%EOF"
    yield "ISA: the signature copied along", lambda d: forge.own_update(d) + _signature_object(d)
    yield "ISA: the whole update again", lambda d: d + d[structure.revisions(d)[0].end :]
    yield "ISA: a stream of cross references", lambda d: forge.updated(d, _stream_update)
    yield "ISA: a page more", lambda d: forge.updated(d, _page_more)
    yield "ISA: another page in its place", lambda d: forge.updated(d, _page_swapped)
    yield "ISA: another font", lambda d: forge.updated(d, _font_swapped)
    yield "ISA: another meaning of the letters", lambda d: forge.updated(d, _letters_swapped)
    yield "ISA: metadata", lambda d: forge.updated(d, _metadata)
    yield "ISA: hidden structure", lambda d: forge.updated(d, _structure)
    for key, value in (("/Rotate", 180), ("/UserUnit", 5)):
        yield (
            f"ISA: {key}",
            lambda d, k=key, v=value: forge.updated(d, lambda w: _page_entry(w, k, generic.NumberObject(v))),
        )  # type: ignore[misc]
    yield "ISA: a smaller page", lambda d: forge.updated(d, lambda w: _page_entry(w, "/CropBox", _box(0, 0, 9, 9)))


def _signature_object(data: bytes) -> bytes:
    at = data.rindex(b"/SubFilter")
    start = data.rindex(b"\n", 0, data.rindex(b" 0 obj", 0, at)) + 1
    return data[start : data.index(b"endobj\n", at) + 7]


def _stream_update(writer: IncrementalPdfFileWriter) -> None:
    writer._force_write_when_empty = True
    writer.stream_xrefs = True
    writer.update_root()


def _page(writer: IncrementalPdfFileWriter) -> Any:
    return writer.root["/Pages"]["/Kids"][0]


def _box(*numbers: int) -> generic.ArrayObject:
    return generic.ArrayObject([generic.NumberObject(n) for n in numbers])


def _page_entry(writer: IncrementalPdfFileWriter, key: str, value: Any) -> None:
    page = _page(writer)
    page[key] = value
    writer.update_container(page)


def _page_more(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    page = generic.DictionaryObject({pdf_name("/Type"): pdf_name("/Page"), pdf_name("/MediaBox"): _box(0, 0, 595, 842)})
    page["/Parent"] = writer.root.raw_get("/Pages")
    pages["/Kids"].append(writer.add_object(page))
    pages["/Count"] = generic.NumberObject(int(pages["/Count"]) + 1)
    writer.update_container(pages["/Kids"])
    writer.update_container(pages)


def _page_swapped(writer: IncrementalPdfFileWriter) -> None:
    kids = writer.root["/Pages"]["/Kids"]
    kids[0] = kids.raw_get(1)
    writer.update_container(kids)


def _font(writer: IncrementalPdfFileWriter) -> Any:
    fonts = _page(writer)["/Resources"]["/Font"]
    return fonts[next(iter(fonts))]


def _font_swapped(writer: IncrementalPdfFileWriter) -> None:
    font = _font(writer)
    font["/DescendantFonts"] = generic.ArrayObject()
    writer.update_container(font)


def _letters_swapped(writer: IncrementalPdfFileWriter) -> None:
    font = _font(writer)
    font["/ToUnicode"] = writer.add_object(generic.StreamObject(stream_data=b"begincmap endcmap"))
    writer.update_container(font)


def _metadata(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/Metadata"] = writer.add_object(generic.StreamObject(stream_data=b"<x:xmpmeta/>"))
    writer.update_root()


def _structure(writer: IncrementalPdfFileWriter) -> None:
    tree = writer.root["/StructTreeRoot"]
    tree["/K"] = generic.ArrayObject()
    writer.update_container(tree)


# ---- signature wrapping: the signed bytes moved to where no reader looks


def _wrapping() -> Iterator[tuple[str, Change]]:
    yield "SWA: the second part moved", _moved
    yield (
        "SWA: another document before",
        lambda d: d[: len(structure.HEADER)] + b"1 0 obj\n<<>>\nendobj\n" + d[len(structure.HEADER) :],
    )
    yield "SWA: objects behind the hole", lambda d: forge.HEX.sub(lambda m: m[0] + b"\n>>\nendobj\n7 0 obj\n<<", d)
    yield (
        "SWA: objects in the hole",
        lambda d: forge.HEX.sub(lambda m: m[0][:-40] + b"> 7 0 obj<</Type/Catalog>>endobj <00>"[:40], d),
    )
    yield "SWA: text in the hole", lambda d: forge.HEX.sub(lambda m: b"(" + m[1][:-1] + b")" + b">", d)


def _moved(data: bytes) -> bytes:
    found = RANGE.search(data)
    assert found is not None
    first, second, length = (int(found[i]) for i in (2, 3, 4))
    table = b"xref\n0 1\n0000000000 65535 f \ntrailer\n<</Root 1 0 R/Size 2>>\nstartxref\n9\n%%EOF\n"
    new = b"/ByteRange [0 %d %d %d]" % (first, second + len(table), length)
    return data[:first].replace(found[0], new.ljust(len(found[0]))) + data[first:second] + table + data[second:]


# ---- attacks on certification: what a weaker permission would allow


def _certification() -> Iterator[tuple[str, Change]]:
    for kind in ANNOTATIONS:
        yield f"EAA: {kind}", lambda d, k=kind: forge.updated(d, lambda w: forge._annotate(w, f"/{k}"))  # type: ignore[misc]
    for action in ACTIONS:
        for key in ("/OpenAction", "/AA"):
            yield f"{key} {action}", lambda d, a=action, k=key: forge.updated(d, lambda w: _act(w, k, a))  # type: ignore[misc]
    yield "an action behind the field", lambda d: forge.updated(d, _act_on_field)
    yield "a form field more", lambda d: forge.updated(d, _text_field)
    yield "scripts by name", lambda d: forge.updated(d, _named_scripts)
    for key in ("/OCProperties", "/Collection", "/XFA", "/Threads", "/PageLabels", "/Legal", "/Requirements", "/DSS"):
        yield (
            f"catalogue: {key}",
            lambda d, k=key: forge.updated(d, lambda w: forge._set_root(w, k, generic.DictionaryObject())),
        )  # type: ignore[misc]


def _action(kind: str) -> generic.DictionaryObject:
    return generic.DictionaryObject({pdf_name("/S"): pdf_name(f"/{kind}"), pdf_name("/URI"): generic.pdf_string("x")})


def _act(writer: IncrementalPdfFileWriter, key: str, kind: str) -> None:
    action = _action(kind)
    forge._set_root(
        writer, key, action if key == "/OpenAction" else generic.DictionaryObject({pdf_name("/WC"): action})
    )


def _act_on_field(writer: IncrementalPdfFileWriter) -> None:
    field = _page(writer)["/Annots"][0]
    field["/A"] = _action("URI")
    writer.update_container(field)


def _text_field(writer: IncrementalPdfFileWriter) -> None:
    field = {"/FT": pdf_name("/Tx"), "/T": generic.pdf_string("x"), "/V": generic.pdf_string("Godkänd")}
    made = generic.DictionaryObject({pdf_name(key): value for key, value in field.items()})
    form = writer.root["/AcroForm"]
    form["/Fields"].append(writer.add_object(made))
    writer.update_container(form["/Fields"])


def _named_scripts(writer: IncrementalPdfFileWriter) -> None:
    names = writer.root["/Names"]
    script = writer.add_object(_action("JavaScript"))
    names["/JavaScript"] = generic.DictionaryObject(
        {pdf_name("/Names"): generic.ArrayObject([generic.pdf_string("x"), script])}
    )
    writer.update_container(names)


# ---- sneaky signatures, and proofs that somebody adds


def _second_signatures() -> Iterator[tuple[str, Change]]:
    yield "SSA: a second signature", lambda d: _signed_again(d, certify=False)
    yield "SSA: a second certification", lambda d: _signed_again(d, certify=True)
    yield (
        "SSA: an empty field",
        lambda d: forge.updated(d, lambda w: fields.append_signature_field(w, fields.SigFieldSpec("Sig2"))),
    )
    yield (
        "SSA: a visible field",
        lambda d: forge.updated(
            d, lambda w: fields.append_signature_field(w, fields.SigFieldSpec("Sig2", box=(0, 0, 500, 800)))
        ),
    )
    yield "a document timestamp", _document_stamped
    yield "a store for proofs with a certificate", _with_proofs


def _signer(key: Any, purposes: list[x509.ObjectIdentifier]) -> tuple[Any, Any]:
    from asn1crypto import keys as asn1_keys
    from asn1crypto import x509 as asn1

    now, name = datetime.now(UTC), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Mallory")])
    made = x509.CertificateBuilder(name, name, key.public_key(), 7, now - timedelta(days=1), now + timedelta(days=9))
    if purposes:
        made = made.add_extension(x509.ExtendedKeyUsage(purposes), critical=True)
    der = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
    secret = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return asn1.Certificate.load(der), asn1_keys.PrivateKeyInfo.load(secret)


class _Bold(signers.PdfSigner):
    """Signs what it is forbidden to sign."""

    def _enforce_certification_constraints(self, reader: Any) -> None: ...


def _signed_again(data: bytes, *, certify: bool) -> bytes:
    certificate, key = _signer(ec.generate_private_key(ec.SECP256R1()), [])
    signer = signers.SimpleSigner(certificate, key, None)
    metadata = signers.PdfSignatureMetadata(field_name="Sig2", certify=certify, md_algorithm="sha256")
    source = forge.pages_of(data) if certify else data  # what is certified already can only be certified from its pages
    out = io.BytesIO()
    _Bold(metadata, signer).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(source)), output=out)
    return out.getvalue()


def _server() -> DummyTimeStamper:
    key = rsa.generate_private_key(65537, 2048)
    certificate, secret = _signer(key, [x509.ExtendedKeyUsageOID.TIME_STAMPING])
    return DummyTimeStamper(certificate, secret)


def _document_stamped(data: bytes) -> bytes:
    out = io.BytesIO()
    signers.PdfTimeStamper(_server()).timestamp_pdf(IncrementalPdfFileWriter(io.BytesIO(data)), "sha256", output=out)
    return out.getvalue()


def _with_proofs(data: bytes) -> bytes:
    certificate, _ = _signer(ec.generate_private_key(ec.SECP256R1()), [])
    out = io.BytesIO(data)
    DocumentSecurityStore.add_dss(out, None, certs=[certificate])
    return out.getvalue()


# ---- parsers that are not of one mind


def _parsers() -> Iterator[tuple[str, Change]]:
    yield "a table and a stream of references", lambda d: _last(d, b"/Prev ", b"/XRefStm 9 /Prev ")
    yield "another root", lambda d: re.sub(rb"/Root \d+ 0 R(?!(?s:.*)/Root)", b"/Root 1 0 R", d)
    yield "encrypted in the trailer", lambda d: _last(d, b"/Prev ", b"/Encrypt<</Filter/Standard>>/Prev ")
    yield "a startxref elsewhere", lambda d: re.sub(rb"startxref\n\d+(?=\n%%EOF\n?\Z)", b"startxref\n17", d)
    yield "an object of another generation", lambda d: d.replace(b"\n5 0 obj", b"\n5 1 obj", 1)
    yield "a free object", lambda d: re.sub(rb"(\d{10}) 00000 n\r\n(?=trailer)", rb"\1 00001 f\r\n", d, count=1)
    yield "names written otherwise", lambda d: d.replace(b"/Catalog", b"/C#61talog", 1)
    yield "a key twice", lambda d: d.replace(b"/Type/Catalog", b"/Type/Page/Type/Catalog", 1)
    yield "an older version", lambda d: d.replace(b"%PDF-1.7", b"%PDF-1.0", 1)
    yield "a script at the front", lambda d: b"#!/bin/sh\n" + d
    yield "a zip behind", lambda d: d + b"PK\x05\x06" + bytes(18)
    yield "a page of HTML at the front", lambda d: b"<html></html>" + d
    yield "of Windows", lambda d: d.replace(b"\n", b"\r\n")
    yield "in UTF-8", lambda d: d.decode("latin-1").encode()
    yield "with a byte order mark", lambda d: b"\xef\xbb\xbf" + d
    yield "a null object more", lambda d: d.replace(b"endobj\n", b"endobj\nnull\n", 1)
    yield "a comment between", lambda d: d.replace(b"endobj\n", b"endobj\n%\n", 1)


def _places() -> Iterator[tuple[str, Change]]:
    """Cut off at every place that means something, and a byte changed there."""
    marks = (b"xref\n", b"trailer\n", b"startxref\n", b"%%EOF\n", b"/ByteRange", b"/Contents", b"endobj\n", b"stream\n")
    for mark in marks:
        yield f"cut off before the last {mark!r}", lambda d, m=mark: d[: d.rindex(m)]  # type: ignore[misc]
        yield f"cut off behind the first {mark!r}", lambda d, m=mark: d[: d.index(m) + len(m)]  # type: ignore[misc]
        yield f"the last {mark!r} spoilt", lambda d, m=mark: _last(d, m, m.swapcase())  # type: ignore[misc]
