"""What a hostile name may do to a paper: nothing."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from installer_gui.certificate import fonts
from installer_gui.certificate.display import clean, clean_tree

SHOWN = [
    ("Garage \U0001f697\u26a1", "Garage □□"),
    ("充电站", "□□□"),
    ("abc\u202edef", "abcdef"),
    ("a\x01b\x00c", "abc"),
    ("\ud83d x", " x"),
    ("a\r\nb\tc", "a  b c"),
    ("A\u030asa Ørsted", "Åsa Ørsted"),
    ("\ufb01 ½", "fi ½"),
    ("Sáhpmelaš ŋ", "Sáhpmelaš ŋ"),
    ("\ue000x\ufeff", "x"),
    ("a\u00a0b\u200bc", "a\u00a0bc"),
    ("x\u0300\u0301 m\u0300", "x m"),
    ("−75 dBm ≥ 1 µs", "−75 dBm ≥ 1 µs"),
]


@pytest.mark.parametrize(("raw", "shown"), SHOWN)
def test_a_name_is_shown_with_what_the_fonts_have(raw: str, shown: str) -> None:
    assert clean(raw, fonts.covered()) == shown


@given(st.text(alphabet=st.characters(), max_size=60))
def test_nothing_that_the_fonts_lack_is_ever_left(raw: str) -> None:
    shown = clean(raw, fonts.covered())
    assert all(ord(c) in fonts.covered() and unicodedata.category(c)[0] != "C" for c in shown)


def test_an_endless_name_ends_with_dots() -> None:
    assert clean("x" * 5000, fonts.covered()) == "x" * 299 + "…"
    assert len(clean("\ufb01" * 5000, fonts.covered())) == 300


def test_everything_in_a_tree_is_cleaned_and_numbers_stay() -> None:
    raw = {"a": ["\u202ex", 3, None], "b": {"c": ("y\x00", True)}}
    assert clean_tree(raw, fonts.covered()) == {"a": ["x", 3, None], "b": {"c": ["y", True]}}
