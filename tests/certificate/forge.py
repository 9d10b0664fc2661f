"""Ways to change a signed certificate, by somebody without the key and by somebody who has it."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pikepdf
from asn1crypto import cms, core, parser
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from installer_gui.certificate import structure
from installer_gui.certificate.appearance import Appearance
from installer_gui.certificate.content import Content, encode
from installer_gui.certificate.identity import Unlocked
from installer_gui.certificate.layout import render
from installer_gui.certificate.sign import sign

from .samples import NOW

P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
Change = Callable[[bytes], bytes]
HEX = re.compile(rb"<([0-9A-F]{1000,})>")


def pages_of(signed: bytes) -> bytes:
    return signed[: structure.revisions(signed)[0].end]


# ---- without the key: bytes


def without_key() -> Iterator[tuple[str, Change]]:
    yield from _bytes()
    yield from _holes()
    yield from _updates()
    yield from _rewritten()


def _bytes() -> Iterator[tuple[str, Change]]:
    yield "a line end more", lambda d: d + b"\n"
    yield "a blank more", lambda d: d + b" "
    yield "a comment more", lambda d: d + b"% nothing\n"
    yield "zeros more", lambda d: d + bytes(512)
    yield "another end mark", lambda d: d + b"%%EOF\n"
    yield "doubled", lambda d: d + d
    yield "pages once more", lambda d: d + pages_of(d)
    yield "pages before", lambda d: pages_of(d) + d
    yield "noise before", lambda d: b"\n" + d
    yield "a byte less", lambda d: d[:-1]
    yield "a kilobyte less", lambda d: d[:-1024]
    yield "half", lambda d: d[: len(d) // 2]
    yield "signature cut off", pages_of
    yield "another header", lambda d: d.replace(b"%PDF-1.7", b"%PDF-1.4", 1)
    yield "carriage returns", lambda d: d.replace(b"\nendobj\n", b"\rendobj\n")
    yield "a name changed", lambda d: d.replace(b"/Alt", b"/Alu", 1)
    yield "another signer's name", lambda d: d.replace(b"Elektro Nord", b"Elektra Nord")
    yield "another time", lambda d: re.sub(rb"/M \(D\\0722026", rb"/M (D\\0722025", d)
    yield "changes allowed", lambda d: d.replace(b"/P 1\n", b"/P 3\n")
    yield "first object twice", lambda d: d[: d.index(b"2 0 obj")] + d[d.index(b"1 0 obj") :]


def _holes() -> Iterator[tuple[str, Change]]:
    yield "small letters", lambda d: HEX.sub(lambda m: b"<" + m[1].lower() + b">", d)
    yield "one small letter", lambda d: HEX.sub(lambda m: b"<" + m[1].replace(b"A", b"a", 1) + b">", d)
    yield "a digit in the padding", lambda d: HEX.sub(lambda m: b"<" + m[1][:-1] + b"1>", d)
    yield "blanks in the padding", lambda d: HEX.sub(lambda m: b"<" + m[1][:-2] + b"  >", d)
    yield "padding before", lambda d: HEX.sub(lambda m: b"<" + b"00" + m[1][:-2] + b">", d)
    yield "no signature in it", lambda d: HEX.sub(lambda m: b"<" + b"0" * len(m[1]) + b">", d)
    yield "the other of two equal signatures", lambda d: with_cms(d, mirror)
    yield "an unsigned attribute", lambda d: with_cms(d, unsigned_attribute)
    yield "a second certificate", lambda d: with_cms(d, lambda c: c["certificates"].append(c["certificates"][0]))
    yield "a second signer", lambda d: with_cms(d, lambda c: c["signer_infos"].append(c["signer_infos"][0]))
    yield "another version", lambda d: with_cms(d, lambda c: c.__setitem__("version", "v3"))
    yield "attributes in another order", lambda d: put_cms(d, _reorder(cms_of(d)))
    yield "an indefinite length", lambda d: put_cms(d, _indefinite(cms_of(d)))
    yield (
        "a longer hole",
        lambda d: re.sub(rb"/ByteRange \[0 (\d+)", lambda m: b"/ByteRange [0 %d" % (int(m[1]) - 9), d),
    )
    yield "ranges that overlap", lambda d: re.sub(rb"(/ByteRange \[0 \d+) (\d+)", rb"\1 100", d)


def cms_of(data: bytes) -> bytes:
    *_, head, content, end = parser.parse(bytes.fromhex(HEX.findall(data)[0].decode()))
    return bytes(head + content + end)


def put_cms(data: bytes, der: bytes) -> bytes:
    room = len(HEX.findall(data)[0])
    return HEX.sub(lambda m: b"<" + der.hex().upper().encode().ljust(room, b"0")[:room] + b">", data)


def with_cms(data: bytes, change: Callable[[Any], Any]) -> bytes:
    content = cms.ContentInfo.load(cms_of(data))
    change(content["content"])
    return put_cms(data, content.dump(force=True))


def mirror(signed: Any) -> None:
    """The other of the two signatures that ECDSA allows."""
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

    info = signed["signer_infos"][0]
    r, s = decode_dss_signature(info["signature"].native)
    info["signature"] = encode_dss_signature(r, P256_ORDER - s)


def unsigned_attribute(signed: Any) -> None:
    attribute = cms.CMSAttribute({"type": "2.5.4.3", "values": [core.UTF8String("Mallory")]})
    signed["signer_infos"][0]["unsigned_attrs"] = cms.CMSAttributes([attribute])


def _reorder(der: bytes) -> bytes:
    """The signed attributes in reverse; DER sorts a set, so this has to be done by hand."""
    attributes = cms.ContentInfo.load(der)["content"]["signer_infos"][0]["signed_attrs"]
    backwards = b"".join(attribute.dump() for attribute in reversed(list(attributes)))
    assert len(backwards) == len(attributes.contents)
    return der.replace(attributes.contents, backwards)


def _indefinite(der: bytes) -> bytes:
    """The same object with an outer length that BER allows and DER does not."""
    return b"\x30\x80" + der[4:] + b"\x00\x00"


# ---- without the key: incremental updates


def _updates() -> Iterator[tuple[str, Change]]:
    yield "an empty update", lambda d: updated(d, lambda w: w._update_meta())
    yield "only a new date", lambda d: updated(d, lambda w: w.update_root())
    yield "needs appearances", lambda d: updated(d, _need_appearances)
    yield "an action on opening", lambda d: updated(d, lambda w: _set_root(w, "/OpenAction", _javascript()))
    yield "a note", lambda d: updated(d, lambda w: _annotate(w, "/Text"))
    yield "text over the page", lambda d: updated(d, lambda w: _annotate(w, "/FreeText"))
    yield "a highlight", lambda d: updated(d, lambda w: _annotate(w, "/Highlight"))
    yield "the field moved", lambda d: updated(d, _move_field)
    yield "the field's look emptied", lambda d: updated(d, _empty_look)
    yield "the page covered", lambda d: updated(d, _cover)
    yield "another attachment", lambda d: updated(d, _replace_attachment)
    yield "a second attachment", lambda d: updated(d, _second_attachment)
    yield "the certification removed", lambda d: updated(d, lambda w: _drop_root(w, "/Perms"))
    yield "the form removed", lambda d: updated(d, lambda w: _drop_root(w, "/AcroForm"))
    yield "a store for proofs", lambda d: updated(d, lambda w: _set_root(w, "/DSS", generic.DictionaryObject()))
    yield "pages in another order", lambda d: updated(d, _reverse_pages)
    yield "layers", lambda d: updated(d, lambda w: _set_root(w, "/OCProperties", generic.DictionaryObject()))
    yield "another title", lambda d: updated(d, _retitle)
    yield "another language", lambda d: updated(d, lambda w: _set_root(w, "/Lang", generic.pdf_string("en")))
    yield "own bytes: a catalogue", own_update


def updated(data: bytes, change: Callable[[IncrementalPdfFileWriter], Any]) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def own_update(data: bytes) -> bytes:
    """A new catalogue written by hand, as the attacks on signatures do."""
    root = int(re.findall(rb"/Root (\d+) 0 R", data)[-1])
    table = int(re.findall(rb"startxref\n(\d+)", data)[-1])
    old = re.search(rb"\n%d 0 obj\n(<<.*?)\nendobj" % root, data, re.DOTALL)
    assert old is not None
    at = len(data)
    body = b"%d 0 obj\n%s\nendobj\n" % (root, old[1].replace(b"/Lang", b"/Lamg"))
    tail = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<<\n/Size 9999\n/Root %d 0 R\n/Prev %d\n>>\nstartxref\n%d\n%%%%EOF\n"
    return data + body + tail % (root, at, root, table, at + len(body))


def _set_root(writer: IncrementalPdfFileWriter, key: str, value: Any) -> None:
    writer.root[key] = value
    writer.update_root()


def _drop_root(writer: IncrementalPdfFileWriter, key: str) -> None:
    del writer.root[key]
    writer.update_root()


def _javascript() -> generic.DictionaryObject:
    return generic.DictionaryObject(
        {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): generic.pdf_string("app.alert(1)")}
    )


def _need_appearances(writer: IncrementalPdfFileWriter) -> None:
    form = writer.root["/AcroForm"]
    form["/NeedAppearances"] = generic.BooleanObject(True)
    writer.update_container(form)


def _page(writer: IncrementalPdfFileWriter) -> Any:
    return writer.root["/Pages"]["/Kids"][0]


def _annotate(writer: IncrementalPdfFileWriter, kind: str) -> None:
    box = generic.ArrayObject([generic.NumberObject(n) for n in (40, 700, 500, 800)])
    note = generic.DictionaryObject(
        {pdf_name("/Type"): pdf_name("/Annot"), pdf_name("/Subtype"): pdf_name(kind), pdf_name("/Rect"): box}
    )
    note["/Contents"] = generic.pdf_string("Godkänd")
    page = _page(writer)
    page["/Annots"].append(writer.add_object(note))
    writer.update_container(page["/Annots"])


def _move_field(writer: IncrementalPdfFileWriter) -> None:
    field = _page(writer)["/Annots"][0]
    field["/Rect"] = generic.ArrayObject([generic.NumberObject(0)] * 4)
    writer.update_container(field)


def _empty_look(writer: IncrementalPdfFileWriter) -> None:
    field = _page(writer)["/Annots"][0]
    field["/AP"] = generic.DictionaryObject()
    writer.update_container(field)


def _cover(writer: IncrementalPdfFileWriter) -> None:
    page = _page(writer)
    cover = writer.add_object(generic.StreamObject(stream_data=b"1 1 1 rg 0 0 600 900 re f"))
    page["/Contents"] = generic.ArrayObject([page.raw_get("/Contents"), cover])
    writer.update_container(page)


def _replace_attachment(writer: IncrementalPdfFileWriter) -> None:
    stream = writer.root["/AF"][0]["/EF"]["/F"]
    stream._data = stream.data.replace(b"warn", b"pass")
    stream._encoded_data = None
    writer.update_container(stream)


def _second_attachment(writer: IncrementalPdfFileWriter) -> None:
    names = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
    names.extend([generic.pdf_string("more.json"), names.raw_get(1)])
    writer.update_root()


def _reverse_pages(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    pages["/Kids"] = generic.ArrayObject(
        list(reversed([pages["/Kids"].raw_get(i) for i in range(len(pages["/Kids"]))]))
    )
    writer.update_container(pages)


def _retitle(writer: IncrementalPdfFileWriter) -> None:
    info = writer.trailer["/Info"]
    info["/Title"] = generic.pdf_string("Godkänt")
    writer.update_container(info)


# ---- without the key: written anew by another program


def _rewritten() -> Iterator[tuple[str, Change]]:
    yield "saved by another program", lambda d: saved(d, lambda pdf: None)
    yield "saved for the web", lambda d: saved(d, lambda pdf: None, linearize=True)
    yield (
        "saved with object streams",
        lambda d: saved(d, lambda pdf: None, object_stream_mode=pikepdf.ObjectStreamMode.generate),
    )
    yield "saved encrypted", lambda d: saved(d, lambda pdf: None, encryption=pikepdf.Encryption(owner="x", user=""))
    yield "saved with another attachment", lambda d: saved(d, _other_attachment)
    yield "saved without attachment", lambda d: saved(d, lambda pdf: pdf.attachments.__delitem__("results.json"))
    yield "saved without its form", lambda d: saved(d, _without_form)
    yield "saved with a page less", lambda d: saved(d, lambda pdf: pdf.pages.__delitem__(1))


def saved(data: bytes, change: Callable[[pikepdf.Pdf], Any], **options: Any) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(out, **options)
    return out.getvalue()


def _without_form(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/AcroForm"], pdf.pages[0]["/Annots"]


def _other_attachment(pdf: pikepdf.Pdf) -> None:
    del pdf.attachments["results.json"]
    pdf.attachments["results.json"] = pikepdf.AttachedFileSpec(pdf, b"{}", filename="results.json")


# ---- with a key: files that are signed as they are, and lie all the same


def resigned(signed: bytes, by: Unlocked) -> bytes:
    """The same pages under somebody else's signature."""
    look = Appearance((by.identity.name, by.identity.organisation), "Installatörens underskrift", "Intyg")
    return sign(pages_of(signed), by, look, NOW)


