"""Other ways that a given resolver names than the one that the endpoint's own check goes: a second or late answer.

A station may go any of them, so each must lead to the service as well.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

from ..domain.finding import Severity
from ..domain.names import Answer
from ..domain.profile import Endpoint, Protocol
from ..domain.timesync import TimeFailure, TimeSample
from .context import Context
from .endpoint import Arrived, reach_at
from .facts import NetworkTime, Tried
from .time_questions import ask_all

PATIENCE_S = 5.0
PROOF_S = 2.5  # how long after that the endpoint's own check is waited for


@dataclass(frozen=True, slots=True)
class Detour:
    """Addresses of an endpoint that only this answer names."""

    endpoint: Endpoint
    answer: Answer
    addresses: tuple[str, ...]


async def astray(ctx: Context) -> tuple[Answer, ...]:
    """The answers that name addresses where the service is not, while it is where its own check has looked."""
    found = await asyncio.gather(*(_detours(ctx, endpoint) for endpoint in ctx.profile.endpoints))
    detours = [detour for some in found for detour in some]
    lost = await asyncio.gather(*(_is_lost(ctx, detour) for detour in detours))
    return tuple(detour.answer for detour, is_lost in zip(detours, lost, strict=True) if is_lost)


async def _detours(ctx: Context, endpoint: Endpoint) -> tuple[Detour, ...]:
    local = endpoint.protocol is Protocol.NTP  # a site may have a time server of its own
    followed = await ctx.names.told(endpoint.host, local=local)
    known = followed.addresses if followed else ()
    answers = await asyncio.gather(*(ctx.names.ask(server, endpoint.host) for server in ctx.names.given))
    named = [(answer, (*answer.public, *(answer.local if local else ()))) for answer in answers]
    others = ((answer, tuple(a for a in addresses if a not in known)) for answer, addresses in named)
    return tuple(Detour(endpoint, answer, addresses) for answer, addresses in others if addresses)


async def _is_lost(ctx: Context, detour: Detour) -> bool:
    """What no way leads to is no fault of the resolver's."""
    if detour.endpoint.protocol is Protocol.NTP:
        samples = await _samples(ctx, detour)
        times = await ctx.given(NetworkTime, PROOF_S)
        return bool(times) and not any(_agrees(ctx, sample, times[0]) for sample in samples)
    if await _arrives(ctx, detour):
        return False
    tried = [t for t in await ctx.given(Tried, PROOF_S) if t.host == detour.endpoint.host]
    return all(t.verified or t.refused_issuer for t in tried)


async def _arrives(ctx: Context, detour: Detour) -> bool:
    """Whether the server there proves who it is; no fact is given of it, because the endpoint's own check does that."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            end = await reach_at(replace(ctx, give=lambda fact: None), detour.endpoint, detour.addresses)
    except TimeoutError:
        return False
    if not isinstance(end, Arrived):
        return False
    end.stream.close()
    return True


async def _samples(ctx: Context, detour: Detour) -> tuple[TimeSample | TimeFailure, ...]:
    try:
        async with asyncio.timeout(PATIENCE_S):
            return tuple(await ask_all(ctx.network.timesync, detour.addresses))
    except TimeoutError:
        return ()


def _agrees(ctx: Context, sample: TimeSample | TimeFailure, right: NetworkTime) -> bool:
    limit = ctx.profile.limits["ntp-offset"]
    return isinstance(sample, TimeSample) and limit.judge(abs(sample.offset_s - right.offset_s)) is Severity.OK
