"""None of the attacks that the literature names gets past the verifier, on any kind of honest file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from installer_gui.certificate.content import encode
from installer_gui.certificate.layout import render
from installer_gui.certificate.reasons import Outcome, Reason
from installer_gui.domain.verdict import Verdict

from .conftest import House, Office, taught
from .literature import attacks
from .samples import job

ATTACKS = dict(attacks())


@pytest.fixture(scope="module")
def issued(house: House) -> bytes:
    with taught():
        return house.office.signed(job(2))


@pytest.mark.parametrize("name", ATTACKS)
def test_the_attack_is_refused(office: Office, honest: bytes, issued: bytes, name: str) -> None:
    for original in (honest, issued):
        altered = ATTACKS[name](original)
        assert altered != original
        assert office.examine(altered).outcome in (Outcome.INVALID, Outcome.NOT_OURS)


def test_there_are_enough_of_them() -> None:
    assert len(ATTACKS) > 120


def test_another_verdict_on_page_one_is_seen_without_drawing_again(office: Office) -> None:
    made = office.content(job(2, blocked=True))
    raw = encode(made)
    pages = render(replace(made, verdict=Verdict.PASSED), raw)
    assert office.examine(office.sign(made, raw, pages)).reasons == (Reason.PAGES,)
