"""A distributor's profile on the command line: named, found, signed by `ca profile`, and named on the certificate."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from installer_gui import app, profiles
from installer_gui.certificate import vault
from installer_gui.i18n import LANGUAGES

from ..certificate.test_layout import text_of

Cli = Callable[..., Any]
TEXT = """
id = "grossist"
base = "zaptec-pro"
name = "Grossisten"
version = "7"
date = 2026-09-01

[brand]
name = "Elgrossisten AB"
support = "010-123 45 67"

[limits.wifi-signal]
warns = -80
"""


@pytest.fixture(autouse=True)
def _forgotten(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A profile that is given is known to the process until it ends."""
    monkeypatch.setattr(vault, "keychain", lambda: None)
    monkeypatch.setenv("DRIFTKLAR_PASSPHRASE", "korrekt häst")
    yield
    profiles._given.clear()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "grossist.toml"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def signed(driftklar: Cli, file: Path) -> Path:
    """The profile as its distributor hands it out."""
    made = file.with_suffix(".dkprofile")
    assert driftklar("ca", "init", "--name", "Elgrossisten AB").code == 0
    told = driftklar("ca", "profile", str(file), "-o", str(made), "--language", "en")
    assert (told.code, told.out) == (0, "")
    assert "The limit wifi-signal is less strict than in zaptec-pro" in told.err
    profiles._given.clear()
    return made


def put(path: Path) -> None:
    """Where profiles are looked for."""
    folder = app.data_folder() / "profiles"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / path.with_suffix(".dkprofile").name).write_bytes(path.read_bytes())


def known(driftklar: Cli, tmp_path: Path) -> None:
    """Let the distributor's signature be known."""
    assert driftklar("ca", "trust-list", "-o", str(tmp_path / "trust.json")).code == 0
    text = f"trust_list = {json.dumps(str(tmp_path / 'trust.json'))}\n"
    (app.data_folder() / "signing.toml").write_text(text, encoding="utf-8")


def listed(told: Any) -> list[str]:
    return [item["id"] for item in told.json["items"]]


def page_one(driftklar: Cli, tmp_path: Path, *options: str) -> tuple[str, dict[str, Any]]:
    """The words of a new job's certificate, and the profile in its data."""
    path, out = tmp_path / "x.dkjob", tmp_path / "x.pdf"
    assert driftklar("job", "new", "-o", str(path), "--paper-language", "en", *options).code == 0
    assert driftklar("certificate", str(path), "-o", str(out), *options).code == 0
    data = json.loads(driftklar("open", str(out), "--data").out)
    return " ".join(text_of(out.read_bytes()).split()), data["profile"]


def test_a_file_that_is_named_is_used_and_said_to_be_unsigned(driftklar: Cli, file: Path, tmp_path: Path) -> None:
    told = driftklar("list", "profiles", "--profile", str(file), "--format", "json")
    assert (told.code, listed(told)) == (0, ["zaptec-pro", "grossist"])
    assert len(told.err.splitlines()) == 1
    assert "Elgrossisten AB's own (profile grossist) and not signed by anybody known here" in told.err
    words, profile = page_one(driftklar, tmp_path, "--profile", str(file))
    assert (profile["id"], profile["base"], profile["signer"]) == ("grossist", "zaptec-pro", "")
    assert "The requirements are Elgrossisten AB's own, signed by nobody whom the computer knows." in words
    assert "Less strict limits than in zaptec-pro: WiFi signal at the station." in words
    profiles._given.clear()
    lost = driftklar("job", "show", str(tmp_path / "x.dkjob"))
    assert (lost.code, len(lost.err.splitlines())) == (2, 1)


