"""Which modems are on this computer's cable, and which language they speak.

They answer the address that is not passed on over the mains. Where a switch drops it, all modems are asked, and the one
that bridges this computer is the gateway, or else the one that answers faster than any that is far.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from ..domain.powerline import EVERYBODY, LOCAL, Question, Request
from ..protocols.homeplug_bodies import BridgeInfo, BroadcomInterface, MakerString, SoftwareVersion
from .plc_conversation import Answer, Conversation

NEAR_MS = 2.0  # measured: 0.2 to 0.8 on the cable, above 2.5 over the mains
MOST_ASKED = 10
ON_THE_CABLE = (0, 1)
Found = tuple[tuple[Answer, float], ...]


class Dialect(Enum):
    """Whose own messages a modem knows beside those of the standard."""

    QUALCOMM = auto()
    BROADCOM = auto()
    STANDARD = auto()


@dataclass(frozen=True, slots=True)
class Modem:
    """A modem on the cable, and what it says of itself."""

    mac: str
    dialect: Dialect
    chip: str | None = None
    firmware: str | None = None
    maker: str = ""


async def find(talk: Conversation) -> tuple[Modem, ...]:
    """The modems on the cable in the order of their addresses, () where none answers."""
    return tuple(sorted(await _find(talk), key=lambda modem: modem.mac))


async def _find(talk: Conversation) -> Sequence[Modem]:
    near = await talk.all_answers(Question(Request.VERSION, LOCAL))
    everybody = await talk.all_answers(Question(Request.VERSION, EVERYBODY))
    if on_the_cable := near or await _nearest(talk, everybody):
        return [await _qualcomm(talk, answer) for answer, _ in on_the_cable]
    broadcom = await talk.all_answers(Question(Request.BROADCOM_DISCOVER, EVERYBODY))
    if found := [_broadcom(answer) for answer, _ in broadcom if _is_on_the_cable(answer)]:
        return found
    heard = await talk.all_answers(Question(Request.HEARD, EVERYBODY))
    return [Modem(answer.source, Dialect.STANDARD) for answer, _ in await _nearest(talk, heard)]


async def _nearest(talk: Conversation, found: Found) -> Found:
    """Those who bridge this computer; where none says so, the fastest one, if it is near."""
    by_speed = sorted(found, key=lambda pair: pair[1])[:MOST_ASKED]
    near = [pair for pair in by_speed if pair[1] < NEAR_MS]
    far = [pair for pair in by_speed if pair not in near]
    for group in (near, far):
        if bridges := [pair for pair in group if await _bridges_us(talk, pair[0].source)]:
            return tuple(bridges)
    return tuple(near[:1])


async def _bridges_us(talk: Conversation, mac: str) -> bool:
    bridge = await talk.answer(Question(Request.BRIDGE, mac), BridgeInfo)
    return bridge is not None and talk.own_mac in bridge.macs


async def _qualcomm(talk: Conversation, answer: Answer) -> Modem:
    version = answer.message.body
    assert isinstance(version, SoftwareVersion)
    told = await talk.answer(Question(Request.MAKER, answer.source), MakerString)
    maker = told.text if told and not told.status else ""
    refused = bool(version.status)  # then it is no source for what it is
    firmware = None if refused else version.firmware or None
    return Modem(answer.source, Dialect.QUALCOMM, None if refused else version.chip, firmware, maker)


def _broadcom(answer: Answer) -> Modem:
    told = answer.message.body
    assert isinstance(told, BroadcomInterface)
    return Modem(answer.source, Dialect.BROADCOM, maker=told.text)


def _is_on_the_cable(answer: Answer) -> bool:
    told = answer.message.body
    return isinstance(told, BroadcomInterface) and told.interface in ON_THE_CABLE
