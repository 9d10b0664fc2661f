"""Can this computer's clock be trusted?"""

from __future__ import annotations

import asyncio
import statistics
from dataclasses import dataclass

from ..domain.check import Area, CheckInfo
from ..domain.finding import Code, Finding, Quantity, Responsible, Scale, Severity
from ..domain.outcome import Fact, Measured, NotApplicable
from .context import Context, Exclusive
from .facts import NetworkTime, ServerDate

RIGHT = Code("computer.clock-right", 110, Severity.OK)
WRONG = Code("computer.clock-wrong", 111, Severity.WARNING, Responsible.INSTALLER)
OFFSET = Scale("computer.clock-offset", "offset", "computer-clock", RIGHT, WRONG)

PATIENCE_S = 12.0


@dataclass(frozen=True, slots=True)
class ComputerClock:
    """Compares it with the time servers, and where the web hosts' Date disagrees with them, with that."""

    info = CheckInfo("computer-clock", Area.COMPUTER, scales=(OFFSET,))
    needs: tuple[type[Fact], ...] = ()
    gives: tuple[type[Fact], ...] = ()
    timeout_s: float = 13.0
    exclusive: Exclusive | None = None

    async def run(self, ctx: Context) -> Measured | NotApplicable:
        times, dates = await asyncio.gather(ctx.given(NetworkTime, PATIENCE_S), ctx.given(ServerDate, PATIENCE_S))
        offset = times[0].offset_s if times else None
        if dates:
            date = statistics.median(d.offset_s for d in dates)
            agree = ctx.profile.limits["ntp-offset"].judge(abs(date - (offset or 0.0))) is Severity.OK
            offset = offset if offset is not None and agree else date
        if offset is None:
            return NotApplicable("ntp-servers")
        evidence = {
            "offset": Quantity(round(abs(offset), 1), "s"),
            "direction": "behind" if offset > 0 else "ahead",
            "compared": (*(("NTP",) if times else ()), *(d.host for d in dates)),
        }
        return Measured((Finding(OFFSET.name, evidence=evidence),))
