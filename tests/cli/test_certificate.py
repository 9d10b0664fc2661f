"""`driftklar certificate`, `verify`, `open` and `identity`, as acceptance calls them."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from installer_gui import app, assets
from installer_gui.certificate import vault
from installer_gui.domain.finding import Finding
from installer_gui.domain.outcome import Measured
from installer_gui.domain.record import Record
from installer_gui.gui import paperwork
from installer_gui.session import store

Cli = Callable[..., Any]
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _no_keychain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "keychain", lambda: None)
    monkeypatch.delenv("DRIFTKLAR_PASSPHRASE", raising=False)


@pytest.fixture
def job(driftklar: Cli, tmp_path: Path) -> Path:
    path = tmp_path / "solen.dkjob"
    made = driftklar(
        "job", "new", "-o", str(path), "--site-name", "Brf Solen", "--company", "El AB", "--person", "Åsa",
        "--station", "A1,garage,ZPR012345", "--connection", "lte-m", "--paper-language", "nb",
    )  # fmt: skip
    assert made.code == 0, made.err
    return path


@pytest.fixture
def paper(driftklar: Cli, job: Path, tmp_path: Path) -> Path:
    out = tmp_path / "solen.pdf"
    assert driftklar("certificate", str(job), "-o", str(out)).code == 0
    return out


def validate(name: str, document: Any) -> None:
    Draft202012Validator(json.loads(assets.resource("schemas", f"{name}.json").read_text("utf-8"))).validate(document)


def pages(path: Path) -> str:
    return subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True, text=True).stdout


def test_a_bare_computer_signs_at_the_first_go_and_says_how_the_key_is_kept(
    driftklar: Cli, job: Path, tmp_path: Path
) -> None:
    made = driftklar("certificate", str(job), "-o", str(tmp_path / "x.pdf"), "--format", "json")
    assert made.code == 0
    assert made.json["signed"]
    assert made.json["draft"] == ["incomplete"]
    assert "file permissions only" in made.err
    again = driftklar("certificate", str(job), "-o", str(tmp_path / "y.pdf"), "--format", "json")
    assert again.json["fingerprint"] == made.json["fingerprint"]
    assert again.json["certificate_id"] != made.json["certificate_id"]
    assert again.err == ""


def test_the_paper_has_a_language_of_its_own(driftklar: Cli, job: Path, paper: Path, tmp_path: Path) -> None:
    assert "Idriftsettingsprotokoll" in pages(paper)
    driftklar("certificate", str(job), "-o", str(tmp_path / "x.pdf"), "--paper-language", "sv", "--language", "en")
    assert "Driftsättningsintyg" in pages(tmp_path / "x.pdf")


def test_intact_but_unknown_is_3_and_known_is_0(driftklar: Cli, paper: Path, tmp_path: Path) -> None:
    assert driftklar("verify", str(paper)).code == 3
    assert driftklar("identity", "export", "-o", str(tmp_path / "trust.pem")).code == 0
    seen = driftklar("verify", str(paper), "--trust-list", str(tmp_path / "trust.pem"), "--deep", "--format", "json")
    assert seen.code == 0
    validate("verify", seen.json)
    assert (seen.json["verdict"], seen.json["deep"]) == ("valid", "match")
    assert seen.json["signer"]["name"] == "Åsa"
    assert seen.json["results_sha256"] == hashlib.sha256(_data(driftklar, paper)).hexdigest()


def _data(driftklar: Cli, paper: Path) -> bytes:
    return driftklar("open", str(paper), "--data").out.encode()


def test_a_list_in_json_is_as_good(driftklar: Cli, paper: Path, tmp_path: Path) -> None:
    shown = driftklar("identity", "show", "--format", "json").json
    validate("identities", shown)
    (mine,) = shown["identities"]
    trusted = {"schema": "driftklar.trust/1", "seq": 1, "pinned": [{"cert_sha256": mine["fingerprint"]}]}
    validate("trust", trusted)
    (tmp_path / "trust.json").write_text(json.dumps(trusted))
    assert driftklar("verify", str(paper), "--trust-list", str(tmp_path / "trust.json")).code == 0


def test_an_altered_file_is_1_and_its_data_are_not_shown(driftklar: Cli, paper: Path) -> None:
    data = bytearray(paper.read_bytes())
    data[len(data) // 2] ^= 1
    paper.write_bytes(data)
    seen = driftklar("verify", str(paper), "--format", "json")
    assert (seen.code, seen.json["verdict"]) == (1, "invalid")
    opened = driftklar("open", str(paper), "--data")
    assert (opened.code, opened.out) == (1, "")


def test_of_several_files_the_worst_counts_and_all_are_reported(driftklar: Cli, paper: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.pdf"
    other.write_bytes(b"%PDF-1.7 nothing")
    seen = driftklar("verify", str(paper), str(other), "--format", "json")
    assert seen.code == 1
    assert [document["verdict"] for document in seen.json] == ["untrusted", "not-ours"]
    lines = driftklar("verify", str(tmp_path), "--format", "jsonl")
    assert lines.code == 1
    assert {Path(line["file"]).name for line in lines.lines} == {"solen.pdf", "other.pdf"}


@pytest.mark.parametrize(
    "argv",
    [
        ("verify", "none.pdf"),
        ("verify", "."),
        ("verify", "x.pdf", "--trust-list", "none.json"),
        ("open", "none.pdf", "--data"),
        ("certificate", "none.dkjob", "-o", "x.pdf"),
        ("identity", "show", "deadbeef"),
        ("identity", "export"),
        ("identity", "request"),
        ("identity", "import", "x.p12"),
        ("identity", "backup", "--format", "json"),
        ("identity",),
        ("open", "none.pdf"),
    ],
)
def test_wrong_use_is_2_and_one_line(
    driftklar: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, argv: tuple[str, ...]
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    told = driftklar(*argv)
    assert (told.code, told.out) == (2, "")
    assert len(told.err.strip().splitlines()) == 1


def test_an_unsigned_paper_is_a_draft_that_verify_refuses(driftklar: Cli, job: Path, tmp_path: Path) -> None:
    made = driftklar("certificate", str(job), "-o", str(tmp_path / "x.pdf"), "--unsigned", "--format", "json")
    assert (made.json["signed"], "unsigned" in made.json["draft"]) == (False, True)
    seen = driftklar("verify", str(tmp_path / "x.pdf"), "--format", "json")
    assert (seen.code, seen.json["verdict"], seen.json["reasons"]) == (1, "not-ours", ["unsigned"])
    assert driftklar("open", str(tmp_path / "x.pdf"), "--data").code == 1


def test_a_passphrase_comes_from_a_file_or_the_environment(
    driftklar: Cli, job: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret, out = tmp_path / "secret", str(tmp_path / "x.pdf")
    secret.write_text("korrekt häst\n", encoding="utf-8")
    made = driftklar("identity", "create", "--name", "Åsa", "--company", "El AB", "--passphrase-file", str(secret))
    assert "passphrase" in made.out
    assert driftklar("certificate", str(job), "-o", out, "--passphrase-file", str(secret)).code == 0
    refused = driftklar("certificate", str(job), "-o", out)
    assert refused.code == 2
    assert "DRIFTKLAR_PASSPHRASE" in refused.err
    monkeypatch.setenv("DRIFTKLAR_PASSPHRASE", "fel")
    assert "wrong passphrase" in driftklar("certificate", str(job), "-o", out).err
    monkeypatch.setenv("DRIFTKLAR_PASSPHRASE", "korrekt häst")
    assert driftklar("certificate", str(job), "-o", out).code == 0


def test_an_identity_is_chosen_by_its_id(driftklar: Cli, job: Path, tmp_path: Path) -> None:
    made = driftklar("identity", "create", "--name", "Björn", "--company", "El AB", "--format", "json").json
    chosen = made["identities"][0]["id"]
    driftklar("certificate", str(job), "-o", str(tmp_path / "x.pdf"), "--identity", chosen)
    seen = driftklar("verify", str(tmp_path / "x.pdf"), "--format", "json").json
    assert seen["signer"]["name"] == "Björn"
    assert "other-name" in seen["reasons"]


def test_a_practice_identity_signs_no_real_job_nor_the_other_way_round(
    driftklar: Cli, computer: Any, job: Path, tmp_path: Path
) -> None:
    out = str(tmp_path / "x.pdf")
    real = driftklar("certificate", str(job), "-o", out, "--format", "json").json["fingerprint"][:8]
    computer.demo = "healthy"
    played = str(tmp_path / "played.dkjob")
    assert driftklar("job", "new", "-o", played, "--person", "Åsa", "--company", "El AB").code == 0
    assert driftklar("certificate", played, "-o", out).code == 0
    seen = driftklar("verify", out, "--format", "json").json
    assert seen["signer"]["name"] == "DEMO Åsa"
    assert "demo" in seen["reasons"]
    assert driftklar("certificate", played, "-o", out, "--identity", real).code == 2
    assert driftklar("certificate", str(job), "-o", out, "--identity", seen["signer"]["fingerprint"][:8]).code == 2


def test_a_job_that_names_nobody_is_signed_and_the_gap_is_told(driftklar: Cli, tmp_path: Path) -> None:
    nobody = str(tmp_path / "nobody.dkjob")
    assert driftklar("job", "new", "-o", nobody).code == 0
    made = driftklar("certificate", nobody, "-o", str(tmp_path / "x.pdf"))
    assert made.code == 0
    assert "names no installer" in made.err


def test_fingerprints_are_shown_in_groups_of_four(driftklar: Cli, paper: Path) -> None:
    shown = driftklar("identity", "show").out
    full = driftklar("identity", "show", "--format", "json").json["identities"][0]["fingerprint"]
    assert " ".join(full[i : i + 4] for i in range(0, 64, 4)) in " ".join(shown.split())


def test_a_bug_is_70_and_never_a_verdict(driftklar: Cli, paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from installer_gui.certificate import verify

    monkeypatch.setattr(verify, "examine", lambda *_: 1 // 0)
    assert driftklar("verify", str(paper)).code == 70


def test_it_works_as_a_process_without_terminal_and_with_any_file_name(job: Path, tmp_path: Path) -> None:
    out = tmp_path / "-övrigt ⚡ $(x).pdf"
    env = {"PATH": os.defpath, "HOME": str(tmp_path / "bare"), "LC_ALL": "C"}
    command = [sys.executable, "-m", "installer_gui"]

    def run(*argv: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*command, *argv], cwd=ROOT, env=env, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )

    made = run("certificate", str(job), "-o", str(out))
    assert made.returncode == 0, made.stderr
    seen = run("verify", str(out), "--format", "json")
    assert (seen.returncode, json.loads(seen.stdout)["verdict"]) == (3, "untrusted")
    (key,) = (tmp_path / "bare" / ".config" / "driftklar" / "keys").iterdir()
    assert key.stat().st_mode & 0o077 == 0
    opened = run("open", str(out), "--data")
    assert hashlib.sha256(opened.stdout).hexdigest() == json.loads(seen.stdout)["results_sha256"]


def test_roots_that_were_replaced_in_a_run_are_named_on_the_certificate(
    driftklar: Cli, job: Path, tmp_path: Path
) -> None:
    now = datetime.now().astimezone()
    seen = Record("mqtt-hub", now, 0.1, Measured((Finding("mqtt.answered"),)), trust_anchors="custom")
    store.save(store.load(job).with_records(seen), job)
    out = tmp_path / "custom.pdf"
    assert driftklar("certificate", str(job), "-o", str(out)).code == 0
    assert json.loads(driftklar("open", str(out), "--data").out)["profile"]["trust_anchors"] == "custom"
    wizard = paperwork.sign(store.load(job), app.identities(), tmp_path).path
    for paper in (out, Path(wizard)):
        assert "egne rotsertifikater" in pages(paper)


def test_the_certificate_that_is_replaced_is_named(driftklar: Cli, job: Path, paper: Path, tmp_path: Path) -> None:
    old, out = driftklar("verify", str(paper), "--format", "json").json, tmp_path / "new.pdf"
    assert driftklar("certificate", str(job), "-o", str(out), "--replaces", str(paper)).code == 0
    assert f"utgave 2, erstatter {old['certificate_id']} (utgave 1)" in " ".join(pages(out).split())
    data = json.loads(driftklar("open", str(out), "--data").out)
    assert data["replaces"] == {
        "certificate_id": old["certificate_id"],
        "results_sha256": old["results_sha256"],
        "revision": 1,
    }
    third = tmp_path / "third.pdf"
    assert driftklar("certificate", str(job), "-o", str(third), "--replaces", str(out)).code == 0
    assert json.loads(driftklar("open", str(third), "--data").out)["revision"] == 3
    paper.write_bytes(paper.read_bytes()[:-2])
    for gone in (paper, tmp_path / "none.pdf"):
        told = driftklar("certificate", str(job), "-o", str(out), "--replaces", str(gone))
        assert (told.code, told.out, len(told.err.strip().splitlines())) == (2, "", 1)


def test_the_certificate_of_another_job_is_replaced_without_a_new_revision(
    driftklar: Cli, paper: Path, tmp_path: Path
) -> None:
    other, out = str(tmp_path / "other.dkjob"), tmp_path / "new.pdf"
    assert driftklar("job", "new", "-o", other, "--person", "Åsa", "--company", "El AB").code == 0
    assert driftklar("certificate", other, "-o", str(out), "--replaces", str(paper)).code == 0
    data = json.loads(driftklar("open", str(out), "--data").out)
    assert data["revision"] == 1
    assert (
        data["replaces"]["certificate_id"] == driftklar("verify", str(paper), "--format", "json").json["certificate_id"]
    )


def test_a_certificate_is_kept_when_another_is_written_under_its_name(driftklar: Cli, job: Path, paper: Path) -> None:
    old, number = paper.read_bytes(), driftklar("verify", str(paper), "--format", "json").json["certificate_id"]
    made = driftklar("certificate", str(job), "-o", str(paper), "--replaces", str(paper))
    assert made.code == 0
    kept = paper.with_name(f"{paper.stem}-{number}.pdf")
    assert kept.read_bytes() == old
    assert paper.read_bytes() != old
    (line,) = made.err.splitlines()
    assert str(kept) in line


def test_no_draft_is_written_over_a_certificate(driftklar: Cli, job: Path, paper: Path, tmp_path: Path) -> None:
    old = paper.read_bytes()
    told = driftklar("certificate", str(job), "-o", str(paper), "--unsigned")
    assert (told.code, told.out, paper.read_bytes()) == (2, "", old)
    assert len(told.err.strip().splitlines()) == 1
    draft = tmp_path / "draft.pdf"
    draft.touch()
    for _ in range(2):
        assert driftklar("certificate", str(job), "-o", str(draft), "--unsigned").code == 0
