"""Numbers, units and times as the reader's country writes them."""

from __future__ import annotations

from datetime import date, datetime

NBSP = "\u00a0"
MINUS = "\u2212"
_DATES = {"sv": "%Y-%m-%d", "nb": "%d.%m.%Y", "en": "%d/%m/%Y"}
SIGNS = frozenset({"dBm", "ms", "s", "min", "%", "Mbit/s", "MB", "MHz", "m", "A", "mm²"})


def number(value: float, language: str, decimals: int | None = None) -> str:
    """A number with the country's decimal sign and a true minus; integers stay whole, others get one decimal."""
    if decimals is None:
        decimals = 0 if float(value).is_integer() or abs(value) >= 100 else 1
    text = f"{abs(value):,.{decimals}f}"
    if language != "en":
        text = text.replace(",", NBSP).replace(".", ",")
    return MINUS + text if value < 0 and any(digit in text for digit in "123456789") else text


def with_unit(value: float, unit: str, language: str) -> str:
    """A number and its unit's sign, kept on one line; counted things have no sign, and the sentence names them."""
    return number(value, language) + (f"{NBSP}{unit}" if unit in SIGNS else "")


def day(value: date, language: str) -> str:
    return value.strftime(_DATES[language])


def read_day(text: str, language: str) -> date | None:
    """A date as the country writes it, or as ISO 8601 does; None for anything else."""
    for form in (_DATES[language], "%Y-%m-%d"):
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def moment(value: datetime, language: str) -> str:
    """Date and time to the minute, in the zone that the value carries."""
    return f"{day(value, language)} {value:%H:%M}"
