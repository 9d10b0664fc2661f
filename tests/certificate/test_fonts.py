"""The fonts that come with the program have what the three languages, the units and the marks need."""

from __future__ import annotations

from fontTools.ttLib import TTFont

from installer_gui import i18n
from installer_gui.certificate import cmap, fonts

NEEDED = "−≤≥µΩ°–—…•·×□ “”‘’«»€§±\u00a0"
NORDIC = "åäöæøÅÄÖÆØéÉüÜáčđŋšŧžÁČĐŊŠŦŽïâÿ"


def test_every_weight_has_every_character_that_the_paper_needs() -> None:
    for path in fonts.files():
        points = cmap.code_points(path.read_bytes())
        assert not [c for c in NEEDED + NORDIC if ord(c) not in points], path.name


def test_every_text_of_the_catalogues_can_be_drawn() -> None:
    for language in i18n.LANGUAGES:
        texts = i18n.load(language)._texts
        missing = {c for forms in texts.values() for form in forms for c in form if ord(c) not in fonts.covered()}
        assert not missing - {"\n"}, language


def test_the_own_reader_agrees_with_a_font_library() -> None:
    for path in fonts.files():
        assert cmap.code_points(path.read_bytes()) == frozenset(TTFont(path).getBestCmap())


def test_the_licence_lies_beside_the_fonts() -> None:
    licence = fonts.files()[0].with_name("OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Inter Project Authors" in licence
