"""What was heard on the mains in a run, for the checks that ask about it."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.outcome import Fact
from ..domain.powerline import Powerline


@dataclass(frozen=True, slots=True)
class Mains(Fact):
    """The gateways on the cable with their members, at least one of them readable."""

    found: Powerline
