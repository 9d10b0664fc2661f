"""Does the hub answer a station's way of speaking, from the name up to MQTT?"""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import dataclass

from ..domain.check import Area, CheckInfo
from ..domain.finding import Code, Finding, Responsible, Severity
from ..domain.outcome import Fact, Measured, NotApplicable
from ..domain.profile import Endpoint
from ..errors import Malformed
from ..protocols import mqtt
from ..protocols.mqtt import ReturnCode
from . import endpoint_codes, exchange
from .context import Context, Exclusive
from .endpoint import Arrived, reach
from .facts import Tried

OWNER, MAKER = Responsible.NETWORK_OWNER, Responsible.CHARGER_MAKER
ANSWERED = Code("mqtt.answered", 450, Severity.OK)
CLOSED = Code("mqtt.closed", 451, Severity.OK)
UNAVAILABLE = Code("mqtt.unavailable", 452, Severity.WARNING, MAKER)
SILENT = Code("mqtt.silent", 453, Severity.WARNING, OWNER)
ACCEPTED = Code("mqtt.accepted", 454, Severity.WARNING, MAKER)
CUT_OFF = Code("mqtt.cut-off", 455, Severity.WARNING, OWNER)
VERSION_REFUSED = Code("mqtt.version-refused", 456, Severity.FAILURE, MAKER)
NOT_MQTT = Code("mqtt.not-mqtt", 457, Severity.FAILURE, OWNER)

CLIENT_ID = "driftklar~question"  # a device's name cannot hold a tilde, so this is nobody's
USER_NAME = "{host}/{client}/?api-version=2021-04-12"
PATIENCE_S = 6.0

# A stranger is turned away with 2, 4 or 5: that is the hub itself speaking, so the way to it is open
_MEANINGS = {
    ReturnCode.ACCEPTED: ACCEPTED,
    ReturnCode.VERSION_REFUSED: VERSION_REFUSED,
    ReturnCode.IDENTIFIER_REJECTED: ANSWERED,
    ReturnCode.UNAVAILABLE: UNAVAILABLE,
    ReturnCode.BAD_CREDENTIALS: ANSWERED,
    ReturnCode.NOT_AUTHORISED: ANSWERED,
}


@dataclass(frozen=True, slots=True)
class MqttHub:
    """One CONNECT a run, with a client that cannot exist and no password: a question, not a log-in."""

    endpoint: Endpoint
    needs: tuple[type[Fact], ...] = ()
    gives: tuple[type[Fact], ...] = (Tried,)
    timeout_s: float = 13.0
    exclusive: Exclusive | None = None

    @property
    def info(self) -> CheckInfo:
        own = (ANSWERED, CLOSED, UNAVAILABLE, SILENT, ACCEPTED, CUT_OFF, VERSION_REFUSED, NOT_MQTT)
        scales = (endpoint_codes.CERTIFICATE_DAYS,)
        return CheckInfo("mqtt-hub", Area.MQTT, (*endpoint_codes.CODES, *own), scales, host=self.endpoint.host)

    async def run(self, ctx: Context) -> Measured | NotApplicable:
        arrived = await reach(ctx, self.endpoint)
        if not isinstance(arrived, Arrived):
            return arrived
        with contextlib.closing(arrived.stream):
            return Measured((await _ask(arrived, self.endpoint.host), *arrived.remarks))


async def _ask(arrived: Arrived, host: str) -> Finding:
    clock = time.perf_counter()
    code, answer = await _answer(arrived, host)
    return arrived.finding(code, (time.perf_counter() - clock) * 1000, answer=answer)


async def _answer(arrived: Arrived, host: str) -> tuple[Code, str]:
    """What came back, as a code and in the protocol's own terms."""
    question = mqtt.connect(CLIENT_ID, USER_NAME.format(host=host, client=CLIENT_ID))
    try:
        answer = await exchange.ask(arrived.stream, question, lambda data, _: mqtt.connack(data), PATIENCE_S)
    except asyncio.IncompleteReadError as end:
        return (NOT_MQTT, end.partial.hex()) if end.partial else (CLOSED, "")
    except Malformed as error:
        return NOT_MQTT, str(error)
    except TimeoutError:
        return SILENT, ""
    except ConnectionError:
        return CUT_OFF, ""
    if answer is ReturnCode.ACCEPTED:
        with contextlib.suppress(ConnectionError):
            await arrived.stream.send(mqtt.DISCONNECT)
    return _MEANINGS[answer], f"CONNACK {answer.value}"
