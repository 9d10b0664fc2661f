"""Does a web host that stations fetch their firmware from answer?"""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ..domain.check import Area, CheckInfo
from ..domain.finding import Code, Responsible, Severity
from ..domain.outcome import Fact, Measured, NotApplicable
from ..domain.profile import Endpoint
from ..errors import Malformed
from ..protocols import http
from . import endpoint_codes, exchange
from .context import Context, Exclusive
from .endpoint import Arrived, reach
from .facts import ServerDate, Tried

ANSWERED = Code("https.answered", 470, Severity.OK)
SERVER_ERROR = Code("https.server-error", 471, Severity.WARNING, Responsible.CHARGER_MAKER)
NO_ANSWER = Code("https.no-answer", 472, Severity.FAILURE, Responsible.NETWORK_OWNER)
NOT_HTTP = Code("https.not-http", 473, Severity.FAILURE, Responsible.NETWORK_OWNER)

PATIENCE_S = 5.0
HALF_A_SECOND = timedelta(seconds=0.5)  # a Date is cut down to the whole second


@dataclass(frozen=True, slots=True)
class Https:
    """Asks for the head of "/": any status proves the way, because only the host itself can have sent it."""

    endpoint: Endpoint
    needs: tuple[type[Fact], ...] = ()
    gives: tuple[type[Fact], ...] = (Tried, ServerDate)
    timeout_s: float = 13.0
    exclusive: Exclusive | None = None

    @property
    def info(self) -> CheckInfo:
        own, host = (ANSWERED, SERVER_ERROR, NO_ANSWER, NOT_HTTP), self.endpoint.host
        scales = (endpoint_codes.CERTIFICATE_DAYS,)
        return CheckInfo(f"https-{host}", Area.HTTPS, (*endpoint_codes.CODES, *own), scales, text="https", host=host)

    async def run(self, ctx: Context) -> Measured | NotApplicable:
        arrived = await reach(ctx, self.endpoint)
        if not isinstance(arrived, Arrived):
            return arrived
        clock, sent = time.perf_counter(), datetime.now(UTC)
        with contextlib.closing(arrived.stream):
            code, response = await _answer(arrived, self.endpoint.host)
        ms = (time.perf_counter() - clock) * 1000
        if response and response.date and arrived.verified:
            middle = sent + timedelta(milliseconds=ms / 2)
            offset = response.date + HALF_A_SECOND - middle
            ctx.give(ServerDate(self.endpoint.host, offset.total_seconds()))
        status = f"HTTP {response.status}" if response else ""
        return Measured((arrived.finding(code, ms, answer=status), *arrived.remarks))


async def _answer(arrived: Arrived, host: str) -> tuple[Code, http.Response | None]:
    question = http.request("HEAD", host)
    try:
        response = await exchange.ask(arrived.stream, question, lambda data, _: http.response(data), PATIENCE_S)
    except Malformed:
        return NOT_HTTP, None
    except (asyncio.IncompleteReadError, TimeoutError, ConnectionError):
        return NO_ANSWER, None
    return (SERVER_ERROR if response.status >= 500 else ANSWERED), response
