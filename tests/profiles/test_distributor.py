"""A distributor's profile says whose it is and moves limits; it takes nothing away, and every fault is a line."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from installer_gui import profiles
from installer_gui.errors import BadInput
from installer_gui.profiles import distributor

OURS = profiles.ours()
BASE = OURS["zaptec-pro"]
TEXT = """
id = "grossist"
base = "zaptec-pro"
name = "Grossisten"
version = "7"
date = 2026-09-01

[brand]
name = "Elgrossisten AB"
support = "010-123 45 67"
colour = "#7A1F5C"

[limits.wifi-signal]
passes = -68

[required]
always = ["traffic", "computer-path"]
"""


def read(text: str) -> distributor.Profile:
    return distributor.read(text.encode(), "g.dkprofile", OURS)


def test_it_is_ours_but_for_what_it_says() -> None:
    made = read(TEXT)
    assert made.brand is not None
    assert (made.id, made.base, made.name, made.version, made.brand.name) == (
        "grossist",
        "zaptec-pro",
        "Grossisten",
        "7",
        "Elgrossisten AB",
    )
    assert made.limits["wifi-signal"] == replace(BASE.limits["wifi-signal"], passes=-68)
    assert made.limits["dns-time"] == BASE.limits["dns-time"]
    assert made.required["always"] == (*BASE.required["always"], "traffic")
    assert (made.endpoints, made.values, made.public_resolvers) == (BASE.endpoints, BASE.values, BASE.public_resolvers)
    assert made.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert made.loosened == ()


@pytest.mark.parametrize(
    ("limit", "said", "looser"),
    [
        ("wifi-signal", "passes = -71", True),
        ("wifi-signal", "passes = -60", False),
        ("wifi-signal", "warns = -80", True),
        ("wifi-signal", "warns = -71", False),
        ("dns-time", "passes = 1", False),
        ("dns-time", "warns = 1e6", True),
    ],
)
def test_a_limit_that_lets_more_pass_is_named(limit: str, said: str, looser: bool) -> None:
    made = read(TEXT.replace("[limits.wifi-signal]\npasses = -68", f"[limits.{limit}]\n{said}"))
    assert made.loosened == ((limit,) if looser else ())


FAULTS = {
    "another id": ('id = "grossist"', 'id = "zaptec-pro"', ["id"]),
    "an id that is a path": ('id = "grossist"', 'id = "../x"', ["id"]),
    "no base of ours": ('base = "zaptec-pro"', 'base = "go"', ["base"]),
    "no base": ('base = "zaptec-pro"', "", ["base"]),
    "an unknown key": ("[brand]", "[extra]\na = 1\n[brand]", ["extra"]),
    "endpoints": ("[brand]", '[[endpoints]]\nhost = "x"\n[brand]', ["endpoints"]),
    "values": ("[brand]", "[values]\nx = 1\n[brand]", ["values"]),
    "a signer": ('version = "7"', 'version = "7"\nsigner = "x"', ["signer"]),
    "an unknown limit": ("limits.wifi-signal", "limits.wifi", ["limits.wifi"]),
    "another unit": ("passes = -68", 'passes = -68\nunit = "V"', ["limits.wifi-signal.unit"]),
    "no number": ("passes = -68", "passes = nan", ["limits.wifi-signal.passes"]),
    "an unknown group": ("always =", "alway =", ["required.alway"]),
    "an unreadable colour": ("#7A1F5C", "#FFFFFF", ["brand.colour"]),
    "an unknown source": ("passes = -68", 'passes = -68\nsource = "x"', ["limits.wifi-signal.source"]),
    "no version": ('version = "7"', 'version = " "\n', ["version"]),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_by_its_key(name: str) -> None:
    old, new, keys = FAULTS[name]
    assert old in TEXT
    with pytest.raises(BadInput) as raised:
        read(TEXT.replace(old, new, 1))
    assert raised.value.code == "input.bad-profile"
    assert [fault.values["key"] for fault in (raised.value, *raised.value.others)] == keys
    assert raised.value.values["expected"]


def test_every_fault_is_told() -> None:
    with pytest.raises(BadInput) as raised:
        read(TEXT.replace("passes = -68", "passes = -90").replace("#7A1F5C", "#FFFFFF"))
    told = (raised.value, *raised.value.others)
    assert [fault.values["key"] for fault in told] == ["limits.wifi-signal.warns", "brand.colour"]


@pytest.mark.parametrize("raw", [b"", b"\xff", b"id = ", b"[" * 5000, b"\x00"])
def test_what_is_no_profile_is_one_sentence(raw: bytes) -> None:
    with pytest.raises(BadInput):
        distributor.read(raw, "x", OURS)
