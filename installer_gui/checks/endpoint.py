"""The way to an endpoint up to the application: where it ends, why, and at which layer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from ..domain.finding import Code, Finding, Quantity, Severity, Value
from ..domain.outcome import Measured, NotApplicable
from ..domain.profile import Endpoint
from ..domain.stream import TcpFailure, TlsCause, TlsFailure, TlsSession
from ..ports.connect import Stream
from ..profiles import CUSTOM, MOZILLA
from . import endpoint_codes as codes
from .context import Context
from .facts import Tried
from .way import OTHERS_S, How, Way

SMALL_MSS = 1200
_CUT_OFF = (TlsCause.RESET, TlsCause.CLOSED)


@dataclass(frozen=True, slots=True)
class Arrived:
    """A connection on which the application can be spoken; whoever gets it closes the stream.

    `verified` says that the other end proved who it is, `remarks` what was odd on the way.
    """

    way: Way
    stream: Stream
    verified: bool
    remarks: tuple[Finding, ...]

    def finding(self, code: Code, ms: float, **more: Value) -> Finding:
        return self.way.finding(code, self.way.evidence("application", ms, **more))


async def reach(ctx: Context, endpoint: Endpoint) -> Arrived | Measured | NotApplicable:
    """Go as far as the application. NotApplicable when no resolver knows an address; else one `Tried` is given."""
    answer = await ctx.names.told(endpoint.host)
    return await reach_at(ctx, endpoint, answer.public) if answer else NotApplicable("dns-lan")


async def reach_at(ctx: Context, endpoint: Endpoint, addresses: tuple[str, ...]) -> Arrived | Measured:
    """The same, where the addresses are known already."""
    way = Way(ctx, endpoint)
    stream = await way.connect(addresses)
    if isinstance(stream, TcpFailure):
        return await _not_connected(way, stream)
    outcome = await way.handshake(stream)
    end = await (_arrived(way, stream, outcome) if isinstance(outcome, TlsSession) else _refused(way, outcome))
    return replace(end, remarks=(*end.remarks, *_dead(way))) if isinstance(end, Arrived) else end


def _dead(way: Way) -> tuple[Finding, ...]:
    evidence = way.evidence("tcp", way.connect_ms or 0.0, dead=way.dead)
    return (way.finding(codes.ADDRESS_DEAD, evidence),) if way.dead else ()


async def _arrived(
    way: Way, stream: Stream, session: TlsSession, *remarks: Finding, at: datetime | None = None
) -> Arrived:
    way.tell(session)
    try:
        validity = await _validity(way, session, at)
    except BaseException:
        stream.close()
        raise
    return Arrived(way, stream, True, (*remarks, *validity))


async def _validity(way: Way, session: TlsSession, at: datetime | None) -> tuple[Finding, ...]:
    """Whole days until the first certificate of the chain ends; the time servers are asked before bad news is told."""
    if not session.chain:
        return ()
    ends = min(certificate.not_after for certificate in session.chain)
    days = (ends - (at or datetime.now(UTC))).days
    if at is None and way.ctx.profile.limits[codes.CERTIFICATE_DAYS.limit].judge(days) is not Severity.OK:
        days = (ends - (await way.network_time() or datetime.now(UTC))).days
    evidence = way.evidence("tls", session.ms, version=session.version, **_certificate(session))
    return (way.finding(codes.CERTIFICATE_DAYS.name, {**evidence, "days": Quantity(days, "days")}),)


async def _not_connected(way: Way, failure: TcpFailure) -> Measured:
    way.tell()
    code = codes.TCP[failure.cause]
    if code is codes.REFUSED and await way.is_too_near(failure.ms):
        code = codes.REFUSED_NEARBY
    return Measured((way.finding(code, way.evidence("tcp", failure.ms, detail=failure.detail)),))


async def _refused(way: Way, failure: TlsFailure) -> Arrived | Measured:
    match failure.cause:
        case cause if cause in _CUT_OFF:
            return await _cut_off(way, failure)
        case TlsCause.STALLED:
            return await _stalled(way, failure)
        case TlsCause.EXPIRED | TlsCause.NOT_YET_VALID:
            return await _out_of_date(way, failure)
        case TlsCause.UNTRUSTED | TlsCause.NO_INTERMEDIATE:
            return await _not_trusted(way, failure)
        case _:
            way.tell()
            return _failed(way, failure)


async def _cut_off(way: Way, failure: TlsFailure) -> Arrived | Measured:
    """Somebody ended it after our ClientHello: for the name in it, or because nobody was ever behind the port."""
    again = await way.again_alone()
    if isinstance(again, tuple):
        return await _arrived(way, *again)
    if isinstance(again, TlsFailure) and again.cause not in _CUT_OFF:
        return await _refused(way, again)
    way.tell()
    innocent = urlsplit(way.ctx.profile.portal_probe).hostname or ""
    if await way.works(How(host=innocent, verify=False)):
        return _failed(way, failure, codes.SNI_FILTER)
    near = await way.is_too_near(way.connect_ms)
    return _failed(way, failure, codes.MIDDLEBOX if near else codes.RESET)


async def _stalled(way: Way, failure: TlsFailure) -> Measured:
    """Large packets may be lost where small ones pass; a handshake in small segments tells."""
    small = await way.works(How(mss=SMALL_MSS))
    way.tell(small_only=small)
    return _failed(way, failure, codes.MTU_HOLE if small else codes.STALLED)


async def _out_of_date(way: Way, failure: TlsFailure) -> Arrived | Measured:
    """So says this computer's clock. Where the time servers tell another time, theirs counts."""
    at = await way.network_time()
    again = await way.again(How(at=at)) if at else failure
    if at and isinstance(again, tuple):
        stream, session = again
        evidence = way.evidence("tls", session.ms, time=f"{at:%Y-%m-%d %H:%M} UTC")
        return await _arrived(way, stream, session, way.finding(codes.NETWORK_TIME, evidence), at=at)
    way.tell()
    return _failed(way, again if isinstance(again, TlsFailure) else failure)


