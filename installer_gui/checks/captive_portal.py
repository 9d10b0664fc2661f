"""Is there a login page between the site and the internet?"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from urllib.parse import urlsplit

from ..domain.check import Area, CheckInfo
from ..domain.finding import Code, Finding, Responsible, Severity
from ..domain.outcome import Fact, Measured, NotApplicable
from ..domain.stream import TcpFailure
from ..errors import Malformed
from ..protocols import http
from . import exchange
from .context import Context, Exclusive

NONE = Code("portal.none", 151, Severity.OK)
FOUND = Code("portal.found", 152, Severity.FAILURE, Responsible.NETWORK_OWNER)
UNREACHABLE = Code("portal.probe-unreachable", 153, Severity.INFO)
REFUSED = Code("portal.probe-refused", 154, Severity.INFO)

TCP_PATIENCE_S, PATIENCE_S = 4.0, 4.0
NETWORK_LOGIN_REQUIRED = 511  # RFC 6585
LONGEST_PAGE = 200


@dataclass(frozen=True, slots=True)
class CaptivePortal:
    """Fetches a page whose text is known. That it cannot be had proves nothing: many networks do not let it through.

    A login page fails the site even where the hub is let through: what it lets through is its owner's choice each day.
    """

    info = CheckInfo("captive-portal", Area.LINK, (NONE, FOUND, UNREACHABLE, REFUSED))
    needs: tuple[type[Fact], ...] = ()
    gives: tuple[type[Fact], ...] = ()
    timeout_s: float = 13.0
    exclusive: Exclusive | None = None

    async def run(self, ctx: Context) -> Measured | NotApplicable:
        probe = urlsplit(ctx.profile.portal_probe)
        # a portal may give its own address for every name
        told = await ctx.names.told(probe.hostname or "", local=True)
        if not told and not await _any_name(ctx):
            return NotApplicable("dns-lan")
        address = next(iter((*told.public, *told.local)), "") if told else ""
        answer = ctx.profile.portal_answer.encode()
        response = await _fetch(ctx, address, probe.port or 80, probe.path, len(answer)) if address else None
        return Measured((_judge(response, ctx.profile.portal_probe, answer),))


async def _any_name(ctx: Context) -> bool:
    answers = await asyncio.gather(*(ctx.names.first(host) for host in ctx.profile.hosts))
    return any(answers)


async def _fetch(ctx: Context, address: str, port: int, path: str, enough: int) -> http.Response | None:
    """None when nothing that speaks HTTP answers."""
    stream = await ctx.network.connect.tcp(address, port, TCP_PATIENCE_S)
    if isinstance(stream, TcpFailure):
        return None

    def decode(data: bytes, ended: bool) -> http.Response | None:
        response = http.response(data)
        return response if response and (ended or response.whole or len(response.body) > enough) else None

    host = urlsplit(ctx.profile.portal_probe).netloc
    with contextlib.closing(stream):
        try:
            # HTTP 1.0, so that the text does not come in chunks
            return await exchange.ask(stream, http.request("GET", host, path, "1.0"), decode, PATIENCE_S)
        except (asyncio.IncompleteReadError, ConnectionError, TimeoutError, Malformed):
            return None


def _judge(response: http.Response | None, probe: str, answer: bytes) -> Finding:
    if response is None:
        return Finding(UNREACHABLE.name, evidence={"probe": probe})
    evidence = {"probe": probe, "answer": f"HTTP {response.status}"}
    if response.status == 200 and response.body.strip() == answer:
        return Finding(NONE.name, evidence=evidence)
    if 300 <= response.status < 400 or response.status in (200, NETWORK_LOGIN_REQUIRED):
        page = response.headers.get("location", "")[:LONGEST_PAGE]
        return Finding(FOUND.name, evidence={**evidence, "page": page or probe})
    return Finding(REFUSED.name, evidence=evidence)
