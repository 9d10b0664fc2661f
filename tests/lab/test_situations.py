"""Every situation: the product must say of it what an engineer would."""

from __future__ import annotations

import json
import tomllib

import jsonschema
import pytest

from .outcome import Outcomes
from .product import Run, crowding
from .site import ROOT
from .situations import ALL, Situation

pytestmark = pytest.mark.lab
PROFILE = tomllib.loads((ROOT / "resources/profiles/zaptec-pro.toml").read_text())
REQUIRED = {*PROFILE["required"]["always"], *PROFILE["required"]["internet"]}
EXITS = {"passed": 0, "passed-with-remarks": 0, "failed": 1, "incomplete": 3}
every_situation = pytest.mark.parametrize("situation", ALL, ids=lambda situation: situation.name)


@every_situation
def test_a_site_is_judged_rightly(situation: Situation, outcomes: Outcomes) -> None:
    run = outcomes[situation].run
    assert run.document, run.stdout + run.stderr
    wrong = {a: state for a, state in run.document["areas"].items() if not situation.allows(a, state)}
    assert not wrong, run.told
    assert run.document["verdict"] in situation.verdict.split(" or "), run.told
    assert run.exit == EXITS[run.document["verdict"]]
    assert set(run.codes) == set(situation.codes), run.told
    assert run.seconds <= situation.seconds * crowding()


@every_situation
def test_what_was_said_is_well_formed_and_claims_no_more_than_was_measured(
    situation: Situation, outcomes: Outcomes
) -> None:
    run = outcomes[situation].run
    schema = json.loads((ROOT / "resources/schemas/run.json").read_text())
    jsonschema.validate(run.document, schema, format_checker=jsonschema.FormatChecker())
    assert not unproved(run)
    assert "Traceback" not in run.stderr
    assert not [c["id"] for c in run.document["checks"] if c["outcome"] == "broken"]


def unproved(run: Run) -> list[str]:
    """Areas that pass although a check that the profile requires there, or every check, was not measured."""
    by_area: dict[str, list[str]] = {}
    for check in run.document["checks"]:
        if check["id"] in REQUIRED or check["outcome"] == "measured":
            by_area.setdefault(check["area"], []).append(check["outcome"])
    return [a for a, state in run.areas.items() if state == "pass" and set(by_area.get(a, ())) != {"measured"}]
