"""The user guides: the same in three languages, with pictures that are there and small."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from installer_gui.i18n import LANGUAGES
from installer_gui.session.flow import Page

DOCS = Path(__file__).parents[2] / "docs"
PICTURE = re.compile(r"!\[[^\]]+\]\(([^)]+)\)")
MOST_BYTES = 100_000


def guide(language: str) -> str:
    return (DOCS / "guide" / f"{language}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_of_a_guide_is_there_in_its_language(language: str) -> None:
    pictures = PICTURE.findall(guide(language))
    assert len(pictures) >= 14
    for picture in pictures:
        assert f"-{language}-" in picture
        assert (DOCS / "guide" / picture).is_file(), picture


def test_no_picture_is_large() -> None:
    sizes = {path.name: path.stat().st_size for path in (DOCS / "screenshots").glob("*.png")}
    assert {name: size for name, size in sizes.items() if size > MOST_BYTES} == {}


def test_the_picture_on_the_front_page_is_there() -> None:
    pictures = PICTURE.findall((DOCS.parent / "README.md").read_text(encoding="utf-8"))
    assert pictures
    assert all((DOCS.parent / picture).is_file() for picture in pictures)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_guide_goes_through_every_page_and_speaks_to_all_three(language: str) -> None:
    text = guide(language)
    codes = set(re.findall(r"\b[A-Z]\d{1,2}\b", text))
    assert {page.code for page in Page} <= codes
    assert len(re.findall(r"^## ", text, re.MULTILINE)) == 3


def test_the_guides_have_the_same_shape() -> None:
    shapes = [[line[:4].strip() for line in guide(lang).splitlines() if line.startswith("#")] for lang in LANGUAGES]
    assert shapes[0] == shapes[1] == shapes[2]
    pictures = [[p.replace(f"-{lang}-", "-") for p in PICTURE.findall(guide(lang))] for lang in LANGUAGES]
    assert pictures[0] == pictures[1] == pictures[2]
