"""Finding numbers are said over the phone and stand on paper for years: unique, in their range, never reused.

`numbers.json` is the ledger. A new finding is entered there; an entry is never changed or taken away.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path

from installer_gui import checks, profiles
from installer_gui.domain.finding import Code, Responsible, Severity
from installer_gui.domain.verdict import UNKNOWN
from installer_gui.session import plan

LEDGER = Path(__file__).with_name("numbers.json")
RANGES = {
    "computer": range(100, 120),
    "link": range(120, 150),
    "traffic": range(150, 151),
    "portal": range(151, 160),
    "dhcp": range(200, 250),
    "names": range(250, 300),
    "time": range(300, 350),
    "tcp": range(400, 450),
    "tls": range(400, 450),
    "mqtt": range(450, 470),
    "https": range(470, 500),
    "wifi": range(500, 550),
    "plc": range(600, 650),
    "lte": range(650, 670),
    "station": range(700, 720),
    "program": range(990, 1000),
}


def ledger() -> dict[str, int]:
    entries: dict[str, int] = json.loads(LEDGER.read_text(encoding="utf-8"))
    return entries


def codes() -> list[Code]:
    """Every code of every check, also where two checks declare the same one."""
    infos = checks.infos(profiles.load("zaptec-pro"))
    scales = [scale for info in infos for scale in info.scales]
    weighed = [code for s in scales for code in (s.passes, s.warns, s.fails) if code is not None]
    return [UNKNOWN, *weighed, *(code for info in infos for code in info.codes)]


def test_every_code_stands_in_the_ledger_with_its_number() -> None:
    entered = ledger()
    missing = {code.name: code.number for code in codes() if code.name not in entered}
    assert missing == {}, f"enter in {LEDGER.name}: {json.dumps(missing)}"
    assert {c.name: c.number for c in codes()} == {c.name: entered[c.name] for c in codes()}


def test_no_number_was_ever_given_twice() -> None:
    by_number: dict[int, list[str]] = defaultdict(list)
    for name, number in ledger().items():
        by_number[number].append(name)
    assert {number: names for number, names in by_number.items() if len(names) > 1} == {}


def test_the_ledger_is_in_the_order_of_the_numbers() -> None:
    assert list(ledger().values()) == sorted(ledger().values())


def test_every_number_lies_in_the_range_of_its_subject() -> None:
    assert [name for name, number in ledger().items() if number not in RANGES[name.partition(".")[0]]] == []


def test_names_are_dotted_words_in_small_letters() -> None:
    assert [name for name in ledger() if not re.fullmatch(r"[a-z]+\.[a-z0-9]+(-[a-z0-9]+)*", name)] == []


def test_a_code_that_several_checks_share_is_one_code() -> None:
    seen: dict[str, Code] = {}
    for code in codes():
        assert seen.setdefault(code.name, code) == code


def test_a_scale_is_no_code() -> None:
    rules = plan.rules(profiles.load("zaptec-pro"))
    assert set(rules.scales).isdisjoint(rules.codes)


def test_a_fault_names_who_must_act_and_a_success_names_nobody() -> None:
    nobody, fault = Responsible.NOBODY, (Severity.WARNING, Severity.FAILURE)
    assert [c.name for c in codes() if c.severity in fault and c.responsible is nobody and c is not UNKNOWN] == []
    assert [c.name for c in codes() if c.severity is Severity.OK and c.responsible is not nobody] == []
