"""The template from which a new language begins."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.pofile import read_po

from installer_gui import assets
from installer_gui.i18n import po

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("pot", ROOT / "packaging" / "pot.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_template_is_as_the_script_writes_it(script: ModuleType) -> None:
    written = script.TARGET.read_text(encoding="utf-8")
    assert written == script.template(po.read(assets.translation("en"))), "run packaging/pot.py"


def test_the_template_holds_every_code_with_its_english_text(script: ModuleType) -> None:
    with script.TARGET.open("rb") as file:
        entries = {m.id if isinstance(m.id, str) else m.id[0]: m for m in read_po(file) if m.id}
    english = po.read(assets.translation("en"))
    assert entries.keys() == english.keys()
    for code, forms in english.items():
        said = " ".join(entries[code].auto_comments)
        assert all(form.split("\n")[0] in said for form in forms), code


def test_a_text_of_several_lines_stays_a_comment(script: ModuleType) -> None:
    assert "#. one\n#. two\nmsgid" in script.template({"a.b": ("one\ntwo",)})
