"""Jobs with stations on the mains, as they were measured at a played module."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from unittest.mock import patch

from installer_gui.checks import plc_conversation
from installer_gui.domain.finding import SITE, station
from installer_gui.domain.job import Connection, Job
from installer_gui.domain.powerline import Powerline
from installer_gui.platforms import powerline as own
from installer_gui.platforms import simulated
from installer_gui.session import confirm, powerline, powerline_filing

from . import jobs

MACS = tuple(f"60:15:92:43:53:{n:02x}" for n in range(1, 7))


def listed(count: int = 6, known: int = 6) -> Job:
    """`known` of the stations have the addresses that the played ones have."""
    job = jobs.described(Connection.PLC, count)
    macs = (*MACS[:known], *[""] * count)
    return replace(job, stations=tuple(replace(s, mac=mac) for s, mac in zip(job.stations, macs, strict=False)))


@contextmanager
def swift() -> Iterator[None]:
    """Questions without a pause between them, and less patience: played modems answer in milliseconds."""
    with patch.object(own, "GAP_S", 0.001), patch.object(plc_conversation, "PATIENCE_S", 0.1):
        yield


def found(site: str = "plc-garage") -> Powerline:
    with swift(), simulated.play(site) as playing:
        (cable,) = powerline.cables(playing.platform)
        return asyncio.run(powerline.look(playing.platform, cable, jobs.PROFILE, lambda done, of: None))


def measured(job: Job, seen: Powerline) -> Job:
    return powerline_filing.filed(job, powerline.records(seen, len(job.stations), jobs.NOW, jobs.PROFILE))


def confirmed(job: Job, name: str) -> Job:
    return confirm.confirm(job, "plc-station", station(name), {"paired": True}, "Bo Ek", jobs.NOW)


def wired(job: Job) -> Job:
    from installer_gui.checks.confirmation import PLC_WIRING

    answers = {q.id: 20 if q.unit else True for q in PLC_WIRING.questions}
    return confirm.confirm(job, PLC_WIRING.id, SITE, answers, "Bo Ek", jobs.NOW)