def spoilt(pages: bytes, change: Callable[[pikepdf.Pdf], Any]) -> bytes:
    """The pages changed before signing, written as plainly as possible."""
    return saved(pages, change, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)


def patched(pages: bytes, number: int, change: Callable[[bytes], bytes], extra: bytes = b"") -> bytes:
    """One object's text changed, `extra` objects added; the table is made to fit, so nothing looks broken."""
    head, tail = pages[: pages.rindex(b"xref\n0 ")], pages[pages.rindex(b"trailer\n") :]
    pattern = re.compile(rb"(?<=\n%d 0 obj\n).*?(?=\nendobj\n)" % number, re.DOTALL)
    body = pattern.sub(lambda m: change(m[0]), head, count=1) + extra
    at = {int(m[1]): m.start() for m in re.finditer(rb"(?<=\n)(\d+) 0 obj\n", body)}
    size = max(at) + 1
    rows = b"".join(b"%010d 00000 n\r\n" % at[i] if i in at else b"0000000000 65535 f\r\n" for i in range(size))
    tail = re.sub(rb"/Size \d+", b"/Size %d" % size, tail)
    tail = re.sub(rb"startxref\n\d+", b"startxref\n%d" % len(body), tail)
    return body + b"xref\n0 %d\n" % size + rows + tail


def root_of(pages: bytes) -> int:
    return int(re.findall(rb"/Root (\d+) 0 R", pages)[-1])


def lying(made: Content) -> tuple[bytes, bytes]:
    """Data that say "passed", and pages that were drawn from them but with the number of the real ones."""
    document = json.loads(encode(made))
    document["verdict"] = "passed"
    raw = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return raw, render(made, raw)


def other_pages(made: Content, raw: bytes) -> bytes:
    """Pages of another site that carry these data and their checksum."""
    return render(replace(made, site=replace(made.site, name="Brf Annanstans")), raw)
