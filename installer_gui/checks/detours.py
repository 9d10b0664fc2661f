"""Addresses that a resolver names and that the endpoint's own check does not try: more than one, or a later answer.

A station may go to any of them, so the service must be there as well.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from ..domain.finding import Severity
from ..domain.names import Answer
from ..domain.profile import Endpoint, Protocol
from ..domain.timesync import TimeFailure, TimeSample
from .context import Context
from .endpoint import Arrived, reach_at
from .facts import NetworkTime, Tried
from .time_questions import ask_all

MOST = 6  # addresses of an endpoint
PATIENCE_S = 5.0
PROOF_S = 2.5  # how long after that the endpoint's own check is waited for


@dataclass(frozen=True, slots=True)
class Astray:
    """Addresses in an answer at which the service is not; `wholly` when the answer names no other."""

    answer: Answer
    addresses: tuple[str, ...]
    wholly: bool


async def astray(ctx: Context, servers: Sequence[str]) -> tuple[Astray, ...]:
    """Answers of the servers that lead astray while the endpoint's own check has found the service."""
    found = await asyncio.gather(*(_astray(ctx, endpoint, servers) for endpoint in ctx.profile.endpoints))
    return tuple(one for some in found for one in some)


async def _astray(ctx: Context, endpoint: Endpoint, servers: Sequence[str]) -> list[Astray]:
    is_ntp = endpoint.protocol is Protocol.NTP
    followed = await ctx.names.told(endpoint.host, local=is_ntp)
    if followed and followed.server not in ctx.names.given:  # then a station depends on every public one
        servers = tuple(dict.fromkeys((*servers, *ctx.names.public)))
    answers = await asyncio.gather(*(ctx.names.ask(server, endpoint.host) for server in servers))
    named = [(a, (*a.public, *(a.local if is_ntp else ()))) for a in answers]  # a site may have its own time server
    tried = (followed.addresses if is_ntp else followed.public[:1]) if followed else ()
    others = dict.fromkeys(address for _, addresses in named for address in addresses if address not in tried)
    some = tuple(others)[:MOST]
    lost = await (_without_time(ctx, some) if is_ntp else _without_service(ctx, endpoint, some)) if some else ()
    found = [(a, addresses, tuple(address for address in addresses if address in lost)) for a, addresses in named]
    # one dead server of a pool is for the pool to mend
    return [Astray(a, gone, gone == all_) for a, all_, gone in found if gone and (gone == all_ or not is_ntp)]


async def _without_service(ctx: Context, endpoint: Endpoint, addresses: Sequence[str]) -> Collection[str]:
    arrived = await asyncio.gather(*(_arrives(ctx, endpoint, address) for address in addresses))
    lost = [address for address, there in zip(addresses, arrived, strict=True) if not there]
    tried = [t for t in await ctx.given(Tried, PROOF_S) if t.host == endpoint.host] if lost else []
    return lost if all(t.verified or t.refused_issuer for t in tried) else ()


async def _arrives(ctx: Context, endpoint: Endpoint, address: str) -> bool:
    """Whether the server there proves who it is; no fact is given of it, because the endpoint's own check does that."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            end = await reach_at(replace(ctx, give=lambda fact: None), endpoint, (address,))
    except TimeoutError:
        return False
    if not isinstance(end, Arrived):
        return False
    end.stream.close()
    return True


async def _without_time(ctx: Context, addresses: Sequence[str]) -> Collection[str]:
    """Those that do not tell the time that the servers of the endpoint's own check tell."""
    samples: Sequence[TimeSample | TimeFailure] = ()
    try:
        async with asyncio.timeout(PATIENCE_S):
            samples = await ask_all(ctx.network.timesync, addresses)
    except TimeoutError:
        pass
    times, limit = await ctx.given(NetworkTime, PROOF_S), ctx.profile.limits["ntp-offset"]
    if not times:
        return ()
    offsets = {s.server: abs(s.offset_s - times[0].offset_s) for s in samples if isinstance(s, TimeSample)}
    return [a for a in addresses if a not in offsets or limit.judge(offsets[a]) is not Severity.OK]
