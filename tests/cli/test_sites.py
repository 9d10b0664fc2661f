"""Whole runs on simulated sites: valid documents, and every word there in every language."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from installer_gui import assets

Cli = Callable[..., Any]


def validate(name: str, document: Any) -> None:
    Draft202012Validator(json.loads(assets.resource("schemas", f"{name}.json").read_text("utf-8"))).validate(document)


@pytest.mark.parametrize(
    ("site", "code", "failing"),
    [
        ("healthy", 0, set()),
        ("dhcp-small-pool", 1, {"dhcp"}),
        ("dns-dead", 1, {"dns"}),
        ("captive-portal", 1, {"link"}),
    ],
)
def test_a_run_is_as_published_and_can_be_told_in_every_language(
    driftklar: Cli, tmp_path: Path, site: str, code: int, failing: set[str]
) -> None:
    path = str(tmp_path / "x.dkjob")
    options = ("--connection", "ethernet", "--stations", "3", "--save", path)
    ran = driftklar("simulate", "--site", site, "--", "check", "--format", "jsonl", *options)
    assert ran.code == code, ran.err
    for line in ran.lines:
        validate("event", line)
    document = ran.lines[-1]
    assert failing <= {area for area, state in document["areas"].items() if state == "fail"}
    validate("run", {key: value for key, value in document.items() if key != "event"})
    validate("job", json.loads(Path(path).read_text("utf-8")))
    for language in ("sv", "nb", "en"):
        shown = driftklar("job", "show", path, "--language", language, "--format", "json").json
        validate("job-status", shown)
        texts = [f[part] for c in shown["checks"] for f in c["findings"] for part in ("title", "meaning", "remedy")]
        assert [text for text in texts if "–" in text.split() or "{" in text] == []
    assert "no text for" not in (tmp_path / "home" / "logs" / "driftklar.log").read_text("utf-8")
