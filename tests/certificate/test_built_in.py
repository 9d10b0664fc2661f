"""What a key holder builds into the pages before signing them: readers would show, fetch or choke on it."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from installer_gui.certificate import appearance, deep, pagetext, structure
from installer_gui.certificate.reasons import Outcome, Reason, Refused
from installer_gui.certificate.sign import sign

from . import forge
from .conftest import Office
from .samples import NOW, job

Patch = Callable[[bytes], bytes]
QUICK_S = 5.0


def signed(office: Office, pages: bytes) -> bytes:
    return sign(pages, office.me, appearance.of(office.content(job(3))), NOW)


def tree_of(pages: bytes) -> int:
    return int(re.findall(rb"/Pages (\d+) 0 R", pages)[0])


@pytest.mark.parametrize(
    "patch",
    [
        lambda tree: re.sub(rb"/Kids\[(\d+ 0 R)", rb"/Kids[\1 \1", tree),
        lambda tree: re.sub(rb" \d+ 0 R\]", rb"]", tree),
        lambda tree: re.sub(rb" \d+ 0 R\]", rb" 1 0 R]", tree),
        lambda tree: re.sub(rb"/Count \d+", rb"/Count 1", tree),
        lambda tree: tree.replace(b"/Kids", b"/Rotate 180/Kids"),
    ],
    ids=["a page twice", "a page left out", "a loop", "another number", "turned upside down"],
)
def test_the_list_of_pages_shows_every_page_once(office: Office, honest: bytes, patch: Patch) -> None:
    pages = forge.pages_of(honest)
    spoilt = forge.patched(pages, tree_of(pages), patch)
    assert spoilt != pages
    assert office.examine(signed(office, spoilt)).reasons == (Reason.STRUCTURE,)


def test_no_page_has_a_file_of_its_own(office: Office, honest: bytes) -> None:
    pages = forge.pages_of(honest)
    page = int(re.findall(rb"/Kids\[\d+ 0 R (\d+)", pages)[0])
    file = re.findall(rb"/AF\[(\d+) 0 R\]", pages)[0]
    spoilt = forge.patched(pages, page, lambda text: text[:-2] + b"/AF[%s 0 R]>>" % file)
    assert office.examine(signed(office, spoilt)).reasons == (Reason.STRUCTURE,)


@pytest.mark.parametrize(
    "patch",
    [
        lambda text: text.replace(b"/Filter", b"/F(other.json)/Filter", 1),
        lambda text: re.sub(rb"/Params<</Size \d+", rb"/Params<</Size 1", text, count=1),
    ],
    ids=["the data are in another file", "another size"],
)
def test_the_data_are_the_ones_in_the_file(office: Office, honest: bytes, patch: Patch) -> None:
    pages = forge.pages_of(honest)
    number = int(re.findall(rb"/EF<</F (\d+) 0 R", pages)[0])
    spoilt = forge.patched(pages, number, patch)
    assert spoilt != pages
    assert office.examine(signed(office, spoilt)).reasons == (Reason.ATTACHMENT,)


@pytest.mark.parametrize(
    "entry",
    [
        b"/K " + b"9" * 4_000_000,
        b"/K[" + b"1 0 " * 1_000_000 + b"]",
        b"/K[" + b"1 0 R " * 1_000_000 + b"]",
        b"/Alt(" + b"\\(" * 100_000,
        b"/Alt" + b"(" * 100_000,
    ],
    ids=["a long number", "almost references", "many references", "a string without an end", "strings in strings"],
)
def test_what_takes_a_reader_long_is_refused_at_once(office: Office, honest: bytes, entry: bytes) -> None:
    pages = forge.pages_of(honest)
    spoilt = forge.patched(pages, forge.root_of(pages), lambda text: text[:-2] + entry + b">>")
    began = time.process_time()
    assert office.examine(spoilt + honest[len(pages) :]).outcome is Outcome.INVALID
    assert time.process_time() - began < QUICK_S


def test_more_objects_than_any_certificate_has_are_refused() -> None:
    head = b"%010d 00000 n\r\n" * 200_000 % tuple(range(200_000))
    table = b"xref\n0 200001\n0000000000 65535 f\r\n" + head + b"trailer\n<</Size 200001/Root 1 0 R>>\nstartxref\n"
    with pytest.raises(Refused):
        structure._table(table, 0, len(table))


def test_pages_that_all_show_one_huge_stream_are_refused(honest: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagetext, "LARGEST", 40_000)
    with pytest.raises(Refused):
        tuple(pagetext.texts(PdfFileReader(io.BytesIO(honest))))


def test_more_stations_than_can_be_drawn_are_compared_by_their_words(
    office: Office, honest: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deep, "_MOST", 1)
    assert Reason.TEXT_ONLY in office.examine(honest, deep=True).reasons


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"EVC1:", b"EVC2:"),
        (b"<x:xmpmeta", b'<!DOCTYPE x [<!ENTITY a "b">]><x:xmpmeta'),
        (b"<x:xmpmeta", b"<!-- passed --><x:xmpmeta"),
    ],
    ids=["another number", "a document type", "a comment"],
)
def test_drawing_again_finds_metadata_that_signing_did_not_write(
    office: Office, monkeypatch: pytest.MonkeyPatch, old: bytes, new: bytes
) -> None:
    from pyhanko.pdf_utils.metadata import xmp_xml

    serialise = xmp_xml.serialise_xmp

    def spoilt(roots: object, out: io.BytesIO) -> None:
        plain = io.BytesIO()
        serialise(roots, plain)  # type: ignore[arg-type]  # whatever pyHanko hands over
        assert old in plain.getvalue()
        out.write(plain.getvalue().replace(old, new, 1))

    made = office.content(job(1))
    with monkeypatch.context() as patch:
        patch.setattr(xmp_xml, "serialise_xmp", spoilt)
        forged = office.sign(made)
    assert office.examine(forged).outcome is Outcome.VALID
    assert office.examine(forged, deep=True).outcome is Outcome.INVALID
