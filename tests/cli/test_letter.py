"""`driftklar letter`: a paper or a text, in a language of its own."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from installer_gui import assets
from installer_gui.session import store

from ..support.jobs import HUB, at_endpoint, job, level

Cli = Callable[..., Any]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = job(3, {"mqtt-hub": at_endpoint("tcp.dropped")}, [level("A2", -81)])
    store.save(made, tmp_path / "solen.dkjob")
    return tmp_path / "solen.dkjob"


def pages(path: Path) -> str:
    return subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True, text=True).stdout


def test_the_suffix_decides_between_paper_and_text(driftklar: Cli, path: Path, tmp_path: Path) -> None:
    for name in ("letter.pdf", "letter.TXT"):
        written = driftklar("letter", str(path), "-o", str(tmp_path / name))
        assert (written.code, written.err) == (0, "")
        assert "Firewall openings: 1, other points: 1" in written.out
    assert HUB in pages(tmp_path / "letter.pdf")
    assert HUB in (tmp_path / "letter.TXT").read_text(encoding="utf-8")


def test_the_letter_has_a_language_of_its_own(driftklar: Cli, path: Path, tmp_path: Path) -> None:
    out = tmp_path / "letter.pdf"
    driftklar("letter", str(path), "-o", str(out), "--language", "en")
    assert "Begäran om ändringar i nätverket" in pages(out)
    driftklar("letter", str(path), "-o", str(out), "--paper-language", "nb", "--language", "sv")
    assert "Forespørsel om endringer i nettverket" in pages(out)


def test_a_program_is_told_what_was_asked_for(driftklar: Cli, path: Path, tmp_path: Path) -> None:
    told = driftklar("letter", str(path), "-o", str(tmp_path / "x.txt"), "--format", "json").json
    schema = json.loads(assets.resource("schemas", "letter.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(told)
    (group,) = told["groups"]
    (opening,) = group["openings"]
    assert (opening["host"], opening["port"], opening["transport"], opening["direction"]) == (
        HUB,
        8883,
        "tcp",
        "outgoing",
    )
    assert group["findings"] == [{"code": "wifi.signal-weak", "number": 522, "stations": ["A2"]}]


@pytest.mark.parametrize("name", ["x.docx", "x", ".pdf", "letter.pdf.txt.doc"])
def test_another_kind_of_file_is_one_sentence(driftklar: Cli, path: Path, tmp_path: Path, name: str) -> None:
    told = driftklar("letter", str(path), "-o", str(tmp_path / name))
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert not (tmp_path / name).exists()


def test_nothing_failed_is_one_sentence_and_no_file(driftklar: Cli, path: Path, tmp_path: Path) -> None:
    store.save(job(), path)
    told = driftklar("letter", str(path), "-o", str(tmp_path / "x.pdf"))
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert "nothing to ask for" in told.err
    assert not (tmp_path / "x.pdf").exists()


def test_a_file_that_cannot_be_written_is_one_sentence(driftklar: Cli, path: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    told = driftklar("letter", str(path), "-o", str(tmp_path / "file" / "x.pdf"))
    assert (told.code, told.err.count("\n")) == (2, 1)
