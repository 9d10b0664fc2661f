"""What a person says, and what it comes to."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from installer_gui import checks, profiles
from installer_gui.checks import confirmation
from installer_gui.checks.confirmation import PLC_WIRING, Answer, Confirmation
from installer_gui.domain.check import Rules
from installer_gui.domain.finding import Finding, station
from installer_gui.domain.job import Connection
from installer_gui.domain.verdict import weigh
from installer_gui.errors import BadInput

PROFILE = profiles.load("zaptec-pro")
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
WIRED: dict[str, Answer] = {
    **dict.fromkeys(("terminals", "phase-order", "earth", "modules", "encrypted"), True),
    "cable": 40,
    "stations": 12,
}


def answered(asked: Confirmation, answers: dict[str, Any]) -> dict[str, str]:
    outcome = asked.answered(answers, "Kim Berg", NOON)
    judged = (weigh(finding, Rules((asked.info,)), PROFILE) for finding in outcome.findings)
    return {j.code.name: j.severity.value for j in judged}


def all_yes(asked: Confirmation) -> dict[str, Answer]:
    return {q.id: 20 if q.unit else True for q in asked.questions}


@pytest.mark.parametrize("asked", confirmation.ALL, ids=lambda a: a.id)
def test_yes_to_everything_is_good(asked: Confirmation) -> None:
    assert set(answered(asked, all_yes(asked)).values()) == {"ok"}


@pytest.mark.parametrize(
    ("check", "question"), [(a.id, q.id) for a in confirmation.ALL for q in a.questions if q.no is not None]
)
def test_no_to_any_question_is_no_pass(check: str, question: str) -> None:
    asked = confirmation.BY_ID[check]
    weights = answered(asked, {**all_yes(asked), question: False}).values()
    assert {"warning", "failure"} & set(weights)


@pytest.mark.parametrize(
    ("question", "value", "expected", "weight"),
    [
        ("cable", 90, "plc.cable-short", "ok"),
        ("cable", 91, "plc.cable-long", "failure"),
        ("stations", 30, "plc.module-room", "ok"),
        ("stations", 31, "plc.module-crowded", "warning"),
    ],
)
def test_numbers_are_judged_by_the_profile(question: str, value: int, expected: str, weight: str) -> None:
    assert answered(PLC_WIRING, {**WIRED, question: value})[expected] == weight


@pytest.mark.parametrize("asked", confirmation.ALL, ids=lambda a: a.id)
def test_every_answer_says_who_gave_it_and_when(asked: Confirmation) -> None:
    def said(finding: Finding) -> tuple[Any, Any]:
        return finding.evidence["by"], finding.evidence["at"]

    outcome = asked.answered(all_yes(asked), " Kim Berg ", NOON, station("A1"))
    assert {said(f) for f in outcome.findings} == {("Kim Berg", "2026-11-25 12:00")}
    assert {f.subject for f in outcome.findings} == {station("A1")}


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({k: v for k, v in WIRED.items() if k != "earth"}, "input.unanswered"),
        ({}, "input.unanswered"),
        ({**WIRED, "colour": True}, "input.no-such-question"),
        ({**WIRED, "earth": 3}, "input.bad-answer"),
        ({**WIRED, "cable": True}, "input.bad-answer"),
        ({**WIRED, "cable": False}, "input.bad-answer"),
        ({**WIRED, "cable": float("nan")}, "input.bad-answer"),
        ({**WIRED, "earth": "yes"}, "input.bad-answer"),
        ({**WIRED, "cable": "40"}, "input.bad-answer"),
        ({**WIRED, "cable": -4}, "input.bad-answer"),
    ],
)
def test_what_leaves_something_open_is_refused(answers: dict[str, Any], code: str) -> None:
    with pytest.raises(BadInput) as raised:
        PLC_WIRING.answered(answers, "Kim Berg", NOON)
    assert raised.value.code == code


@pytest.mark.parametrize("by", ["", "  "])
def test_an_answer_that_nobody_stands_for_is_refused(by: str) -> None:
    with pytest.raises(BadInput) as raised:
        PLC_WIRING.answered(WIRED, by, NOON)
    assert raised.value.code == "input.no-name"


def test_what_only_a_person_can_say_is_known_but_never_run() -> None:
    assert set(confirmation.BY_ID) <= {info.id for info in checks.infos(PROFILE)}
    asked = {confirmation.id for confirmation in confirmation.ALL if not confirmation.measured}
    for connection in Connection:
        assert not asked & {check.info.id for check in checks.network(PROFILE, connection)}
