"""`driftklar list`: what the program knows."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from installer_gui import assets

Cli = Callable[..., Any]


@pytest.mark.parametrize("what", ["checks", "profiles", "interfaces", "findings"])
def test_every_list_is_as_published_and_says_the_same_in_all_forms(driftklar: Cli, what: str) -> None:
    ran = driftklar("list", what, "--format", "json")
    schema = json.loads(assets.resource("schemas", "list.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(ran.json)
    items = ran.json["items"]
    assert ran.code == 0
    assert items
    streamed = driftklar("list", what, "--format", "jsonl").lines
    assert [{k: v for k, v in line.items() if k not in ("event", "what")} for line in streamed] == items
    assert len(driftklar("list", what).out.splitlines()) == len(items)


def test_findings_come_by_number_with_their_words(driftklar: Cli) -> None:
    items = driftklar("--language", "sv", "list", "findings", "--format", "json").json["items"]
    numbers = [item["number"] for item in items]
    assert numbers == sorted(set(numbers))
    traffic = next(item for item in items if item["number"] == 150)
    assert traffic["code"] == "traffic.expected"
    assert "{day} per dygn" in traffic["title"]
    assert 990 in numbers


def test_a_hostile_interface_name_cannot_write_on_the_terminal(driftklar: Cli, computer: Any) -> None:
    computer.plugged = [replace(computer.plugged[0], name="\x1b[31m", description="a\nb")]
    out = driftklar("list", "interfaces").out
    assert "\x1b" not in out
    assert len(out.splitlines()) == 1


def test_without_interfaces_the_list_is_empty(driftklar: Cli, computer: Any) -> None:
    computer.plugged = []
    assert driftklar("list", "interfaces", "--format", "json").json["items"] == []
    assert driftklar("list", "interfaces").out == "–\n"
