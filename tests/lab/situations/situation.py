"""What a situation is: a site, the plain facts that prove it, and what must be said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypedDict

from ..blueprint import Blueprint

HEALTHY = Blueprint()
HEALTHY_AREAS = dict.fromkeys(("computer", "link", "dhcp", "dns", "ntp", "mqtt", "https"), "pass") | {
    "wifi": "not-applicable",
    "plc": "not-applicable",
}
STUCK = "fail or not-applicable"  # an area that could not be tried


class Expected(TypedDict, total=False):
    """What must be said of a site, where it is not what is said of a healthy one: see `Situation`."""

    verdict: str
    areas: Mapping[str, str]
    codes: tuple[str, ...]
    stations: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Situation:
    """One row.

    `facts` are those of facts.HEALTHY that differ here; `areas` those that are not as on a healthy site, with " or "
    between answers that are equally right; `codes` all remarks and failures; `seconds` the most that a run may take.
    """

    name: str
    site: Blueprint = HEALTHY
    facts: Mapping[str, str] = field(default_factory=dict)
    verdict: str = "passed"
    areas: Mapping[str, str] = field(default_factory=dict)
    codes: tuple[str, ...] = ()
    stations: int = 6
    root: bool = True
    seconds: float = 13.0

    def allows(self, area: str, state: str) -> bool:
        """Whether that is a right answer about the area."""
        return state in self.areas.get(area, HEALTHY_AREAS[area]).split(" or ")


def failed(area: str, *codes: str, **others: str) -> Expected:
    """One area fails; others may follow from it."""
    return {"verdict": "failed", "areas": {area: "fail", **others}, "codes": codes}


def remarked(area: str, *codes: str) -> Expected:
    """One area has remarks, and the site passes."""
    return {"verdict": "passed-with-remarks", "areas": {area: "warn"}, "codes": codes}
