"""A language changes words and nothing else; options mean the same wherever they stand."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from installer_gui.cli.system_language import system_language

Cli = Callable[..., Any]
WORDS = {"title", "meaning", "remedy"}


def without(data: Any, names: set[str]) -> Any:
    if isinstance(data, dict):
        return {key: without(value, names) for key, value in data.items() if key not in names}
    return [without(item, names) for item in data] if isinstance(data, list) else data


def words(data: Any) -> list[str]:
    if isinstance(data, dict):
        own = [value for key, value in data.items() if key in WORDS]
        return own + [w for value in data.values() for w in words(value)]
    return [w for item in data for w in words(item)] if isinstance(data, list) else []


def test_a_language_changes_every_word_and_nothing_else(driftklar: Cli, play: Cli, outcomes: SimpleNamespace) -> None:
    play(traffic_budget=outcomes.note)
    told = [driftklar("--language", language, "check", "--format", "json").json for language in ("sv", "nb", "en")]
    timed = WORDS | {"started", "duration_s"}
    assert without(told[0], timed) == without(told[1], timed) == without(told[2], timed)
    assert all(len({a, b, c}) == 3 for a, b, c in zip(*map(words, told), strict=True))


@pytest.mark.parametrize(
    "argv",
    [
        ("--language", "sv", "--format", "json", "check"),
        ("check", "--language", "sv", "--format", "json"),
        ("--language", "sv", "check", "--format", "json"),
        ("--language", "nb", "--format", "text", "check", "--language", "sv", "--format", "json"),
    ],
)
def test_common_options_count_before_and_after_the_command_and_the_last_one_wins(
    driftklar: Cli, play: Cli, outcomes: SimpleNamespace, argv: tuple[str, ...]
) -> None:
    play(traffic_budget=outcomes.note)
    assert driftklar(*argv).json["checks"][0]["title"] == "Datatrafiken är känd"


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "sv_SE.UTF-8"}, "sv"),
        ({"LANG": "nb_NO.UTF-8"}, "nb"),
        ({"LANG": "nn_NO"}, "nb"),
        ({"LANG": "no_NO"}, "nb"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "sv_SE.UTF-8"}, "sv"),
        ({"LANG": "sv_SE.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
    ],
)
def test_the_language_is_the_systems_unless_one_is_named(
    variables: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert system_language() == language


def test_a_language_that_we_do_not_have_is_wrong_use(driftklar: Cli) -> None:
    ran = driftklar("--language", "tlh", "list", "checks")
    assert (ran.code, "invalid choice: 'tlh'" in ran.err) == (2, True)
