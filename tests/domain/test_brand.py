"""What a distributor may put on a paper, and what never gets there."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from installer_gui.domain.brand import LARGEST, Brand

LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 12"><g fill="#7A1F5C"><rect width="9" height="9" rx="2"/>'
    '<path d="M6 2 L9 7 H7 Z" fill="#FFF"/><circle cx="20" cy="6" r="4"/><polygon points="25,10 28,2 32,10"/></g></svg>'
)
GOOD = Brand("Laddgrossisten AB", "010-123 45 67", "#7A1F5C", LOGO)


def keys(brand: Brand) -> list[str]:
    return [key for key, _ in brand.faults()]


@pytest.mark.parametrize("brand", [GOOD, Brand("X"), replace(GOOD, colour="#000000"), replace(GOOD, logo=LOGO + "\n")])
def test_a_plain_brand_has_no_fault(brand: Brand) -> None:
    assert keys(brand) == []


def test_a_brand_has_a_name() -> None:
    assert keys(Brand(" ")) == ["name"]


@pytest.mark.parametrize("colour", ["#FFFF00", "#FFFFFF", "#80C0FF", "red", "#123", "#12345g", "0B3D6B", "#0B3D6B00"])
def test_a_colour_that_cannot_be_read_or_is_none_is_told(colour: str) -> None:
    assert keys(replace(GOOD, colour=colour)) == ["colour"]


@pytest.mark.parametrize(
    "logo",
    [
        "x",
        "<svg/>",
        LOGO[:-6],
        LOGO * 2,
        LOGO.replace("</g>", ""),
        LOGO.replace("<circle", "<script"),
        LOGO.replace("<circle", "<image"),
        LOGO.replace('r="4"', 'href="file:///etc/passwd"'),
        LOGO.replace('r="4"', 'onload="x"'),
        LOGO.replace('r="4"', 'style="x"'),
        LOGO.replace('"#FFF"', '"url(http://example.org/x)"'),
        LOGO.replace("</g>", "<text>Godkänd</text></g>"),
        LOGO.replace("</g>", "<!-- x --></g>"),
        LOGO.replace("</g>", "Godkänd</g>"),
        LOGO.replace("</g>", "&lt;</g>"),
        '<!DOCTYPE svg [<!ENTITY a "b">]>' + LOGO,
        '<?xml version="1.0"?>' + LOGO,
        LOGO.replace("</g>", "<g>" * LARGEST + "</g>"),
    ],
)
def test_a_logo_is_a_plain_drawing(logo: str) -> None:
    assert keys(replace(GOOD, logo=logo)) == ["logo"]


def test_no_logo_takes_long_to_refuse() -> None:
    started = time.monotonic()
    for part in ('<g fill="', "<g ", "<g>", ' x="1"', "</g>", " "):
        assert keys(replace(GOOD, logo=LOGO[:-6] + part * (30_000 // len(part)))) == ["logo"]
    assert time.monotonic() - started < 5
