"""Every code has its words in every language, no word is left over, and all of them are written in one style."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from installer_gui import assets, checks, profiles
from installer_gui.domain.finding import Responsible
from installer_gui.domain.job import Connection
from installer_gui.domain.outcome import SKIPPED, STOPPED
from installer_gui.domain.verdict import UNKNOWN, State, Verdict
from installer_gui.i18n import LANGUAGES, numbers, po
from installer_gui.ports.unavailable import Reason
from installer_gui.session import plan

PACKAGE = Path(__file__).resolve().parents[2] / "installer_gui"
RULES = plan.rules(profiles.load("zaptec-pro"))
PARTS = ("title", "meaning", "remedy")
PLACE = re.compile(r"\{(\w+)\}")
ENDS = ".:?…;,"
NOT_RUN = ("not-run", "nothing-seen", "unknown-finding", "outdated", "broken")  # of domain.verdict.Result.reason


@cache
def texts(language: str) -> dict[str, tuple[str, ...]]:
    return po.read(assets.translation(language))


@cache
def trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")}


def calls(*names: str) -> Iterator[tuple[Path, ast.Call]]:
    """Calls of methods or functions of these names."""
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called in names:
                    yield path, node


def strings(node: ast.expr) -> list[str]:
    """The literal strings that an argument can be, () for a computed one."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return strings(node.body) + strings(node.orelse)
    return []


@cache
def literal_codes() -> frozenset[str]:
    """What is looked up by a literal."""
    return frozenset(
        code for _, call in calls("text", "plural") if call.args for code in strings(call.args[0]) if "." in code
    )


@cache
def error_codes() -> frozenset[str]:
    """What BadInput and its kin are raised with."""
    raised = {c for _, call in calls("BadInput", "NotOurs", "__init__") if call.args for c in strings(call.args[0])}
    handed_on = {word for word in words_in_code() if re.fullmatch(r"input\.[a-z-]+", word)}
    return frozenset(f"error.{code}" for code in raised | handed_on if re.fullmatch(r"[a-z]+\.[a-z-]+", code))


def computed_codes() -> frozenset[str]:
    """The tables whose keys the core defines."""
    codes = {code.name for code in RULES.codes.values()} | {UNKNOWN.name}
    reasons = (*Reason, SKIPPED, STOPPED, *NOT_RUN)
    return frozenset(
        [f"finding.{code}.{part}" for code in codes for part in PARTS]
        + [f"check.{info.text_key}.title" for info in RULES.infos]
        + [f"reason.{reason}" for reason in reasons]
        + [f"state.{state}" for state in State]
        + [f"verdict.{verdict}" for verdict in Verdict]
        + [f"responsible.{who}" for who in Responsible]
        + [f"connection.{connection}" for connection in Connection]
        + [f"site.{site}.title" for site in _simulated_sites()]
    )


def _simulated_sites() -> Iterator[str]:
    from installer_gui.platforms.simulated import SITES

    yield from SITES


@cache
def words_in_code() -> frozenset[str]:
    """Every string, name of an argument and enum value in the code: what a computed code can be made of."""
    found: set[str] = set()
    for tree in trees().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
            elif isinstance(node, ast.keyword) and node.arg:
                found.add(node.arg.replace("_", "-"))
            elif isinstance(node, ast.arg):
                found.add(node.arg)
    return frozenset(found | {part for word in found for part in word.split(".")})


@cache
def free_tables() -> frozenset[str]:
    """Tables that are read with computed keys somewhere."""
    named = (strings(call.args[0]) for _, call in calls("of", "has", "template") if call.args)
    return frozenset(table for tables in named for table in tables) - {"finding", "check", "error", "reason"}


def _may_be_computed(code: str) -> bool:
    pieces = code.split(".")
    for table in free_tables():
        rest = pieces[table.count(".") + 1 :]
        if code.startswith(f"{table}.") and all(_known(piece) for piece in rest):
            return True
    return False


def _known(piece: str) -> bool:
    """One word of the code, or two of them joined, or the number of a step."""
    head, _, tail = piece.rpartition("-")
    joined = head in words_in_code() and tail in words_in_code()
    return piece in words_in_code() or joined or re.fullmatch(r"(step)?\d", piece) is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_its_words(language: str) -> None:
    assert sorted((computed_codes() | literal_codes() | error_codes()) - texts(language).keys()) == []