def test_one_in_the_folder_for_settings_is_the_usual_one(driftklar: Cli, signed: Path, tmp_path: Path) -> None:
    put(signed)
    known(driftklar, tmp_path)
    told = driftklar("list", "profiles", "--format", "json")
    assert (listed(told), told.err) == (["zaptec-pro", "grossist"], "")
    words, profile = page_one(driftklar, tmp_path)
    assert (profile["id"], profile["signer"], profile["loosened"]) == ("grossist", "Elgrossisten AB", ["wifi-signal"])
    assert "signed by nobody" not in words
    assert "Less strict limits than in zaptec-pro" in words
    job = json.loads((tmp_path / "x.dkjob").read_text(encoding="utf-8"))
    assert job["job"]["profile"] == "grossist"
    (tmp_path / "x.dkjob").unlink()
    assert page_one(driftklar, tmp_path, "--profile", "zaptec-pro")[1]["base"] == ""


def test_one_that_was_altered_is_not_used_and_everything_else_goes_on(
    driftklar: Cli, signed: Path, tmp_path: Path
) -> None:
    signed.write_text(signed.read_text(encoding="utf-8").replace("-80", "-99"), encoding="utf-8")
    put(signed)
    known(driftklar, tmp_path)
    told = driftklar("list", "profiles", "--format", "json")
    assert (told.code, listed(told)) == (0, ["zaptec-pro"])
    (line,) = told.err.splitlines()
    assert "altered after it was signed and is not used" in line
    for language in LANGUAGES:
        named = driftklar("list", "profiles", "--profile", str(signed), "--language", language)
        assert (named.code, named.out) == (2, "")


def test_every_fault_of_a_named_file_is_a_line(driftklar: Cli, file: Path, tmp_path: Path) -> None:
    file.write_text(TEXT.replace('id = "grossist"', 'id = "A B"').replace("wifi-signal", "wifi"), encoding="utf-8")
    for command in (("list", "profiles", "--profile", str(file)), ("ca", "profile", str(file), "-o", "x.dkprofile")):
        told = driftklar(*command)
        assert (told.code, told.out) == (2, "")
        assert [line.split()[4] for line in told.err.splitlines()] == ["id", "limits.wifi"]
    file.write_text(TEXT + '[required]\nalways = ["no-such-check"]\n', encoding="utf-8")
    assert "required.always" in driftklar("list", "profiles", "--profile", str(file)).err


@pytest.mark.parametrize("name", ["none.toml", "none.dkprofile", ".", "nobody"])
def test_a_profile_that_is_not_there_is_one_line(
    driftklar: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    told = driftklar("list", "profiles", "--profile", name)
    assert (told.code, told.out, len(told.err.splitlines())) == (2, "", 1)


def test_what_is_signed_is_not_signed_again(driftklar: Cli, signed: Path, tmp_path: Path) -> None:
    told = driftklar("ca", "profile", str(signed), "-o", str(tmp_path / "again.dkprofile"))
    assert (told.code, "signed already" in told.err) == (2, True)


def test_a_packaged_program_looks_beside_itself(
    driftklar: Cli, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.rename(file.with_suffix(".dkprofile"))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    for program in (tmp_path / "driftklar", tmp_path / "Driftklar.app" / "Contents" / "MacOS" / "driftklar"):
        monkeypatch.setattr(sys, "executable", str(program))
        assert listed(driftklar("list", "profiles", "--format", "json")) == ["zaptec-pro", "grossist"]
    monkeypatch.setattr(sys, "executable", str(tmp_path / "elsewhere" / "driftklar"))
    profiles._given.clear()
    assert listed(driftklar("list", "profiles", "--format", "json")) == ["zaptec-pro"]


@pytest.mark.parametrize("text", ["time_serber = 'x'", "trust_list = 7", "trust_list", "\x00"])
def test_settings_that_cannot_be_used_are_one_line(driftklar: Cli, file: Path, text: str) -> None:
    put(file)
    (app.data_folder() / "signing.toml").write_text(text, encoding="utf-8")
    told = driftklar("list", "profiles")
    assert (told.code, told.out, len(told.err.splitlines())) == (2, "", 1)
    assert "signing.toml" in told.err
