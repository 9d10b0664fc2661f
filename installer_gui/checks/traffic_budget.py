"""What will the stations' traffic amount to?"""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.check import Area, CheckInfo
from ..domain.finding import Code, Finding, Quantity, Severity
from ..domain.outcome import Fact, Measured
from .context import Context, Exclusive

EXPECTED = Code("traffic.expected", 150, Severity.INFO)
DAYS_A_MONTH = 30


@dataclass(frozen=True, slots=True)
class TrafficBudget:
    """Arithmetic on the maker's figure; nothing is sent."""

    info = CheckInfo("traffic-budget", Area.LINK, codes=(EXPECTED,))
    needs: tuple[type[Fact], ...] = ()
    gives: tuple[type[Fact], ...] = ()
    timeout_s: float = 1.0
    exclusive: Exclusive | None = None

    async def run(self, ctx: Context) -> Measured:
        a_day = ctx.profile.values["megabytes_per_station_and_day"] * ctx.stations
        evidence = {
            "stations": Quantity(ctx.stations, "stations"),
            "day": Quantity(a_day, "MB"),
            "month": Quantity(a_day * DAYS_A_MONTH, "MB"),
        }
        return Measured((Finding(EXPECTED.name, evidence=evidence),))
