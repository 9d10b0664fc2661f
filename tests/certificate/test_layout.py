"""The pages: standards, determinism, languages, sizes, and names that mean no good."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest

from installer_gui import i18n
from installer_gui.certificate import content as contents
from installer_gui.certificate.content import Content, Draft, encode
from installer_gui.certificate.layout import render
from installer_gui.domain.job import Connection

from .samples import content, hostile, job

HOSTILE = [
    "Garage \U0001f697⚡",
    "充电站 충전소 محطة",
    "abc\u202edef\u2066x",
    "a\x01b\x00c\x7f",
    "#panic(1) *x* $y$ `raw` <label> @ref // \\ #set page()",
    "<svg onload=x>&amp;]]>\"'",
    "\ue000\ufeff\ufffe\U000fffff",
    "ett-mycket-långt-namn-utan-blanksteg" * 12,
    "A\u030asa\u0301 Sáhpmelaš ŋ \ufb01 ½",
    "\u0300" * 50,
]


def drawn(made: Content) -> bytes:
    return render(made, encode(made))


def text_of(pdf: bytes, *options: str) -> str:
    command = ["pdftotext", "-layout", *options, "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_paper_is_accessible_in_every_language(language: str, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(drawn(content(job(6, blocked=True, skipped=True), language)))
    assert problems(path) == []


def problems(path: Path) -> list[str]:
    """Errors of a checker for PDF/UA-1."""
    command = [sys.executable, "-m", "outloud.cli", "--no-info", str(path)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    return [line for line in result.stdout.splitlines() if "ERROR" in line] if result.returncode else []


def test_the_file_says_that_it_is_pdf_a_3a_and_pdf_ua_1() -> None:
    with pikepdf.open(io.BytesIO(drawn(content(job(2))))) as pdf, pdf.open_metadata() as metadata:
        assert metadata["pdfaid:part"] == "3"
        assert metadata["pdfaid:conformance"] == "A"
        assert metadata["pdfuaid:part"] == "1"


def test_the_data_are_attached_byte_for_byte() -> None:
    made = content(job(2))
    with pikepdf.open(io.BytesIO(drawn(made))) as pdf:
        assert list(pdf.attachments) == ["results.json"]
        attached = pdf.attachments["results.json"]
        assert attached.relationship == pikepdf.Name.Source
        assert attached.get_file().read_bytes() == encode(made)


def test_the_same_content_gives_the_same_bytes_on_every_computer(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.write_bytes(encode(content(job(7, blocked=True))))
    one = elsewhere(raw, PYTHONHASHSEED="1", TZ="Europe/Oslo", LC_ALL="C.UTF-8")
    other = elsewhere(raw, PYTHONHASHSEED="2", TZ="Asia/Tokyo", LC_ALL="C")
    assert one == other
    made = content(job(7, blocked=True))
    assert drawn(made) == drawn(made)


def elsewhere(raw: Path, **environment: str) -> bytes:
    """The pages as another process draws them."""
    program = (
        "import sys; from pathlib import Path; from installer_gui.certificate import content, layout; "
        "raw = Path(sys.argv[1]).read_bytes(); sys.stdout.buffer.write(layout.render(content.decode(raw), raw))"
    )
    command = [sys.executable, "-c", program, str(raw)]
    env = {"PATH": os.defpath, **environment}
    return subprocess.run(command, capture_output=True, check=True, env=env, cwd=Path(__file__).parents[2]).stdout


@pytest.mark.parametrize("text", HOSTILE)
def test_no_name_can_stop_a_certificate(text: str) -> None:
    made = content(hostile(text))
    with pikepdf.open(io.BytesIO(drawn(made))) as pdf:
        assert pdf.attachments["results.json"].get_file().read_bytes() == encode(made)
    assert "Underskrift" in text_of(drawn(made), "-l", "1")


def test_a_direction_mark_cannot_show_one_name_as_another() -> None:
    assert "abcdef" in text_of(drawn(content(hostile("abc\u202edef"))))


@pytest.mark.parametrize("stations", [0, 1, 12, 60, 300])
def test_page_one_is_one_page_whatever_the_size(stations: int) -> None:
    pdf = drawn(content(job(stations)))
    first, second = text_of(pdf, "-l", "1"), text_of(pdf, "-f", "2", "-l", "2")
    assert "Underskrift" in first
    assert "Underskrift" not in second


def test_the_worst_stations_come_first_where_not_all_have_room() -> None:
    first = text_of(drawn(content(job(40, weak=0, blocked=True))), "-l", "1")
    assert "A1 " in first
    weak_last = content(job(40, weak=40))
    assert "40 laddstationer" in text_of(drawn(weak_last), "-l", "1")


def test_stations_on_different_connections_say_which() -> None:
    plain = job(3)
    mixed = replace(plain, stations=(*plain.stations[:2], replace(plain.stations[2], connection=Connection.PLC)))
    first = text_of(drawn(content(mixed)), "-l", "1")
    assert all(count in first for count in ("(2)", "(1)"))
    assert first.count("Powerline") == 2
    assert "Powerline" not in text_of(drawn(content(plain)), "-l", "1")


def test_what_was_put_right_stands_on_the_paper_with_its_dates() -> None:
    failed = job(2, blocked=True)
    hub = next(r for r in failed.records if r.check == "mqtt-hub")
    fine = next(r for r in job(2).records if r.check == "mqtt-hub")
    made = content(failed.with_records(replace(fine, started=hub.started + timedelta(hours=1))))
    assert [line.finding.code for line in made.closed] == ["sample.bad"]
    assert "Avvikelser som är åtgärdade" in text_of(drawn(made))
    assert contents.decode(encode(made)) == made


def test_a_table_repeats_its_head_on_every_page() -> None:
    pdf = drawn(content(job(120)))
    pages = text_of(pdf).split("\f")
    tables = [page for page in pages if page.count("ZPR1") > 20]
    assert len(tables) >= 2
    assert all("Serienummer" in page for page in tables)


@pytest.mark.parametrize(("language", "word"), [("sv", "UTKAST"), ("nb", "UTKAST"), ("en", "DRAFT")])
def test_a_draft_says_so_on_every_page_and_stays_accessible(language: str, word: str, tmp_path: Path) -> None:
    pdf = drawn(content(job(30), language, (Draft.UNSIGNED,)))
    pages = pikepdf.open(io.BytesIO(pdf)).pages
    assert text_of(pdf).count(word) >= len(pages)
    path = tmp_path / "draft.pdf"
    path.write_bytes(pdf)
    assert problems(path) == []


def test_a_signed_paper_is_no_draft() -> None:
    assert "UTKAST" not in text_of(drawn(content(job(3))))


def test_a_simulated_site_says_demo_on_every_page() -> None:
    pdf = drawn(content(job(30, demo="garage")))
    assert text_of(pdf).count("DEMO") >= len(pikepdf.open(io.BytesIO(pdf)).pages)
    assert "DEMO" not in text_of(drawn(content(job(30))))


def test_the_code_on_page_one_is_the_number_and_the_checksum() -> None:
    made = content(job(2))
    expected = f"EVC1:{made.certificate_id}:{hashlib.sha256(encode(made)).hexdigest()[:32]}"
    with pikepdf.open(io.BytesIO(drawn(made))) as pdf:
        assert expected in str(pdf.docinfo["/Keywords"])


def test_the_paper_speaks_the_languages_that_are_offered() -> None:
    titles = {text_of(drawn(content(job(1), language)), "-l", "1").split()[0] for language in i18n.LANGUAGES}
    assert titles == {"Driftsättningsintyg", "Idriftsettingsprotokoll", "Commissioning"}


def test_content_and_layout_belong_together() -> None:
    made = content(job(1))
    assert made.renderer.typst.startswith("0.15")
    assert contents.decode(encode(made)).renderer == made.renderer


def test_a_short_name_stands_whole_so_that_it_can_be_found() -> None:
    made = job(2, weak=2)
    named = replace(made, stations=tuple(replace(s, id=f"P1-00{i}") for i, s in enumerate(made.stations)), records=())
    assert "P1-\u200b" not in text_of(drawn(content(named)))
    assert text_of(drawn(content(named))).count("P1-000") > 2


def test_all_stations_of_a_clean_site_need_no_order() -> None:
    clean, weak = (text_of(drawn(content(job(60, weak=weak), "en")), "-l", "1") for weak in (0, 1))
    assert "of 60 charging stations; all of them" in clean
    assert "of 60 charging stations, deviations first" in weak
