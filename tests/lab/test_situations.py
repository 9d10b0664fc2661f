"""Every situation: its fault is there, the product says of it what an engineer would, and is polite while it looks.

All in one file, because each is played once for all that is asserted of it.
"""

from __future__ import annotations

import json
import tomllib

import jsonschema
import pytest

from . import facts
from .blueprint import LAPTOP_MAC, POOL
from .manners import (
    ARP_SWEEP,
    CONNECTIONS_TO_A_HOST,
    DISCOVERS_A_SECOND,
    NAMES,
    NETWORK,
    NTP_SAMPLES,
    REPEATED,
    strangers,
)
from .outcome import Outcomes
from .product import Run, crowding
from .site import ROOT
from .situations import ALL, Situation
from .watch import ETH_P_IPV6, peak

pytestmark = pytest.mark.lab
PROFILE = tomllib.loads((ROOT / "resources/profiles/zaptec-pro.toml").read_text())
REQUIRED = {*PROFILE["required"]["always"], *PROFILE["required"]["internet"]}
EXITS = {"passed": 0, "passed-with-remarks": 0, "failed": 1, "incomplete": 3}
every_situation = pytest.mark.parametrize("situation", ALL, ids=lambda situation: situation.name)


@every_situation
def test_a_fault_is_there_and_absent_from_a_healthy_site(situation: Situation, outcomes: Outcomes) -> None:
    assert outcomes[situation].facts == situation.facts
    assert all(facts.HEALTHY[name] != seen for name, seen in situation.facts.items())


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


@every_situation
def test_dhcp_takes_nothing_and_is_in_no_hurry(situation: Situation, outcomes: Outcomes) -> None:
    traffic = outcomes[situation].traffic
    assert set(traffic.dhcp) <= {"DISCOVER", "INFORM"}
    assert peak(traffic.dhcp_times("DISCOVER")) <= DISCOVERS_A_SECOND


@every_situation
def test_nothing_is_left_behind_at_the_dhcp_server(situation: Situation, outcomes: Outcomes) -> None:
    assert not outcomes[situation].leases


@every_situation
def test_the_hub_is_asked_once_at_most(situation: Situation, outcomes: Outcomes) -> None:
    assert outcomes[situation].connects <= 1


@every_situation
def test_a_pool_that_is_large_enough_is_not_emptied(situation: Situation, outcomes: Outcomes) -> None:
    outcome = outcomes[situation]
    pool = situation.site.dhcp
    if pool and not pool.scattered and outcome.run.areas["dhcp"] == "pass":
        assert outcome.traffic.dhcp["DISCOVER"] <= situation.stations + 2 + REPEATED
        assert len(outcome.traffic.offered) <= situation.stations + 2


@every_situation
def test_only_the_laptops_own_address_is_used_on_the_cable(situation: Situation, outcomes: Outcomes) -> None:
    assert outcomes[situation].traffic.sources - NETWORK <= {LAPTOP_MAC}


@every_situation
def test_nothing_is_sent_to_anybody_but_the_documented_endpoints(situation: Situation, outcomes: Outcomes) -> None:
    assert not strangers(outcomes[situation].traffic)
    assert set(outcomes[situation].traffic.unknown) <= {ETH_P_IPV6}  # the kernel's own, where it is switched on


@every_situation
def test_endpoints_are_asked_a_handful_of_times(situation: Situation, outcomes: Outcomes) -> None:
    traffic = outcomes[situation].traffic
    assert all(traffic.udp[address, 123] <= NTP_SAMPLES for address in POOL)
    assert all(n <= CONNECTIONS_TO_A_HOST for (_, port), n in traffic.connections.items() if port != 53)
    assert all(n <= NAMES for (_, port), n in traffic.connections.items() if port == 53)
    assert len(traffic.arp) <= ARP_SWEEP


def unproved(run: Run) -> list[str]:
    """Areas that pass although a check that the profile requires there, or every check, was not measured."""
    by_area: dict[str, list[str]] = {}
    for check in run.document["checks"]:
        if check["id"] in REQUIRED or check["outcome"] == "measured":
            by_area.setdefault(check["area"], []).append(check["outcome"])
    return [a for a, state in run.areas.items() if state == "pass" and set(by_area.get(a, ())) != {"measured"}]
