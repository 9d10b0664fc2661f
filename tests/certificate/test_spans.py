"""Spans of names: short, and none left out."""

from __future__ import annotations

import pytest

from installer_gui.certificate.spans import spans


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ([], []),
        (["A1"], ["A1"]),
        (["A1", "A2"], ["A1", "A2"]),
        (["A1", "A2", "A3"], ["A1–A3"]),
        (["A8", "A9", "A10", "A11"], ["A8–A11"]),
        (["P08", "P09", "P10"], ["P08–P10"]),
        (["P1-099", "P1-100", "P1-101"], ["P1-099\u00a0– P1-101"]),
        (["A1", "A2", "A3", "B4", "B6"], ["A1–A3", "B4", "B6"]),
        (["A3", "A2", "A1"], ["A3", "A2", "A1"]),
        (["A9", "A010", "A11"], ["A9", "A010", "A11"]),
        (["norr", "söder", "öster"], ["norr", "söder", "öster"]),
        (["5", "6", "7"], ["5–7"]),
    ],
)
def test_names_that_count_up_are_a_span(names: list[str], told: list[str]) -> None:
    assert spans(names, 24) == told


def test_a_name_is_cut_and_never_lost() -> None:
    assert spans(["x" * 40, "y"], 24) == ["x" * 23 + "…", "y"]


def test_numbers_that_no_computer_writes_are_names() -> None:
    assert spans(["A²", "A³", "A٣"], 24) == ["A²", "A³", "A٣"]
