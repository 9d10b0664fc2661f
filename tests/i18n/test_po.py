"""Our reader reads a catalogue as gettext does."""

from __future__ import annotations

import gettext
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from installer_gui import assets
from installer_gui.i18n import LANGUAGES, po

needs_gettext = pytest.mark.skipif(shutil.which("msgfmt") is None, reason="GNU gettext is not installed")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_read_as_babel_reads_it(language: str) -> None:
    path = assets.translation(language)
    with path.open("rb") as file:
        babel = {m.id: m.string for m in read_po(file) if m.id}
    ours = po.read(path)
    assert ours == {k[0] if isinstance(k, tuple) else k: v if isinstance(v, tuple) else (v,) for k, v in babel.items()}
    assert len(ours) > 50


@needs_gettext
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_read_as_msgfmt_compiles_it(language: str, tmp_path: Path) -> None:
    path, compiled = assets.translation(language), tmp_path / "x.mo"
    subprocess.run(["msgfmt", "-o", compiled, path], check=True, timeout=30)
    with compiled.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    for key, forms in po.read(path).items():
        assert catalogue.gettext(key) == forms[0] or catalogue.ngettext(key, key, 1) == forms[0]
        assert catalogue.ngettext(key, key, 2) == forms[-1] or len(forms) == 1


@needs_gettext
@pytest.mark.parametrize("language", LANGUAGES)
def test_gettext_has_nothing_to_complain_about(language: str, tmp_path: Path) -> None:
    command = ["msgfmt", "--check", "-o", tmp_path / "x.mo", assets.translation(language)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_untranslated_fuzzy_or_obsolete_is_left_out(tmp_path: Path) -> None:
    text = """
        msgid ""
        msgstr "Language: sv\\n"

        #. a comment
        msgid "done"
        msgstr ""
        "över flera "
        "rader\\n"

        msgid "empty"
        msgstr ""

        #, fuzzy
        msgid "guess"
        msgstr "gissning"

        msgid "n"
        msgid_plural "n"
        msgstr[1] "flera"
        msgstr[0] "en"

        msgid "half"
        msgid_plural "half"
        msgstr[0] "en"
        msgstr[1] ""

        #~ msgid "old"
        #~ msgstr "gammal"
        """
    assert po.read(write(tmp_path / "x.po", text)) == {"done": ("över flera rader\n",), "n": ("en", "flera")}


def test_line_separators_inside_a_text_do_not_end_its_line(tmp_path: Path) -> None:
    assert po.read(write(tmp_path / "x.po", 'msgid "a"\nmsgstr "x\u2028y\x85z"')) == {"a": ("x\u2028y\x85z",)}


@pytest.mark.parametrize(
    "text",
    ['msgid "a', "msgid 5", 'msgctxt "x"', '"lost"', "msgid", 'msgid "a"\nmsgstr[2] "x"', 'msgid {"a": 1}', "nonsense"],
)
def test_what_is_no_catalogue_is_refused_with_its_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError, match=r"line [12] is not"):
        po.read(write(tmp_path / "x.po", text))


@given(st.dictionaries(st.text(min_size=1), st.text(min_size=1), max_size=3))
def test_any_text_can_be_written_and_read_again(texts: dict[str, str]) -> None:
    printable = {k: v for k, v in texts.items() if (k + v).isprintable()}
    lines = [f"msgid {json.dumps(k)}\nmsgstr {json.dumps(v)}\n" for k, v in printable.items()]
    with tempfile.TemporaryDirectory() as folder:
        assert po.read(write(Path(folder) / "x.po", "\n".join(lines))) == {k: (v,) for k, v in printable.items()}