async def _not_trusted(way: Way, failure: TlsFailure) -> Arrived | Measured:
    """Inspection, a root that is public but not the one known, or the maker's own: in this order of suspicion."""
    public = way.ctx.roots(replace(way.endpoint, roots=MOZILLA))
    again = await way.again(How(roots=public)) if public != way.roots else failure
    if isinstance(again, tuple):
        stream, session = again
        evidence = way.evidence("tls", session.ms, **_certificate(session))
        return await _arrived(way, stream, session, way.finding(codes.OTHER_ROOT, evidence))
    issuer = failure.chain[0].issuer if failure.chain else ""
    way.tell(refused_issuer=issuer)
    if issuer and way.endpoint.private_root and way.ctx.profile.trust_anchors != CUSTOM:
        return await _perhaps_private(way, failure, issuer)
    return _failed(way, failure)


async def _perhaps_private(way: Way, failure: TlsFailure, issuer: str) -> Arrived | Measured:
    """The maker may use a root of its own here, but not one that stands in front of other hosts too."""
    others = [t for t in await way.ctx.given(Tried, OTHERS_S) if t.host != way.endpoint.host]
    if any(t.refused_issuer == issuer for t in others):
        return _failed(way, failure, codes.INTERCEPTED)
    again = await way.again(How(verify=False))
    if not isinstance(again, tuple):
        return _failed(way, failure)
    evidence = way.evidence("tls", failure.ms, **_certificate(failure))
    return Arrived(way, again[0], False, (way.finding(codes.ISSUER_NOT_CONFIRMED, evidence),))


def _failed(way: Way, failure: TlsFailure, code: Code | None = None) -> Measured:
    evidence = way.evidence("tls", failure.ms, detail=failure.detail, **_certificate(failure))
    return Measured((way.finding(code or codes.TLS[failure.cause], evidence),))


def _certificate(seen: TlsSession | TlsFailure) -> Mapping[str, Value]:
    """The server's own certificate in words, where it could be read."""
    if not seen.chain:
        return {}
    first = seen.chain[0]
    return {
        "subject": first.subject,
        "issuer": first.issuer,
        "from": f"{first.not_before:%Y-%m-%d}",
        "until": f"{first.not_after:%Y-%m-%d}",
        "root": seen.chain[-1].issuer,
        "chain": tuple(f"{c.subject} ← {c.issuer}" for c in seen.chain),
    }
