"""`driftklar bundle`: looked at before it is written, and written as a whole."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from installer_gui import app, assets
from installer_gui.session import store

from ..support.jobs import at_endpoint, hostile, job

Cli = Callable[..., Any]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    store.save(job(3, {"mqtt-hub": at_endpoint("tcp.dropped")}), tmp_path / "solen.dkjob")
    return tmp_path / "solen.dkjob"


def validate(document: Any) -> None:
    schema = json.loads(assets.resource("schemas", "bundle.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(document)


def test_it_is_written_and_the_sender_is_asked_to_read_it(driftklar: Cli, path: Path, tmp_path: Path) -> None:
    out = tmp_path / "solen.zip"
    told = driftklar("bundle", str(path), "-o", str(out))
    assert (told.code, told.err) == (0, "")
    assert "Read through its contents before you send it." in told.out
    with zipfile.ZipFile(out) as archive:
        assert archive.testzip() is None
        assert all(name in told.out for name in archive.namelist() if name != "manifest.json")


def test_a_program_is_told_what_went_in(driftklar: Cli, path: Path, tmp_path: Path) -> None:
    out = tmp_path / "solen.zip"
    told = driftklar("bundle", str(path), "-o", str(out), "--format", "json").json
    validate(told)
    with zipfile.ZipFile(out) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert told == {**manifest, "file": str(out)}


def test_a_preview_shows_everything_that_would_be_sent_and_writes_nothing(
    driftklar: Cli, path: Path, tmp_path: Path
) -> None:
    out = tmp_path / "solen.zip"
    told = driftklar("bundle", str(path), "-o", str(out), "--preview")
    assert told.code == 0
    assert not out.exists()
    assert driftklar("bundle", str(path), "-o", str(out)).code == 0
    with zipfile.ZipFile(out) as archive:
        for name in ("judgement.txt", "job.dkjob", "evidence.csv"):
            assert all(line in told.out for line in archive.read(name).decode().splitlines())
    asked = driftklar("bundle", str(path), "--preview", "--format", "json").json
    validate(asked)
    assert asked["file"] is None


def test_what_is_left_out_stays_and_what_is_included_goes_along(driftklar: Cli, path: Path, tmp_path: Path) -> None:
    out = tmp_path / "solen.zip"
    chosen = ("--leave-out", "log,evidence", "--include", "serials,network")
    told = driftklar("bundle", str(path), "-o", str(out), *chosen, "--format", "json").json
    assert told["left_out"] == ["evidence", "log"]
    with zipfile.ZipFile(out) as archive:
        assert "evidence.csv" not in archive.namelist()
        assert "Laddnät-Ö" in archive.read("job.dkjob").decode()


def test_the_programs_log_goes_along_redacted(driftklar: Cli, path: Path, tmp_path: Path) -> None:
    out = tmp_path / "solen.zip"
    app.log_file().parent.mkdir(parents=True, exist_ok=True)
    app.log_file().write_text("2026-11-25 ERROR x psk=Sommar2026 at f8:1a:67:0c:2e:41\n", encoding="utf-8")
    assert driftklar("bundle", str(path), "-o", str(out)).code == 0
    with zipfile.ZipFile(out) as archive:
        log = archive.read("log.txt").decode()
    assert "ERROR x psk=[secret-1]" in log
    assert "Sommar" not in log


def test_twice_the_same_is_the_same(driftklar: Cli, path: Path, tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        driftklar("bundle", str(path), "-o", str(tmp_path / name))
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


@pytest.mark.parametrize(
    "more",
    [
        (),
        ("-o", "x.zip", "--leave-out", "versions"),
        ("-o", "x.zip", "--leave-out", "everything"),
        ("-o", "x.zip", "--include", "keys"),
        ("-o", "."),
    ],
)
def test_wrong_use_is_one_sentence(
    driftklar: Cli, path: Path, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...]
) -> None:
    monkeypatch.chdir(path.parent)
    told = driftklar("bundle", str(path), *more)
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)


def test_a_hostile_job_neither_stops_it_nor_reaches_the_terminal(driftklar: Cli, path: Path, tmp_path: Path) -> None:
    store.save(hostile("\x1b[2J\u202egnp.exe 🚗 =cmd()"), path)
    told = driftklar("bundle", str(path), "--preview")
    assert told.code == 0
    assert "\x1b" not in told.out
    assert "\u202e" not in told.out
    assert driftklar("bundle", str(path), "-o", str(tmp_path / "x.zip")).code == 0
    assert zipfile.is_zipfile(io.BytesIO((tmp_path / "x.zip").read_bytes()))
