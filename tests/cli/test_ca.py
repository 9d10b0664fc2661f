"""`driftklar ca` and the life of an identity, from the request to the revocation, for distributor and installer."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from installer_gui.certificate import batch, trust, vault
from installer_gui.certificate.reasons import Outcome, Reason

from .test_certificate import validate

Cli = Callable[..., Any]


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(vault, "keychain", lambda: None)
    monkeypatch.setenv("DRIFTKLAR_PASSPHRASE", "korrekt häst")
    monkeypatch.setenv("DRIFTKLAR_FILE_PASSWORD", "batteri häftklammer")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def house(driftklar: Cli) -> Any:
    """An authority and an installer whom it vouches for."""
    made = driftklar("ca", "init", "--name", "Laddgrossisten AB", "--format", "json")
    assert made.code == 0, made.err
    validate("ca", made.json)
    asked = driftklar("identity", "request", "--name", "Åsa", "--company", "El AB", "-o", "me.csr", "--format", "json")
    validate("request", asked.json)
    issued = driftklar("ca", "issue", "me.csr", "-o", "me.pem", "--format", "json")
    validate("ca", issued.json)
    assert driftklar("identity", "install", "me.pem").code == 0
    assert driftklar("job", "new", "-o", "x.dkjob", "--person", "Åsa", "--company", "El AB").code == 0
    assert driftklar("certificate", "x.dkjob", "-o", "x.pdf").code == 0
    return issued.json["issued"][0]


def listed(driftklar: Cli, name: str, *options: str) -> Path:
    made = driftklar("ca", "trust-list", "-o", name, *options)
    assert made.code == 0, made.err
    validate("trust", json.loads(Path(name).read_bytes()))
    return Path(name)


def test_an_installer_is_trusted_until_the_distributor_revokes(driftklar: Cli, house: Any) -> None:
    assert driftklar("verify", "x.pdf").code == 3
    first = str(listed(driftklar, "1.json"))
    seen = driftklar("verify", "x.pdf", "--trust-list", first, "--deep", "--format", "json")
    assert (seen.code, seen.json["signer"]["level"]) == (0, "distributor-issued")
    revoked = driftklar("ca", "revoke", house["serial"], "--reason", "keyCompromise", "--format", "json")
    validate("ca", revoked.json)
    assert revoked.json["issued"][0]["status"] == "revoked"
    second = str(listed(driftklar, "2.json"))
    after = driftklar("verify", "x.pdf", "--trust-list", second, "--format", "json")
    assert (after.code, after.json["reasons"][0]) == (1, "key-lost")
    back = driftklar("verify", "x.pdf", "--trust-list", first)
    assert (back.code, "edition" in back.err) == (2, True)


def test_the_register_tells_whom_it_vouches_for(driftklar: Cli, house: Any) -> None:
    shown = driftklar("ca", "list").out
    assert house["cert_sha256"][:8] in shown
    assert "Åsa, El AB" in shown
    validate("ca", driftklar("ca", "list", "--format", "json").json)


def test_the_words_that_both_read_to_each_other_are_the_same(driftklar: Cli) -> None:
    driftklar("ca", "init", "--name", "Laddgrossisten AB")
    asked = driftklar("identity", "request", "--name", "Åsa", "-o", "me.csr").err
    issued = driftklar("ca", "issue", "me.csr", "-o", "me.pem").err
    assert asked.strip().rpartition(": ")[2] == issued.strip().rpartition(": ")[2]


def test_who_signed_the_list_can_be_asked_for(driftklar: Cli, house: Any) -> None:
    root = driftklar("ca", "list", "--format", "json").json["root_pem"]
    Path("root.pem").write_text(root)
    Path("me-alone.pem").write_text(driftklar("identity", "export").out)
    path = str(listed(driftklar, "1.json"))
    assert driftklar("verify", "x.pdf", "--trust-list", path, "--trust-root", "root.pem").code == 0
    assert driftklar("verify", "x.pdf", "--trust-list", path, "--trust-root", "me-alone.pem").code == 2


def test_a_signer_of_their_own_can_be_enrolled_and_forgotten(driftklar: Cli, house: Any) -> None:
    made = driftklar("identity", "create", "--name", "Björn", "--format", "json").json["identities"][0]
    Path("bjorn.pem").write_text(made["pem"])
    assert driftklar("certificate", "x.dkjob", "-o", "b.pdf", "--identity", made["id"]).code == 0
    first = listed(driftklar, "1.json", "--pin", "bjorn.pem", "--enrolled-by", "Support")
    assert driftklar("verify", "b.pdf", "--trust-list", str(first)).code == 0
    second = listed(driftklar, "2.json", "--unpin", made["fingerprint"][:12])
    assert driftklar("verify", "b.pdf", "--trust-list", str(second)).code == 3


def test_a_backup_is_the_identity_again_on_another_computer(
    driftklar: Cli, house: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = driftklar("identity", "show", "--format", "json").json["identities"][0]
    assert driftklar("identity", "backup", "-o", "me.p12").code == 0
    monkeypatch.setenv("DRIFTKLAR_HOME", str(Path("elsewhere").absolute()))
    taken = driftklar("identity", "import", "me.p12", "--yes", "--format", "json")
    validate("identities", taken.json)
    assert taken.json["identities"][0]["fingerprint"] == before["fingerprint"]
    assert driftklar("certificate", "x.dkjob", "-o", "y.pdf").code == 0
    monkeypatch.setenv("DRIFTKLAR_FILE_PASSWORD", "fel")
    refused = driftklar("identity", "import", "me.p12", "--yes")
    assert (refused.code, len(refused.err.strip().splitlines())) == (2, 1)
    short = driftklar("identity", "backup", "-o", "short.p12")
    assert (short.code, Path("short.p12").exists()) == (2, False)


def test_a_new_key_takes_over_and_the_old_one_signs_no_more(driftklar: Cli) -> None:
    old = driftklar("identity", "create", "--name", "Åsa", "--format", "json").json["identities"][0]
    new = driftklar("identity", "rotate", "--format", "json").json["identities"][0]
    assert new["fingerprint"] != old["fingerprint"]
    known = {i["id"]: i["status"] for i in driftklar("identity", "show", "--format", "json").json["identities"]}
    assert known == {old["id"]: "retired", new["id"]: "active"}
    assert driftklar("identity", "rotate", old["id"]).code == 2
    assert driftklar("identity", "revoke", new["id"]).code == 0
    assert driftklar("identity", "backup", new["id"], "-o", "x.p12").code == 2


def test_an_issued_identity_is_renewed_by_a_new_request(driftklar: Cli, house: Any) -> None:
    (old,) = driftklar("identity", "show", "--format", "json").json["identities"]
    asked = driftklar("identity", "rotate", "-o", "new.csr", "--format", "json")
    validate("request", asked.json)
    assert driftklar("certificate", "x.dkjob", "-o", "meanwhile.pdf").code == 0
    assert driftklar("ca", "issue", "new.csr", "-o", "new.pem").code == 0
    assert driftklar("identity", "install", "new.pem").code == 0
    known = {i["id"]: i["status"] for i in driftklar("identity", "show", "--format", "json").json["identities"]}
    assert known.pop(old["id"]) == "retired"
    assert list(known.values()) == ["active"]


# ---- many files


@pytest.fixture
def folder(driftklar: Cli, house: Any) -> Path:
    many = Path("many")
    (many / "deeper").mkdir(parents=True)
    paper = Path("x.pdf").read_bytes()
    for number in range(24):
        (many / "deeper" / f"{number:02d}.PDF").write_bytes(paper)
    (many / "altered.pdf").write_bytes(paper[:-9] + b"x" + paper[-8:])
    (many / "empty.pdf").write_bytes(b"")
    (many / "notes.txt").write_text("no certificate")
    os.mkfifo(many / "pipe.pdf")
    return many


def test_a_folder_is_verified_in_processes_and_one_bad_file_stops_nothing(driftklar: Cli, folder: Path) -> None:
    trusted = str(listed(driftklar, "1.json"))
    seen = driftklar("verify", str(folder), "--trust-list", trusted, "--jobs", "2", "--format", "jsonl")
    verdicts = {Path(line["file"]).name: line["verdict"] for line in seen.lines}
    bad = {"altered.pdf": "invalid", "empty.pdf": "not-ours", "pipe.pdf": "not-ours"}
    assert verdicts == bad | {f"{n:02d}.PDF": "valid" for n in range(24)}
    assert [line["file"] for line in seen.lines] == sorted((line["file"] for line in seen.lines), key=_place)
    assert seen.code == 1
    validate_each(seen.lines)


def _place(file: str) -> tuple[int, str]:
    return len(Path(file).parts), file


def validate_each(documents: list[Any]) -> None:
    for document in documents:
        validate("verify", document)


@pytest.fixture
def killed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Process numbers of the crew, as they are started."""
    started: list[int] = []
    start = batch._Worker._start

    def noted(worker: batch._Worker) -> None:
        start(worker)
        started.append(worker._process.pid)

    monkeypatch.setattr(batch._Worker, "_start", noted)
    return started


def test_a_process_that_is_killed_costs_one_file(folder: Path, killed: list[int]) -> None:
    paths = sorted((folder / "deeper").iterdir())
    question = batch.Question(trust.EMPTY, datetime.now(UTC))
    found = batch.examine_all(paths, question, workers=1)
    results = [next(found)]
    os.kill(killed[-1], signal.SIGSTOP)  # so that it surely has a file in hand
    time.sleep(0.01)
    os.kill(killed[-1], signal.SIGKILL)
    results += found
    assert [path for path, _ in results] == paths
    lost = [one for _, one in results if one.outcome is not Outcome.UNTRUSTED]
    assert len(lost) <= 1
    assert all(one.reasons == (Reason.DAMAGED,) for one in lost)


def test_a_file_that_takes_too_long_is_given_up(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "START_S", 0.0)
    paths = sorted((folder / "deeper").iterdir())[:2]
    question = batch.Question(trust.EMPTY, datetime.now(UTC))
    found = [one for _, one in batch.examine_all(paths, question, workers=1, patience_s=0.0)]
    assert [one.reasons for one in found] == [(Reason.TOO_SLOW,)] * 2
