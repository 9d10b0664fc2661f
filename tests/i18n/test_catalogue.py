"""Words by code: never missing, never in the program's way."""

from __future__ import annotations

import logging
import unicodedata
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from installer_gui.domain.finding import Quantity, Series
from installer_gui.errors import BadInput
from installer_gui.i18n import LANGUAGES, Catalogue, load, visible

WORDS = Catalogue("sv", {"a.b": ("{x} och {y}",), "n": ("{n} sak i {rum}", "{n} saker i {rum}"), "t.k.p": ("ord",)})


def test_placeholders_are_filled_and_a_value_that_is_missing_is_a_dash() -> None:
    assert WORDS.text("a.b", x=Quantity(-73.0, "dBm")) == "−73\u00a0dBm och –"


def test_a_missing_text_shows_its_code_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("installer_gui.i18n.catalogue")
    logger.addHandler(caplog.handler)
    try:
        assert WORDS.text("no.such") == "no.such"
        assert WORDS.plural("no.such", 2) == "no.such"
    finally:
        logger.removeHandler(caplog.handler)
    assert "no text for no.such in sv" in caplog.text


@pytest.mark.parametrize(("n", "shown"), [(0, "0 saker i A"), (1, "1 sak i A"), (2, "2 saker i A")])
def test_plurals(n: int, shown: str) -> None:
    assert WORDS.plural("n", n, rum="A") == shown


def test_a_computed_code_is_put_together_from_table_key_and_part() -> None:
    assert WORDS.of("t", "k", "p") == "ord"
    assert WORDS.has("t", "k", "p")
    assert not WORDS.has("t", "k")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Quantity(5, "stations"), "5"),
        (Series((-70, None, -71.5), "dBm"), "−70, –, −71,5"),
        (datetime(2026, 11, 3, 14, 5, tzinfo=UTC), "2026-11-03 14:05"),
        (date(2026, 11, 3), "2026-11-03"),
        (("8.8.8.8", "1.1.1.1"), "8.8.8.8, 1.1.1.1"),
        ((), ""),
        (8883, "8883"),
        (2.5, "2,5"),
        ("Brf Solen", "Brf Solen"),
    ],
)
def test_every_kind_of_value_is_shown_as_the_language_writes_it(value: object, shown: str) -> None:
    assert WORDS.show(value) == shown  # type: ignore[arg-type]  # the table mixes kinds


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_catalogues_load(language: str) -> None:
    assert load(language).text("verdict.passed") != "verdict.passed"


def test_another_language_is_refused_by_its_name() -> None:
    with pytest.raises(BadInput) as caught:
        load("tlh")
    assert caught.value.values == {"name": "tlh"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Garage 🚗👩‍🔧", "Garage 🚗👩‍🔧"),
        ("åäö – ’ﬁ", "åäö – ’ﬁ"),
        ("\x1b[2J\x1b[31mPASS", "\ufffd[2J\ufffd[31mPASS"),
        ("two\nlines\tand\r\nmore\x85", "two lines and more"),
        ("abc\u202egnp.exe\u2066", "abc\ufffdgnp.exe\ufffd"),
        ("zero\u200bwidth\ufeff", "zero\ufffdwidth\ufffd"),
        ("half \ud83d pair", "half \ufffd pair"),
        ("\x9b31m", "\ufffd31m"),
    ],
)
def test_foreign_text_can_neither_hide_nor_move_the_cursor_nor_turn_around(text: str, shown: str) -> None:
    assert visible(text) == shown
    assert WORDS.text("a.b", x=text, y=(text,)) == f"{shown} och {shown}"


@given(st.text())
def test_no_text_at_all_can_show_what_is_unseen(text: str) -> None:
    shown = visible(text)
    assert {unicodedata.category(c) for c in shown if c not in "\u200c\u200d"}.isdisjoint(
        {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    )
    assert visible(shown) == shown


def test_a_value_is_not_filled_again() -> None:
    assert WORDS.text("a.b", x="{y}", y="!") == "{y} och !"
