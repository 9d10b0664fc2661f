"""One catalogue by code: the same words on screen, on paper and on the command line."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache

from .. import assets
from ..domain.finding import Quantity, Series, Value
from ..errors import BadInput
from . import numbers, po
from .visible import visible

LANGUAGES = ("sv", "nb", "en")
log = logging.getLogger(__name__)
Fill = Value | int | float | date | datetime
_PLACE = re.compile(r"\{(\w+)\}")


class Catalogue:
    """The texts of one language. A missing text shows its code and is logged; it never stops the program."""

    def __init__(self, language: str, texts: Mapping[str, tuple[str, ...]]) -> None:
        self.language = language
        self._texts = texts

    def text(self, code: str, /, **values: Fill) -> str:
        """The text of a literal code, its {placeholders} filled."""
        return self._fill(self._forms(code)[0], values)

    def plural(self, code: str, n: int, /, **values: Fill) -> str:
        """The form for `n` of a literal code; `n` fills {n}."""
        forms = self._forms(code)
        return self._fill(forms[0] if n == 1 else forms[-1], {"n": n, **values})

    def of(self, table: str, key: str, part: str = "", /, **values: Fill) -> str:
        """The text of a computed code, "table.key.part": the only way to a text whose code is not a literal."""
        return self.text(".".join(filter(None, (table, key, part))), **values)

    def has(self, table: str, key: str, part: str = "") -> bool:
        return ".".join(filter(None, (table, key, part))) in self._texts

    def template(self, table: str, key: str, part: str = "", /) -> str:
        """The text of a computed code with its {placeholders} as they stand, for lists of what can be said."""
        return self._forms(".".join(filter(None, (table, key, part))))[-1]

    def show(self, value: Fill) -> str:
        """One value as this language writes it."""
        match value:
            case Quantity():
                return numbers.with_unit(value.value, value.unit, self.language)
            case Series():
                return ", ".join("–" if v is None else numbers.number(v, self.language) for v in value.values)
            case datetime():
                return numbers.moment(value, self.language)
            case date():
                return numbers.day(value, self.language)
            case tuple():
                return ", ".join(map(visible, value))
            case float():
                return numbers.number(value, self.language)
            case _:
                return visible(str(value))

    def _forms(self, code: str) -> tuple[str, ...]:
        forms = self._texts.get(code)
        if forms is None:
            log.error("no text for %s in %s", code, self.language)
            return (code,)
        return forms

    def _fill(self, text: str, values: Mapping[str, Fill]) -> str:
        if "{" not in text:
            return text

        def put(match: re.Match[str]) -> str:
            return self.show(values[match[1]]) if match[1] in values else "–"

        return _PLACE.sub(put, text)


@cache
def load(language: str) -> Catalogue:
    """The catalogue of "sv", "nb" or "en". Raises BadInput for any other language."""
    if language not in LANGUAGES:
        raise BadInput("input.no-such-language", name=language)
    return Catalogue(language, po.read(assets.translation(language)))
