"""Every fault is really there, and a healthy site has none of them: proved by plain facts, without the product."""

from __future__ import annotations

import pytest

from . import facts
from .outcome import Outcomes
from .situations import ALL, Situation

pytestmark = pytest.mark.lab


@pytest.mark.parametrize("situation", ALL, ids=lambda situation: situation.name)
def test_a_fault_is_there_and_absent_from_a_healthy_site(situation: Situation, outcomes: Outcomes) -> None:
    assert outcomes[situation].facts == situation.facts
    assert all(facts.HEALTHY[name] != seen for name, seen in situation.facts.items())
