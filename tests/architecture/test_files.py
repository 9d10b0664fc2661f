"""What is in the repository speaks of the project alone, and what the program prints is published."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "resources" / "schemas"
MACHINE = re.compile(r"(?<![\w.:}])/(?:home|root|work|Users)/\w|[A-Z]:\\Users")
KINDS = {".py", ".md", ".toml", ".json", ".po", ".pot", ".txt", ".yml", ".yaml", ".sh", ".nsi", ".spec", ".typ", ".svg"}


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, timeout=30, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    names = listed.stdout.decode().split("\0")
    return [path for name in names if name and (path := ROOT / name).is_file() and path.suffix in KINDS]


def test_no_tracked_file_names_a_path_of_one_machine() -> None:
    found = [str(path.relative_to(ROOT)) for path in tracked() if MACHINE.search(path.read_text("utf-8", "replace"))]
    assert found == []


def test_no_tracked_file_holds_a_key() -> None:
    begin = "-----BEGIN " + "PRIVATE KEY-----"
    assert [path.name for path in tracked() if begin in path.read_text("utf-8", "replace")] == []


def test_what_is_left_to_do_is_not_in_the_code() -> None:
    marks = re.compile(r"\b(" + "TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    code = [path for path in tracked() if path.suffix == ".py"]
    assert [str(path.relative_to(ROOT)) for path in code if marks.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize("path", sorted(SCHEMAS.glob("*.json")), ids=lambda path: path.name)
def test_every_published_schema_is_a_schema(path: Path) -> None:
    schema = json.loads(path.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"]


def test_every_document_that_the_program_prints_has_a_published_schema() -> None:
    named = re.compile(r'"schema": "driftklar\.([a-z-]+)/\d')
    code = (path.read_text(encoding="utf-8") for path in (ROOT / "installer_gui" / "cli").rglob("*.py"))
    printed = {name for text in code for name in named.findall(text)}
    assert printed <= {path.stem for path in SCHEMAS.glob("*.json")}
