"""Numbers, units and times as the reader's country writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from installer_gui.i18n import numbers

LOCALES = {"sv": "sv_SE", "nb": "nb_NO", "en": "en_GB"}


@pytest.mark.parametrize(
    ("value", "sv", "nb", "en"),
    [
        (0, "0", "0", "0"),
        (-73, "−73", "−73", "−73"),
        (2.5, "2,5", "2,5", "2.5"),
        (-0.04, "0,0", "0,0", "0.0"),
        (3.0, "3", "3", "3"),
        (1234567, "1\u00a0234\u00a0567", "1\u00a0234\u00a0567", "1,234,567"),
        (1234.5, "1\u00a0234", "1\u00a0234", "1,234"),
        (99.94, "99,9", "99,9", "99.9"),
        (-1234567.0, "−1\u00a0234\u00a0567", "−1\u00a0234\u00a0567", "−1,234,567"),
    ],
)
def test_numbers_in_three_languages(value: float, sv: str, nb: str, en: str) -> None:
    assert [numbers.number(value, language) for language in ("sv", "nb", "en")] == [sv, nb, en]


@given(st.floats(-1e9, 1e9), st.sampled_from(["sv", "nb", "en"]))
def test_every_number_is_written_as_the_unicode_consortium_writes_it_apart_from_the_english_minus(
    value: float, language: str
) -> None:
    ours = numbers.number(value, language, 2).removeprefix(numbers.MINUS)
    assert ours == format_decimal(abs(value), "#,##0.00", locale=LOCALES[language]) or abs(value * 100 % 1 - 0.5) < 1e-3


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [(-73, "dBm", "−73\u00a0dBm"), (0.5, "s", "0,5\u00a0s"), (3, "stations", "3"), (14, "days", "14")],
)
def test_a_unit_stays_with_its_number_and_counted_things_stand_alone(value: float, unit: str, shown: str) -> None:
    assert numbers.with_unit(value, unit, "sv") == shown


@pytest.mark.parametrize(
    ("language", "shown"),
    [("sv", "2026-11-03 14:05"), ("nb", "03.11.2026 14:05"), ("en", "03/11/2026 14:05")],
)
def test_moments_and_days(language: str, shown: str) -> None:
    moment = datetime(2026, 11, 3, 14, 5, 59, tzinfo=UTC)
    assert numbers.moment(moment, language) == shown
    assert numbers.day(date(2026, 11, 3), language) == shown.split(maxsplit=1)[0]


@pytest.mark.parametrize(
    ("text", "spoken", "day"),
    [
        ("2026-12-01", "sv", date(2026, 12, 1)),
        ("01.12.2026", "nb", date(2026, 12, 1)),
        ("01/12/2026", "en", date(2026, 12, 1)),
        ("2026-12-01", "nb", date(2026, 12, 1)),
        ("31.02.2026", "nb", None),
        ("soon", "sv", None),
        ("", "en", None),
    ],
)
def test_a_day_is_read_as_the_country_writes_it(text: str, spoken: str, day: date | None) -> None:
    assert numbers.read_day(text, spoken) == day
