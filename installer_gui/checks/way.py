"""A connection to an endpoint, made as a station makes it, and made again with one thing changed."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ..domain.finding import Code, Finding, Quantity, Value
from ..domain.finding import endpoint as subject_of
from ..domain.profile import Endpoint
from ..domain.stream import TcpCause, TcpFailure, TlsFailure, TlsSession
from ..ports.connect import Stream
from .context import Context
from .facts import NetworkTime, Tried

TCP_PATIENCE_S = (4.0, 3.0)  # the first address: three SYNs go out in 4 s; then another one, if the name has more
TLS_PATIENCE_S = 5.0
RETRY_S = 3.0  # for a second connection, handshake included
PAUSE_S = 1.0  # before a second try by itself
OTHERS_S = 6.0  # how long other checks are waited for, only after a failure


@dataclass(frozen=True, slots=True)
class How:
    """What a handshake does otherwise than the station's own: the defaults are the station's."""

    host: str = ""
    roots: str = ""
    verify: bool = True
    at: datetime | None = None
    mss: int | None = None


STATION = How()


class Way:
    """One way to one endpoint. It knows how to try; what a failure means is told in `endpoint`."""

    def __init__(self, ctx: Context, endpoint: Endpoint) -> None:
        self.ctx = ctx
        self.endpoint = endpoint
        self.roots = ctx.roots(endpoint)
        self.connect_ms: float | None = None
        self.dead: tuple[str, ...] = ()  # addresses that were tried before the one that answered
        self._address = ""

    async def connect(self, addresses: tuple[str, ...]) -> Stream | TcpFailure:
        """Connect to the first address that lets us, of two at most; when refused once more, with nobody beside."""
        stream = await self._connect(addresses)
        if isinstance(stream, TcpFailure) and stream.cause is TcpCause.REFUSED:
            async with self._alone():
                return await self._tcp(self._address, RETRY_S)
        return stream

    async def _connect(self, addresses: tuple[str, ...]) -> Stream | TcpFailure:
        *others, last = addresses[: len(TCP_PATIENCE_S)]
        for address, patience_s in zip(others, TCP_PATIENCE_S, strict=False):
            if not isinstance(stream := await self._tcp(address, patience_s), TcpFailure):
                return stream
            self.dead += (address,)
        return await self._tcp(last, TCP_PATIENCE_S[len(others)])

    async def _tcp(self, address: str, patience_s: float) -> Stream | TcpFailure:
        self._address = address
        stream = await self.ctx.network.connect.tcp(address, self.endpoint.port, patience_s)
        self.connect_ms = None if isinstance(stream, TcpFailure) else stream.ms
        return stream

    async def handshake(
        self, stream: Stream, how: How = STATION, patience_s: float = TLS_PATIENCE_S
    ) -> TlsSession | TlsFailure:
        """Shake hands; the stream is closed unless that succeeds."""
        host, roots = how.host or self.endpoint.host, how.roots or self.roots
        try:
            outcome = await stream.tls(host, roots, patience_s, verify=how.verify, at=how.at)
        except BaseException:
            stream.close()
            raise
        if isinstance(outcome, TlsFailure):
            stream.close()
        return outcome

    async def again(self, how: How) -> tuple[Stream, TlsSession] | TcpFailure | TlsFailure:
        """A second connection to the same address, within RETRY_S."""
        loop = asyncio.get_running_loop()
        end = loop.time() + RETRY_S
        stream = await self.ctx.network.connect.tcp(self._address, self.endpoint.port, RETRY_S, mss=how.mss)
        if isinstance(stream, TcpFailure):
            return stream
        outcome = await self.handshake(stream, how, max(end - loop.time(), 0.1))
        return outcome if isinstance(outcome, TlsFailure) else (stream, outcome)

    async def again_alone(self) -> tuple[Stream, TlsSession] | TcpFailure | TlsFailure:
        """The same once more, with nobody beside."""
        async with self._alone():
            return await self.again(STATION)

    @contextlib.asynccontextmanager
    async def _alone(self) -> AsyncIterator[None]:
        """Some firewalls reset what is more than a few connections at once, or a second: that is no closed door."""
        async with self.ctx.one_by_one:
            await asyncio.sleep(PAUSE_S)
            yield

    async def works(self, how: How) -> bool:
        """Whether a second connection comes about; it is closed at once."""
        again = await self.again(how)
        if not isinstance(again, tuple):
            return False
        again[0].close()
        return True

    async def network_time(self) -> datetime | None:
        """The time by the time servers, None where they do not say."""
        times = await self.ctx.given(NetworkTime, OTHERS_S)
        return datetime.now(UTC) + timedelta(seconds=times[0].offset_s) if times else None

    async def is_too_near(self, ms: float | None) -> bool:
        """Whether an answer came sooner than anything can that is really out there."""
        times = [t.rtt_ms for t in await self.ctx.given(NetworkTime, OTHERS_S)]
        tried = [t.round_trip_ms for t in await self.ctx.given(Tried, OTHERS_S) if t.verified]
        return ms is not None and ms < min((*times, *(t for t in tried if t is not None)), default=0.0) / 3

    def tell(self, session: TlsSession | None = None, *, refused_issuer: str = "", small_only: bool = False) -> None:
        """Let the other checks know how it went; a session has proved who is there. To be done before any waiting."""
        verified, handshake_ms = session is not None, session.ms if session else None
        fact = Tried(self.endpoint.host, self.connect_ms, verified, refused_issuer, small_only, handshake_ms)
        self.ctx.give(fact)

    def finding(self, code: Code | str, evidence: Mapping[str, Value]) -> Finding:
        name = code if isinstance(code, str) else code.name
        return Finding(name, subject_of(self.endpoint.host, self.endpoint.port), evidence)

    def evidence(self, layer: str, ms: float, **more: Value) -> dict[str, Value]:
        """What every finding about an endpoint tells."""
        return {
            "host": self.endpoint.host,
            "port": str(self.endpoint.port),
            "protocol": self.endpoint.protocol.value,
            "address": self._address,
            "layer": layer,
            "ms": Quantity(round(ms), "ms"),
            **more,
        }
