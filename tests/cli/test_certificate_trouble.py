"""Signing where something is wrong: one clear sentence each, and nothing that was there is lost."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from installer_gui import app
from installer_gui.certificate import timestamp, vault
from installer_gui.certificate.holder import Holder
from installer_gui.certificate.identity import Identity
from installer_gui.i18n import LANGUAGES

from .test_certificate import Cli, job, paper  # noqa: F401  # fixtures

ASA = Holder("Åsa", "El AB")
MOUNTS = os.name == "posix" and os.geteuid() == 0


@pytest.fixture(autouse=True)
def _no_keychain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "keychain", lambda: None)
    monkeypatch.delenv("DRIFTKLAR_PASSPHRASE", raising=False)


def _made(days: int, passphrase: str | None = None) -> Identity:
    """An identity that was made that many days ago."""
    return app.identities().create(ASA, datetime.now().astimezone() - timedelta(days=days), passphrase)


def _lost_keychain(monkeypatch: pytest.MonkeyPatch) -> Identity:
    class Chain:
        kept = ""

        def set_password(self, service: str, name: str, secret: str) -> None:
            self.kept = secret

    chain = Chain()
    with monkeypatch.context() as patch:
        patch.setattr(vault, "keychain", lambda: chain)
        return _made(0)


def _wrong(monkeypatch: pytest.MonkeyPatch) -> Identity:
    monkeypatch.setenv("DRIFTKLAR_PASSPHRASE", "fel")
    return _made(0, "rätt")


def _revoked(_: pytest.MonkeyPatch) -> Identity:
    from installer_gui.certificate.identity import Status

    made = _made(0)
    return app.identities().end(made, Status.REVOKED, datetime.now().astimezone())


TROUBLES: dict[str, tuple[Callable[[pytest.MonkeyPatch], Identity], str]] = {
    "wrong passphrase": (_wrong, "wrong passphrase"),
    "no passphrase": (lambda _: _made(0, "rätt"), "DRIFTKLAR_PASSPHRASE"),
    "revoked": (_revoked, "cannot sign any more"),
    "not yet valid, or a wrong clock": (lambda _: _made(-30), "clock"),
    "no keychain": (_lost_keychain, "keychain"),
}


@pytest.mark.parametrize("name", TROUBLES)
def test_it_is_one_sentence_and_the_old_file_stays(
    driftklar: Cli,
    job: Path,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    make, word = TROUBLES[name]
    identity, out = make(monkeypatch), tmp_path / "x.pdf"
    out.write_bytes(b"old")
    for language in LANGUAGES:
        told = driftklar("certificate", str(job), "-o", str(out), "--identity", identity.id, "--language", language)
        assert (told.code, told.out, out.read_bytes()) == (2, "", b"old")
        assert len(told.err.strip().splitlines()) == 1
    told = driftklar("certificate", str(job), "-o", str(out), "--identity", identity.id)
    assert word in told.err


def test_an_expired_certificate_leaves_a_draft_and_says_so(
    driftklar: Cli,
    job: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    identity, out = _made(4 * 365), tmp_path / "x.pdf"
    told = driftklar("certificate", str(job), "-o", str(out), "--identity", identity.id)
    assert (told.code, told.out) == (2, "")
    assert "expired" in told.err
    seen = driftklar("verify", str(out), "--format", "json")
    assert (seen.code, seen.json["reasons"]) == (1, ["unsigned"])


@pytest.mark.parametrize("signed", [True, False])
def test_an_expired_certificate_s_draft_takes_no_file_s_place(
    driftklar: Cli,
    job: Path,  # noqa: F811
    paper: Path,  # noqa: F811
    signed: bool,
) -> None:
    if not signed:
        paper.write_bytes(b"old")
    old, identity = paper.read_bytes(), _made(4 * 365)
    for language in LANGUAGES:
        told = driftklar("certificate", str(job), "-o", str(paper), "--identity", identity.id, "--language", language)
        assert (told.code, told.out, paper.read_bytes()) == (2, "", old)
        assert len(told.err.strip().splitlines()) == 1
    assert [path.name for path in paper.parent.glob("*.pdf")] == [paper.name]


@contextmanager
def _server(answer: bytes) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: Any) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_timestamp_server_that_returns_rubbish_costs_only_the_timestamp(
    driftklar: Cli,
    job: Path,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(timestamp, "PATIENCE_S", 1.0)
    identity = _made(0).id
    with _server(b"\x30\x03\x02\x01\x07 <html>") as url:
        monkeypatch.setenv("DRIFTKLAR_TSA", url)
        made = driftklar("certificate", str(job), "-o", str(tmp_path / "x.pdf"), "--identity", identity)
    assert made.code == 0
    assert len(made.err.strip().splitlines()) == 1
    assert driftklar("verify", str(tmp_path / "x.pdf")).code == 3


@contextmanager
def _mounted(folder: Path, options: str) -> Iterator[None]:
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


@pytest.mark.lab
@pytest.mark.skipif(not MOUNTS, reason="only root mounts")
def test_a_full_disk_is_one_sentence_and_the_old_file_stays(
    driftklar: Cli,
    job: Path,  # noqa: F811
    paper: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    with _mounted(disk, "size=96k"):
        (disk / "x.pdf").write_bytes(b"old")
        told = driftklar("certificate", str(job), "-o", str(disk / "x.pdf"))
        assert (told.code, told.out) == (2, "")
        assert "No space left" in told.err
        assert [(path.name, path.read_bytes()) for path in disk.iterdir()] == [("x.pdf", b"old")]


@pytest.mark.lab
@pytest.mark.skipif(not MOUNTS, reason="only root mounts")
def test_a_folder_that_can_only_be_read_is_one_sentence(
    driftklar: Cli,
    job: Path,  # noqa: F811
    paper: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    with _mounted(disk, "ro"):
        told = driftklar("certificate", str(job), "-o", str(disk / "x.pdf"))
        assert (told.code, told.out) == (2, "")
        assert "Read-only file system" in told.err
        assert len(told.err.strip().splitlines()) == 1


@pytest.mark.lab
@pytest.mark.skipif(not MOUNTS, reason="only root mounts")
def test_an_identity_on_a_full_disk_is_one_sentence_and_none_is_left_half(
    driftklar: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("DRIFTKLAR_HOME", str(home))
    with _mounted(home, "size=4k"):
        told = driftklar("identity", "create", "--name", "Åsa")
        assert (told.code, told.out) == (2, "")
        assert len(told.err.strip().splitlines()) == 1
        assert driftklar("identity", "show", "--format", "json").json["identities"] == []
