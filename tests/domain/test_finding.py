"""Codes, weights and numbers."""

from __future__ import annotations

import pytest

from installer_gui.domain.check import Area, CheckInfo, Rules
from installer_gui.domain.finding import Code, Quantity, Scale, Series, Severity, endpoint, server, station

GOOD = Code("wifi.strong", 1, Severity.OK)
FAIR = Code("wifi.fair", 2, Severity.WARNING)
WEAK = Code("wifi.weak", 3, Severity.FAILURE)


def test_severities_rank_from_harmless_to_stopping() -> None:
    assert sorted(Severity, key=lambda s: s.rank) == [Severity.OK, Severity.INFO, Severity.WARNING, Severity.FAILURE]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_is_no_measurement(value: float) -> None:
    with pytest.raises(ValueError, match="dBm"):
        Quantity(value, "dBm")
    with pytest.raises(ValueError, match="dBm"):
        Series((1, None, value), "dBm")


def test_a_missed_sample_keeps_its_place_in_a_series() -> None:
    assert Series((-70, None, -71), "dBm").values[1] is None


def test_subjects_are_named_the_same_way_everywhere() -> None:
    assert [station("A1").name, endpoint("h", 443).name, server("8.8.8.8").name] == ["A1", "h:443", "8.8.8.8"]


def test_rules_know_the_codes_of_scales_too() -> None:
    rules = Rules((CheckInfo("wifi-signal", Area.WIFI, scales=(Scale("wifi.level", "p20", "x", GOOD, WEAK, FAIR),)),))
    assert set(rules.codes) == {"wifi.strong", "wifi.fair", "wifi.weak"}
    assert set(rules.scales) == {"wifi.level"}
