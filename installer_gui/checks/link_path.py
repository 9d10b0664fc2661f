"""Is the way out good enough?"""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..domain.check import Area, CheckInfo
from ..domain.finding import Code, Finding, Quantity, Responsible, Scale, Severity
from ..domain.names import Answer, NameStatus
from ..domain.outcome import Fact, Measured
from ..ports.unavailable import Reason, Unavailable
from .context import Context, Exclusive
from .facts import NetworkTime, Tried

OWNER, PROVIDER = Responsible.NETWORK_OWNER, Responsible.INTERNET_PROVIDER
NEAR = Code("link.near", 130, Severity.OK)
FAR = Code("link.far", 131, Severity.WARNING, PROVIDER)
TOO_FAR = Code("link.too-far", 132, Severity.FAILURE, PROVIDER)
LITTLE_LOSS = Code("link.little-loss", 133, Severity.OK)
LOSS = Code("link.loss", 134, Severity.WARNING, OWNER)
MUCH_LOSS = Code("link.much-loss", 135, Severity.FAILURE, OWNER)
NO_WAY_OUT = Code("link.no-way-out", 136, Severity.FAILURE, OWNER)
MTU_HOLE = Code("link.mtu-hole", 137, Severity.FAILURE, OWNER)
PING_FILTERED = Code("link.ping-filtered", 138, Severity.INFO)
LOSS_UNCONFIRMED = Code("link.loss-unconfirmed", 139, Severity.WARNING, OWNER)
QUESTIONS_LOST = Code("link.questions-lost", 140, Severity.WARNING, PROVIDER)
ROUND_TRIP = Scale("link.round-trip", "ms", "round-trip", NEAR, TOO_FAR, FAR)
LOSS_SHARE = Scale("link.loss-share", "loss", "loss", LITTLE_LOSS, MUCH_LOSS, LOSS)
QUESTION_LOSS = Scale("link.question-loss", "loss", "loss", LITTLE_LOSS, QUESTIONS_LOST)

PROBES, GAP_S = 20, 0.05
CHANCE = 5  # by so many two rows differ on one and the same line: twice the deviation where a quarter is lost
PROBE_S, LONGEST_PROBE_S = 1.0, 2.0
ENDPOINTS_S = (6.5, 2.0)  # patience for what the endpoints tell; the second only while nobody got anywhere


@dataclass(frozen=True, slots=True)
class _Seen:
    """What answered beyond the router: round trips in milliseconds."""

    verified: tuple[float, ...]
    time_servers: tuple[float, ...]
    pings: tuple[tuple[float, ...], ...]
    may_ping: bool
    resolvers: Mapping[str, float]
    connected: tuple[float, ...]
    patience_s: float

    @property
    def round_trip(self) -> float | None:
        """A box in between can answer for anybody, but it cannot show the certificate of an endpoint."""
        echoes = tuple(ms for row in self.pings for ms in row)
        kinds = (self.verified, self.time_servers, echoes, tuple(self.resolvers.values()), self.connected)
        return next((statistics.median_low(times) for times in kinds if times), None)


@dataclass(frozen=True, slots=True)
class LinkPath:
    """Round trip, loss and packet size. Only when nothing at all answers beyond the router is there no way out."""

    info = CheckInfo(
        "link-path",
        Area.LINK,
        (NO_WAY_OUT, MTU_HOLE, PING_FILTERED, LOSS_UNCONFIRMED),
        (ROUND_TRIP, LOSS_SHARE, QUESTION_LOSS),
    )
    needs: tuple[type[Fact], ...] = ()
    gives: tuple[type[Fact], ...] = ()
    timeout_s: float = 13.0
    exclusive: Exclusive | None = None

    async def run(self, ctx: Context) -> Measured:
        tried = await ctx.given(Tried, ENDPOINTS_S[0])
        if not any(t.connect_ms is not None for t in tried):
            tried = await ctx.given(Tried, ENDPOINTS_S[1])
        seen = await _look(ctx, tried)
        if seen.round_trip is None:
            if not (tried or seen.may_ping):
                raise Unavailable(Reason.NEEDS_PRIVILEGE, "without names and without ping there was nobody to ask")
            return Measured((Finding(NO_WAY_OUT.name),))
        round_trip = Finding(ROUND_TRIP.name, evidence={"ms": Quantity(round(seen.round_trip, 1), "ms")})
        return Measured((round_trip, *await _loss(ctx, seen), *_holes(tried)))