def test_no_words_are_left_over() -> None:
    used = computed_codes() | literal_codes() | error_codes()
    assert sorted(code for code in texts("en").keys() - used if not _may_be_computed(code)) == []


def test_all_languages_have_the_same_codes_and_plurals() -> None:
    shapes = [{code: len(forms) for code, forms in texts(language).items()} for language in LANGUAGES]
    assert shapes[0] == shapes[1] == shapes[2]


def _places(forms: tuple[str, ...]) -> set[str]:
    return {place for form in forms for place in PLACE.findall(form)}


def test_all_languages_fill_in_the_same_things() -> None:
    sv, nb, en = map(texts, LANGUAGES)
    shared = sv.keys() & nb.keys() & en.keys()
    assert [code for code in shared if not _places(sv[code]) == _places(nb[code]) == _places(en[code])] == []


def test_braces_hold_names_and_nothing_else() -> None:
    assert [c for c, forms in texts("en").items() if set("".join(forms)) & set("{}") and not _places(forms)] == []


def _evidence() -> set[str]:
    """Names that checks can give to what they saw."""
    return {
        node.value if isinstance(node, ast.Constant) else node.arg
        for path, tree in trees().items()
        if path.parent.name in ("checks", "session", "domain")
        for node in ast.walk(tree)
        if (isinstance(node, ast.Constant) and isinstance(node.value, str))
        or (isinstance(node, ast.keyword) and node.arg)
    }  # type: ignore[return-value]  # a keyword that has passed the filter has a name


def test_words_about_findings_fill_in_evidence_and_nothing_else() -> None:
    evidence = _evidence()
    unknown = {c: _places(f) - evidence for c, f in texts("en").items() if c.startswith("finding.")}
    assert {code: places for code, places in unknown.items() if places} == {}


def test_words_about_errors_fill_in_what_the_error_carries() -> None:
    values = {node.arg for tree in trees().values() for node in ast.walk(tree) if isinstance(node, ast.keyword)}
    unknown = {c: _places(f) - values for c, f in texts("en").items() if c.startswith("error.")}
    assert {code: places for code, places in unknown.items() if places} == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("fault", "pattern"),
    [
        ("two blanks", r"  "),
        ("an exclamation mark", r"!"),
        ("blanks at an end", r"^\s|\s$"),
        ("a hyphen for a minus", r"(?<![\w-])-\d"),
        ("three dots", r"\.\.\."),
        ("the network's owner mixed up with the grid company", r"(?i)nätägare|netteier"),
    ],
)
def test_the_style_is_kept(language: str, fault: str, pattern: str) -> None:
    found = {code for code, forms in texts(language).items() if any(re.search(pattern, form) for form in forms)}
    assert found - {"gui.site.owner-remark"} == set(), fault  # which tells the two owners apart


def _end(form: str) -> str:
    return form[-1] if form[-1:] in ENDS else ""


def test_all_languages_end_a_text_the_same_way() -> None:
    sv, nb, en = map(texts, LANGUAGES)
    shared = [c for c in sorted(sv.keys() & nb.keys() & en.keys()) if ".column." not in c and ".label." not in c]
    assert [c for c in shared if not _end(sv[c][-1]) == _end(nb[c][-1]) == _end(en[c][-1])] == []


def test_every_unit_is_a_sign_that_can_be_shown_or_the_name_of_what_is_counted() -> None:
    units = {
        unit
        for _, call in calls("Quantity", "Series")
        for argument in [*call.args[1:2], *(k.value for k in call.keywords if k.arg == "unit")]
        for unit in strings(argument)
    }
    units |= {limit.unit for limit in profiles.load("zaptec-pro").limits.values()}
    assert [unit for unit in units - numbers.SIGNS if not re.fullmatch(r"[a-z ]{4,}", unit)] == []


def test_check_titles_need_nothing_but_the_host() -> None:
    assert {c: _places(f) for c, f in texts("en").items() if c.startswith("check.")}.keys() == {
        f"check.{info.text_key}.title" for info in checks.infos(profiles.load("zaptec-pro"))
    }
    assert {place for c, f in texts("en").items() if c.startswith("check.") for place in _places(f)} <= {"host"}
