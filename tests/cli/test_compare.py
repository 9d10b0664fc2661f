"""`driftklar compare`: only papers that can be relied on, and an exit code that scripts can act on."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from installer_gui import assets
from installer_gui.certificate import vault
from installer_gui.domain.job import Job
from installer_gui.session import store

from ..support.jobs import at_endpoint, hostile, job, level

Cli = Callable[..., Any]
WORSE = {"mqtt-hub": at_endpoint("tcp.dropped")}


@pytest.fixture(autouse=True)
def _no_keychain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "keychain", lambda: None)
    monkeypatch.delenv("DRIFTKLAR_PASSPHRASE", raising=False)


@pytest.fixture
def paper(driftklar: Cli, tmp_path: Path) -> Callable[..., Path]:
    def make(name: str, made: Job, *more: str) -> Path:
        store.save(made, tmp_path / f"{name}.dkjob")
        assert (
            driftklar("certificate", str(tmp_path / f"{name}.dkjob"), "-o", str(tmp_path / f"{name}.pdf"), *more).code
            == 0
        )
        return tmp_path / f"{name}.pdf"

    return make


def validated(document: Any) -> Any:
    schema = json.loads(assets.resource("schemas", "compare.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(document)
    return document


def test_nothing_worse_is_0_and_something_worse_is_1(driftklar: Cli, paper: Callable[..., Path]) -> None:
    old, new = paper("old", job(2)), paper("new", job(2, WORSE))
    assert driftklar("compare", str(old), str(old)).code == 0
    assert driftklar("compare", str(old), str(new)).code == 1
    assert driftklar("compare", str(new), str(old)).code == 0


def test_it_says_what_changed_and_that_the_signer_is_not_known(driftklar: Cli, paper: Callable[..., Path]) -> None:
    old, new = paper("old", job(2)), paper("new", job(2, WORSE, [level("A2", -79, 11)]))
    told = driftklar("compare", str(old), str(new))
    assert "worse    Verdict: Passed → Not passed" in told.out
    assert "worse    zapcloud.azure-devices.net answers on MQTT: pass → fail" in told.out
    assert "Outgoing TCP 8883 to zapcloud.azure-devices.net is blocked (no.\u00a0400)" in told.out
    assert "worse    A2: Signal (P20): −58 dBm → −79 dBm" in told.out.replace("\u00a0", " ")
    assert "changed  A2: Channel: 6 → 11" in told.out
    assert told.err.count("the signature cannot be confirmed") == 2
    assert "sämre" in driftklar("compare", str(old), str(new), "--language", "sv").out


def test_a_certificate_is_compared_with_a_job_as_it_stands(driftklar: Cli, paper: Callable[..., Path]) -> None:
    old = paper("old", job(2))
    store.save(job(2, WORSE), old.with_suffix(".new.dkjob"))
    told = driftklar("compare", str(old), str(old.with_suffix(".new.dkjob")), "--format", "json")
    found = validated(told.json)
    assert (told.code, found["worse"], found["summary"]) == (1, True, {"worse": 2, "better": 0, "changed": 0})
    assert (found["old"]["kind"], found["old"]["signature"]) == ("certificate", "untrusted")
    assert (found["new"]["kind"], found["new"]["signature"]) == ("job", None)
    assert [change["kind"] for change in found["changes"]] == ["verdict", "endpoint"]
    assert found["changes"][1]["faults"] == {"old": [], "new": ["tcp.dropped"]}


def test_every_kind_of_change_holds_to_the_published_shape(driftklar: Cli, paper: Callable[..., Path]) -> None:
    old, new = paper("old", job(3)), paper("new", hostile("\x1b[2J🚗"))
    found = validated(driftklar("compare", str(old), str(new), "--format", "json").json)
    assert found["remarks"] == ["other-site"]
    assert validated(driftklar("compare", str(new), str(old), "--format", "json").json)
    (event,) = driftklar("compare", str(old), str(new), "--format", "jsonl").lines
    assert event["event"] == "compare"


def test_the_same_change_at_many_stations_is_one_line(driftklar: Cli, paper: Callable[..., Path]) -> None:
    old = paper("old", job(40))
    store.save(job(40, records=[level(f"A{i}", -85, 11) for i in range(1, 41)]), old.with_suffix(".new.dkjob"))
    out = driftklar("compare", str(old), str(old.with_suffix(".new.dkjob"))).out
    assert "A1, A2, A3, A4, A5, A6, A7, A8 … (40): Channel: 6 → 11" in out
    assert len(out.splitlines()) < 20


def test_levels_that_differ_by_chance_are_in_the_data_but_not_in_the_way(
    driftklar: Cli, paper: Callable[..., Path]
) -> None:
    old = paper("old", job(1))
    newer = old.with_suffix(".new.dkjob")
    store.save(job(1, records=[level("A1", -60)]), newer)
    assert "Signal" not in driftklar("compare", str(old), str(newer)).out
    (change,) = validated(driftklar("compare", str(old), str(newer), "--format", "json").json)["changes"]
    assert (change["kind"], change["direction"], change["new"]) == ("level", "changed", {"value": -60.0, "unit": "dBm"})


def test_a_signer_who_is_known_need_not_be_mentioned(driftklar: Cli, paper: Callable[..., Path]) -> None:
    old, new = paper("old", job(1)), paper("new", job(1))
    trusted = old.with_suffix(".pem")
    assert driftklar("identity", "export", "-o", str(trusted)).code == 0
    told = driftklar("compare", str(old), str(new), "--trust-list", str(trusted), "--format", "json")
    assert (told.code, told.err, told.json["old"]["signature"]) == (0, "", "valid")


def test_a_paper_that_was_altered_is_refused(driftklar: Cli, paper: Callable[..., Path]) -> None:
    old, new = paper("old", job(1)), paper("new", job(1))
    data = bytearray(new.read_bytes())
    data[len(data) // 2] ^= 1
    new.write_bytes(data)
    for argv in ((old, new), (new, old)):
        told = driftklar("compare", *map(str, argv))
        assert (told.code, told.out) == (2, "")
        assert f"{new} cannot be relied on and is not compared" in told.err


def test_an_unsigned_draft_is_refused(driftklar: Cli, paper: Callable[..., Path]) -> None:
    old, draft = paper("old", job(1)), paper("draft", job(1), "--unsigned")
    assert driftklar("compare", str(old), str(draft)).code == 2
    assert driftklar("compare", str(draft), str(old)).code == 2


@pytest.mark.parametrize(
    "argv",
    [(), ("old.pdf",), ("none.pdf", "old.pdf"), ("old.pdf", "none.dkjob"), ("old.dkjob", "old.pdf"), ("old.pdf", ".")],
)
def test_wrong_use_is_one_sentence(
    driftklar: Cli, paper: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, argv: tuple[str, ...]
) -> None:
    monkeypatch.chdir(paper("old", job(1)).parent)
    told = driftklar("compare", *argv)
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("driftklar: ")
    assert len(told.err.splitlines()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="has no such files")
@pytest.mark.parametrize("name", ["pipe", "folder", "loop", "closed.pdf", "none", "file/below", "/dev/zero", ""])
def test_what_is_no_file_that_can_be_read_is_one_sentence(
    driftklar: Cli, paper: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    good = paper("old", job(1))
    monkeypatch.chdir(good.parent)
    os.mkfifo("pipe")
    Path("folder").mkdir()
    Path("loop").symlink_to("loop")
    Path("file").touch()
    Path("closed.pdf").write_bytes(good.read_bytes())
    _close(Path("closed.pdf"), monkeypatch)
    for argv in (("compare", good.name, name), ("compare", name, good.name), ("open", name, "--data")):
        told = driftklar(*argv)
        assert (told.code, told.out) == (2, "")
        assert told.err.startswith("driftklar: ")
        assert len(told.err.splitlines()) == 1


def _close(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody read it; to the administrator, who may, a file that cannot be opened is played."""
    closed.chmod(0)
    plain = Path.open

    def refuse(path: Path, *options: Any, **more: Any) -> Any:
        if path == closed:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return plain(path, *options, **more)

    monkeypatch.setattr(Path, "open", refuse)


