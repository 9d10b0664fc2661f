"""Writes translations/installer_gui.pot, from which a new language begins: every code, its English text as a comment.

Run it after texts were added: `python packaging/pot.py`; a test tells when it was forgotten.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from installer_gui import assets  # noqa: E402  # found by the line above, also where nothing is installed
from installer_gui.i18n import po  # noqa: E402

TARGET = ROOT / "translations" / "installer_gui.pot"
HEADER = """\
# Driftklar's texts, one entry a code; the English text stands above it. See docs/translating.md.
#, fuzzy
msgid ""
msgstr ""
"Project-Id-Version: driftklar\\n"
"PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE\\n"
"Last-Translator: FULL NAME <EMAIL@ADDRESS>\\n"
"Language-Team: LANGUAGE\\n"
"Language: \\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""


def template(texts: Mapping[str, tuple[str, ...]]) -> str:
    """The whole file."""
    return "\n".join((HEADER, *("\n".join(_entry(code, forms)) + "\n" for code, forms in sorted(texts.items()))))


def _entry(code: str, forms: tuple[str, ...]) -> Iterator[str]:
    for form in forms:
        yield f"#. {form}".replace("\n", "\n#. ")
    yield f"msgid {_quoted(code)}"
    if len(forms) == 1:
        yield 'msgstr ""'
        return
    yield f"msgid_plural {_quoted(code)}"
    for number in range(len(forms)):
        yield f'msgstr[{number}] ""'


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


if __name__ == "__main__":
    TARGET.write_text(template(po.read(assets.translation("en"))), encoding="utf-8")
