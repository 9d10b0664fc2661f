"""Reading and writing whole files."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from installer_gui import files
from installer_gui.errors import BadInput


def test_folders_are_made_on_the_way(tmp_path: Path) -> None:
    files.write(tmp_path / "a" / "b" / "c.txt", b"x")
    assert files.read(tmp_path / "a" / "b" / "c.txt") == b"x"


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(handle: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(files.os, "fsync", interrupted)
        with pytest.raises(KeyboardInterrupt):
            files.write(tmp_path / "x", b"x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="has no device files")
def test_a_device_is_never_replaced_by_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for place in (pipe, tmp_path):
        with pytest.raises(BadInput) as caught:
            files.write(place, b"x")
        assert caught.value.code == "input.not-a-file"
    assert pipe.is_fifo()


def test_what_cannot_be_looked_at_is_there_and_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    assert files.is_folder(tmp_path)
    monkeypatch.setattr(Path, "stat", refuse)
    monkeypatch.setattr(Path, "lstat", refuse)
    assert not files.is_folder(tmp_path)
    assert not files.missing(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="has no device files")
def test_what_is_no_file_is_told_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").touch()
    files.must_be_file(tmp_path / "file")
    for name, code in (("pipe", "not-a-file"), (".", "not-a-file"), ("none", "no-such-file"), ("file/x", "unreadable")):
        with pytest.raises(BadInput) as caught:
            files.must_be_file(tmp_path / name)
        assert caught.value.code == f"input.{code}"


@pytest.mark.parametrize("name", ["file/below", "x" * 300])
def test_a_place_that_cannot_be_is_one_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    for refused in (lambda: files.write(tmp_path / name, b"x"), lambda: files.read(tmp_path / name)):
        with pytest.raises(BadInput) as caught:
            refused()
        assert caught.value.values["cause"]


def test_a_file_without_end_is_refused_before_it_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LARGEST", 10)
    (tmp_path / "ten").write_bytes(b"x" * 10)
    (tmp_path / "eleven").write_bytes(b"x" * 11)
    assert len(files.read(tmp_path / "ten")) == 10
    with pytest.raises(BadInput) as caught:
        files.read(tmp_path / "eleven")
    assert caught.value.code == "input.too-large"


def test_only_what_is_surely_not_there_is_missing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert files.missing(tmp_path / "absent")
    assert not files.missing(tmp_path / "file")
    assert not files.missing(tmp_path / "file" / "below")