@pytest.mark.parametrize("name", ["empty.pdf", "noise.pdf", "cut.pdf", "added.pdf", "draft.pdf", "job.pdf"])
def test_data_are_shown_of_certificates_only_and_the_rest_is_one_line(
    driftklar: Cli, paper: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    good = paper("old", job(1))
    paper("draft", job(1), "--unsigned")
    monkeypatch.chdir(good.parent)
    data = good.read_bytes()
    made = {"empty.pdf": b"", "noise.pdf": bytes(3000), "cut.pdf": data[:5000], "added.pdf": data + b"x"}
    for other, content in {**made, "job.pdf": Path("old.dkjob").read_bytes()}.items():
        Path(other).write_bytes(content)
    for argv, code in (
        (("open", name, "--data"), 1),
        (("compare", good.name, name), 2),
        (("compare", name, "old.pdf"), 2),
    ):
        told = driftklar(*argv)
        assert (told.code, told.out) == (code, "")
        assert name in told.err
        assert len(told.err.splitlines()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="files have no such names")
def test_a_file_name_that_is_meant_to_harm_does_not_reach_the_terminal(
    driftklar: Cli, paper: Callable[..., Path]
) -> None:
    good = paper("old", job(1))
    bad = good.rename(good.with_name("x\x1b[31m\nred\u202e.pdf"))
    for argv, lines in ((("compare", str(bad), str(bad)), 2), (("open", str(bad), "--data"), 1)):
        told = driftklar(*argv)
        assert (told.code, len(told.err.splitlines())) == (0, lines)
        assert "\x1b" not in told.err
        assert "\u202e" not in told.err


def test_names_that_are_meant_to_harm_do_not_reach_the_terminal(driftklar: Cli, paper: Callable[..., Path]) -> None:
    old, new = paper("old", job(2)), paper("new", hostile("\x1b[2J\u202egnp.exe"))
    told = driftklar("compare", str(old), str(new))
    assert told.code == 1
    assert "\x1b" not in told.out + told.err
    assert "\u202e" not in told.out + told.err