async def _look(ctx: Context, tried: Sequence[Tried]) -> _Seen:
    """Ping only now: during the handshakes our own traffic would make a thin line look slow."""
    connected = tuple(t.connect_ms for t in tried if t.connect_ms is not None)
    times = tuple(t.rtt_ms for t in await ctx.given(NetworkTime, 0.0))
    patience_s = _patience_s((*connected, *times))
    pings, resolvers = await asyncio.gather(_ping(ctx, patience_s), _resolvers(ctx))
    return _Seen(
        verified=tuple(t.round_trip_ms for t in tried if t.verified and t.round_trip_ms is not None),
        time_servers=times,
        pings=pings or (),
        may_ping=pings is not None,
        resolvers=resolvers,
        connected=connected,
        patience_s=patience_s,
    )


def _patience_s(round_trips_ms: Sequence[float]) -> float:
    """A late answer on a long line is not a lost one."""
    return min(max(PROBE_S, 2 * max(round_trips_ms, default=0.0) / 1000), LONGEST_PROBE_S)


async def _ping(ctx: Context, patience_s: float) -> tuple[tuple[float, ...], ...] | None:
    """A row of echoes from each public resolver that sends any: either may be blocked. None where none may be asked."""
    servers = ctx.profile.public_resolvers
    try:
        rows = await asyncio.gather(*(ctx.network.link.ping(server, PROBES, patience_s) for server in servers))
    except Unavailable:
        return None
    return tuple(row for row in rows if row)


async def _resolvers(ctx: Context) -> Mapping[str, float]:
    """What each public resolver took for one name; dns-public asks the same question, so it costs nothing."""
    name = ctx.profile.hosts[0]
    answers = await asyncio.gather(*(ctx.names.ask(server, name) for server in ctx.profile.public_resolvers))
    return {a.server: a.ms for a in answers if a.status in _HEARD}


_HEARD = frozenset(NameStatus) - {NameStatus.TIMEOUT, NameStatus.UNREACHABLE, NameStatus.PORT_CLOSED}


async def _loss(ctx: Context, seen: _Seen) -> tuple[Finding, ...]:
    """Many firewalls let only a few pings a second pass, so what ping has lost must be lost by DNS too."""
    echoes = [len(row) for row in seen.pings]
    if PROBES in echoes:
        return (_lost(LOSS_SHARE, PROBES),)
    row = await _ask_in_a_row(ctx, seen)
    if not seen.pings:
        filtered = (Finding(PING_FILTERED.name),) if seen.may_ping else ()
        return (*filtered, *((_lost(QUESTION_LOSS, len(row)),) if row else ()))
    if not row:
        return (Finding(LOSS_UNCONFIRMED.name, evidence={"loss": _share(max(echoes))}),)
    return (_lost(LOSS_SHARE, _answered([*echoes, len(row)])),)


def _answered(rows: Sequence[int]) -> float:
    """How many of PROBES come back, by rows of which a firewall may have thinned some; chance parts the others."""
    best = max(rows)
    return best if best == PROBES else statistics.mean(n for n in rows if best - n <= CHANCE)


def _lost(scale: Scale, answered: float) -> Finding:
    return Finding(scale.name, evidence={"loss": _share(answered), "probes": Quantity(PROBES, "probes")})


async def _ask_in_a_row(ctx: Context, seen: _Seen) -> Sequence[float]:
    """Milliseconds of the answers to as many single questions, at ping's pace, to a public resolver.

    () when somebody answers who is nearer than who was asked.
    """

    async def one(server: str, number: int) -> Answer:
        await asyncio.sleep(number * GAP_S)
        return await ctx.network.names.ask(server, ctx.profile.hosts[0], timeouts_s=(seen.patience_s,))

    answers = await asyncio.gather(*(one(server, n) for server in [*seen.resolvers][:1] for n in range(PROBES)))
    times = [a.ms for a in answers if a.status in _HEARD]
    way_ms = min((ms for row in seen.pings for ms in row), default=seen.round_trip or 0.0)
    return times if times and statistics.median(times) >= way_ms / 3 else ()


def _share(answered: float) -> Quantity:
    return Quantity(round(100 * (PROBES - answered) / PROBES), "%")


def _holes(tried: Sequence[Tried]) -> tuple[Finding, ...]:
    hosts = tuple(t.host for t in tried if t.small_only)
    return (Finding(MTU_HOLE.name, evidence={"hosts": hosts}),) if hosts else ()
