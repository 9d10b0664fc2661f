"""A signed certificate, as other people's programs see it."""

from __future__ import annotations

import asyncio
import io
import re
import subprocess
from pathlib import Path

import pikepdf
import pytest

from installer_gui import i18n
from installer_gui.certificate import widget
from installer_gui.certificate.content import encode
from installer_gui.certificate.layout import render

from .conftest import Office
from .samples import content, job
from .test_layout import problems


def run(*command: str | Path) -> str:
    result = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)
    return result.stdout + result.stderr


def test_the_pages_are_the_beginning_of_the_signed_file(office: Office) -> None:
    made = office.content(job(2))
    assert office.sign(made).startswith(render(made, encode(made)))


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_poppler_says_that_the_signature_is_valid_and_covers_everything(
    office: Office, language: str, tmp_path: Path
) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(office.signed(job(6), language))
    said = run("pdfsig", "-nocert", path)
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "not total" not in said.lower()
    assert "InstallerSignature" in said


def test_qpdf_finds_nothing_wrong(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(office.signed(job(60)))
    said = run("qpdf", "--check", path)
    assert "No syntax or stream encoding errors found" in said
    assert "WARNING" not in said


def test_it_is_still_accessible_and_still_says_which_standards_it_keeps(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(office.signed(job(4)))
    assert problems(path) == []
    with pikepdf.open(path) as pdf, pdf.open_metadata() as metadata:
        assert metadata["pdfaid:conformance"] == "A"
        assert metadata["pdfuaid:part"] == "1"


def test_every_font_is_embedded_also_the_signatures(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(office.signed(job(2)))
    lines = run("pdffonts", path).splitlines()[2:]
    assert lines
    assert all(re.search(r" yes yes yes +\d+", line) for line in lines)
    assert "Courier" not in "".join(lines)


def test_the_signature_stands_in_the_frame_that_the_page_draws(office: Office) -> None:
    with pikepdf.open(io.BytesIO(office.signed(job(2)))) as pdf:
        (field,) = pdf.pages[0]["/Annots"]
        assert [float(n) for n in field["/Rect"]] == list(widget.BOX)
        frame = find_frame(pdf.pages[0])
    assert all(abs(a - b) <= 1.0 for a, b in zip(frame, widget.BOX, strict=True))


def find_frame(page: pikepdf.Page) -> tuple[float, float, float, float]:
    """The one stroked box of the frame's size, from the page's drawing operators."""
    width, height = widget.BOX[2] - widget.BOX[0], widget.BOX[3] - widget.BOX[1]
    matrix, stack, points, boxes = pikepdf.Matrix(), [], [], []
    for instruction in pikepdf.parse_content_stream(page):
        operands, operator = [*instruction.operands], str(instruction.operator)
        if operator == "q":
            stack.append(matrix)
        elif operator == "Q":
            matrix = stack.pop()
        elif operator == "cm":
            matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
        elif operator in ("m", "l", "c"):
            if operator == "m":
                points = []
            points.append(matrix.transform((float(operands[-2]), float(operands[-1]))))
        elif operator == "S" and points:
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            if abs(max(xs) - min(xs) - width) < 2 and abs(max(ys) - min(ys) - height) < 2:
                boxes.append((min(xs), min(ys), max(xs), max(ys)))
    (box,) = boxes
    return box


def test_what_the_frame_says_is_told_to_screen_readers_too(office: Office) -> None:
    with pikepdf.open(io.BytesIO(office.signed(job(2)))) as pdf:
        (field,) = pdf.pages[0]["/Annots"]
        element = pdf.Root["/StructTreeRoot"]["/K"][0]["/K"][-1]
        assert element["/S"] == pikepdf.Name.Form
        assert element["/K"]["/Obj"].objgen == field.objgen
        assert "Åsa Björkqvist-Ødegård" in str(element["/Alt"])
        assert str(field["/TU"]) == "Installatörens elektroniska underskrift"


def test_it_certifies_and_allows_no_change(office: Office) -> None:
    with pikepdf.open(io.BytesIO(office.signed(job(2)))) as pdf:
        signature = pdf.Root["/Perms"]["/DocMDP"]
        assert signature["/SubFilter"] == pikepdf.Name("/ETSI.CAdES.detached")
        assert int(signature["/Reference"][0]["/TransformParams"]["/P"]) == 1


def test_signing_works_while_an_event_loop_is_running(office: Office) -> None:
    async def inside() -> bytes:
        return office.signed(job(1))

    assert office.examine(asyncio.run(inside())).intact


def test_nobody_can_make_a_second_signature_out_of_the_first(office: Office) -> None:
    from asn1crypto import cms
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

    from .forge import P256_ORDER

    for _ in range(6):
        data = office.signed(job(1))
        der = bytes.fromhex(re.findall(rb"<([0-9A-F]{1000,})>", data)[0].decode())
        signature = cms.ContentInfo.load(der)["content"]["signer_infos"][0]["signature"].native
        assert decode_dss_signature(signature)[1] <= P256_ORDER // 2


def test_the_draft_of_an_unsigned_paper_says_so_in_the_frame() -> None:
    from installer_gui.certificate.content import Draft

    from .test_layout import text_of

    made = content(job(1), draft=(Draft.UNSIGNED,))
    assert "Ej undertecknat" in text_of(render(made, encode(made)), "-l", "1")
