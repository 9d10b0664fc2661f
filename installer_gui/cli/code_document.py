"""A result code as JSON (resources/schemas/code.json) and in words."""

from __future__ import annotations

from typing import Any

from .. import profiles
from ..domain.check import CheckInfo, Rules
from ..domain.verdict import State
from ..i18n import Catalogue
from ..session import plan
from ..support import result_code
from ..support.result_code import Matrix
from .render import Output


def document(matrix: Matrix, words: Catalogue) -> dict[str, Any]:
    """What the code says; only the titles depend on the language."""
    rules = _rules(matrix)
    return {
        "schema": "driftklar.code/1",
        "code": result_code.encode(matrix),
        "profile": {"id": matrix.layout.profile, "version": matrix.layout.version},
        "demo": matrix.demo,
        "connection": matrix.connection.value if matrix.connection else None,
        "verdict": matrix.verdict.value,
        "stations": {"total": matrix.stations, "clean": matrix.clean},
        "beyond": matrix.beyond,
        "checks": [_check(check, matrix, rules, words) for check in _in_order(matrix, rules)],
    }


def tell(matrix: Matrix, io: Output) -> None:
    """Whose requirements, how every check stands, and the verdict; what the job has no use for is left out."""
    words, rules = io.catalogue, _rules(matrix)
    if matrix.demo:
        io.line(words.text("demo.banner"))
    io.line(_head(matrix, words))
    io.line()
    per_station = matrix.layout.per_station(matrix.connection)
    for check in _in_order(matrix, rules):
        worst = words.text("cli.code.worst") if check in per_station and matrix.stations > 1 else ""
        if matrix.states[check] is not State.NOT_APPLICABLE:
            io.result(matrix.states[check], f"{_title(rules.info(check), words)} {worst}".rstrip())
    io.line()
    if matrix.beyond:
        io.line(words.text("cli.code.beyond"))
    io.line(words.of("verdict", matrix.verdict.value))


def _check(check: str, matrix: Matrix, rules: Rules, words: Catalogue) -> dict[str, Any]:
    info = rules.info(check)
    return {
        "id": check,
        "area": info.area.value,
        "title": _title(info, words),
        "per_station": check in matrix.layout.per_station(matrix.connection),
        "state": matrix.states[check].value,
    }


def _head(matrix: Matrix, words: Catalogue) -> str:
    profile = profiles.load(matrix.layout.profile)
    connection = words.of("connection", matrix.connection.value) if matrix.connection else ""
    stations = words.plural("cli.stations", matrix.stations)
    counted = words.text("cli.code.clean", stations=stations, clean=matrix.clean) if matrix.stations else stations
    return " · ".join(filter(None, (f"{profile.name} {matrix.layout.version}", connection, counted)))


def _rules(matrix: Matrix) -> Rules:
    return plan.rules(profiles.load(matrix.layout.profile))


def _in_order(matrix: Matrix, rules: Rules) -> list[str]:
    return sorted(matrix.states, key=rules.place)


def _title(info: CheckInfo, words: Catalogue) -> str:
    """A check that this version no longer has stands under its id."""
    known = words.has("check", info.text_key, "title")
    return words.of("check", info.text_key, "title", host=info.host) if known else info.id
