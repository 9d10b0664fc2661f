"""Asking time servers: politely, twice when a packet was lost, and from port 123 when nothing else gets through."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from ..domain.timesync import TimeFailure, TimeFault, TimeSample
from ..ports.timesync import TimeSync
from ..ports.unavailable import Unavailable

ASK_S, AGAIN_S, MORE_S = 2.0, 1.5, 1.0
PORT_123_TRIES = 2
MORE_SAMPLES, BEST = 2, 2


async def ask_all(time: TimeSync, addresses: Sequence[str]) -> Sequence[TimeSample | TimeFailure]:
    """One answer, or what came in its place, from each address."""
    answers = await asyncio.gather(*(_ask(time, address) for address in addresses))
    if not all(isinstance(a, TimeFailure) and a.fault is TimeFault.TIMEOUT for a in answers):
        return answers
    return await _all_from_port_123(time, answers)


async def _ask(time: TimeSync, address: str) -> TimeSample | TimeFailure:
    """A lost packet is no dead server, so silence is asked once more."""
    answer = await time.ask(address, ASK_S)
    if isinstance(answer, TimeFailure) and answer.fault is TimeFault.TIMEOUT:
        return await time.ask(address, AGAIN_S)
    return answer


async def _all_from_port_123(
    time: TimeSync, silent: Sequence[TimeSample | TimeFailure]
) -> Sequence[TimeSample | TimeFailure]:
    """One by one, because there is only one such port, and no more when that does not help either."""
    answers: list[TimeSample | TimeFailure] = []
    for old in silent:
        failed = sum(isinstance(a, TimeFailure) for a in answers)
        answers.append(old if failed >= PORT_123_TRIES else await _from_port_123(time, old))
    return answers


async def _from_port_123(time: TimeSync, silent: TimeSample | TimeFailure) -> TimeSample | TimeFailure:
    """Some firewalls let only questions from port 123 out; without the rights for it the silence stands."""
    try:
        return await time.ask(silent.server, AGAIN_S, from_port_123=True)
    except Unavailable:
        return silent


async def refine(time: TimeSync, samples: Sequence[TimeSample]) -> Sequence[TimeSample]:
    """Of the nearest servers the quickest of three answers counts: it waited least on the way."""
    best = sorted(samples, key=lambda s: s.distance_s)[:BEST]

    async def quickest(sample: TimeSample) -> TimeSample:
        if sample not in best or sample.source_port_123:
            return sample
        more = [await time.ask(sample.server, MORE_S) for _ in range(MORE_SAMPLES)]
        return min((sample, *(m for m in more if isinstance(m, TimeSample))), key=lambda s: s.rtt_ms)

    return await asyncio.gather(*map(quickest, samples))
