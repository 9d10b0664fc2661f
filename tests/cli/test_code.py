"""`driftklar code` and `driftklar decode`, as the two ends of a telephone call."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from installer_gui import assets
from installer_gui.session import store

from ..support.jobs import at_endpoint, hostile, job, level

Cli = Callable[..., Any]
SCHEMA = json.loads(assets.resource("schemas", "code.json").read_text(encoding="utf-8"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    store.save(job(4, {"mqtt-hub": at_endpoint("tcp.dropped")}, [level("A2", -73)]), tmp_path / "solen.dkjob")
    return tmp_path / "solen.dkjob"


def states(document: Any) -> dict[str, str]:
    Draft202012Validator(SCHEMA).validate(document)
    return {check["id"]: check["state"] for check in document["checks"]}


def test_what_is_read_out_is_understood_at_the_other_end(driftklar: Cli, path: Path) -> None:
    said = driftklar("code", str(path))
    assert (said.code, said.err, said.out.count("\n")) == (0, "", 1)
    told, understood = (
        driftklar("code", str(path), "--format", "json"),
        driftklar("decode", said.out.strip(), "--format", "json"),
    )
    assert told.json == understood.json
    assert told.json["code"] == said.out.strip()
    assert states(told.json)["mqtt-hub"] == "fail"
    assert (told.json["verdict"], told.json["stations"]) == ("failed", {"total": 4, "clean": 3})


def test_every_check_stands_as_in_the_job(driftklar: Cli, path: Path) -> None:
    shown = {c["id"]: c["state"] for c in driftklar("job", "show", str(path), "--format", "json").json["checks"]}
    said = states(driftklar("code", str(path), "--format", "json").json)
    site = [check for check in shown if check not in ("wifi-signal", "station-online")]
    assert {check: said[check] for check in site} == {check: shown[check] for check in site}


def test_it_may_be_typed_as_it_is_heard(driftklar: Cli, path: Path) -> None:
    said = driftklar("code", str(path)).out.strip()
    expected = driftklar("decode", said, "--format", "json").json
    loose = said.lower().replace("0", "o").replace("1", "l")
    for typed in ([loose], loose.split("-"), [loose.replace("-", "")], list(said.replace("-", "").replace("1", "I"))):
        assert driftklar("decode", *typed, "--format", "json").json == expected


def test_the_other_end_may_speak_another_language(driftklar: Cli, path: Path) -> None:
    said = driftklar("code", str(path)).out.strip()
    told = {language: driftklar("decode", said, "--language", language).out for language in ("sv", "nb", "en")}
    assert "ej godkänd      zapcloud.azure-devices.net svarar på MQTT" in told["sv"]
    assert "4 ladestasjoner, 3 uten merknad" in told["nb"]
    assert told["en"].rstrip().endswith("Not passed")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("UUUU",), "The character “U” stands in no result code"),
        (("1248",), "A result code has 20 characters, this has 4"),
        (("1248-K86X-8NCT-PK3A-8NW8",), "misheard"),
        (("0" * 20,), "misheard"),
        (("\u202eabc\x1b[31m",), "stands in no result code"),
        (("🚗" * 20,), "stands in no result code"),
        (("",), "this has 0"),
    ],
)
def test_what_is_no_code_is_one_sentence(driftklar: Cli, typed: tuple[str, ...], sentence: str) -> None:
    told = driftklar("decode", *typed)
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert sentence in told.err
    assert "\x1b" not in told.err


def test_one_event_a_line(driftklar: Cli, path: Path) -> None:
    (event,) = driftklar("code", str(path), "--format", "jsonl").lines
    assert event["event"] == "code"


def test_names_that_are_meant_to_harm_do_not_matter(driftklar: Cli, path: Path) -> None:
    store.save(hostile("\x1b[2J\u202egnp.exe 🚗 #panic(1)"), path)
    said = driftklar("code", str(path))
    assert said.code == 0
    assert driftklar("decode", said.out.strip()).code == 0


def test_a_job_of_an_unknown_profile_is_one_sentence(driftklar: Cli, path: Path) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    document["job"]["profile"] = "elgross-pro"
    path.write_text(json.dumps(document), encoding="utf-8")
    told = driftklar("code", str(path))
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize(
    "argv",
    [
        ("code", "solen.dkjob"),
        ("decode", "1248"),
        ("letter", "solen.dkjob", "-o", "letter.txt"),
        ("bundle", "solen.dkjob", "-o", "bundle.zip"),
    ],
    ids=lambda argv: argv[0],
)
def test_no_heavy_library_is_needed(path: Path, argv: tuple[str, ...]) -> None:
    """A bare interpreter with our own code alone is enough."""
    root = Path(__file__).parents[2]
    program = (
        f"import sys; sys.path.insert(0, {str(root)!r})\n"
        "from installer_gui.cli.main import main\n"
        f"code = main({argv!r})\n"
        "heavy = ('PySide6', 'typst', 'pyhanko', 'cryptography', 'dns', 'psutil', 'keyring', 'segno')\n"
        "sys.exit(code if not any(name in sys.modules for name in heavy) else 10)"
    )
    env = {"PATH": os.defpath, "HOME": str(path.parent), "LC_ALL": "C"}
    done = subprocess.run([sys.executable, "-c", program], cwd=path.parent, env=env, capture_output=True, check=False)
    assert done.returncode == (2 if argv[0] == "decode" else 0), done.stderr
