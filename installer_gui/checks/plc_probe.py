"""The whole look at a powerline network: gateways, members, how they answer, blocks lost meanwhile, neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..domain.powerline import Blocks, Gateway, Member, Powerline, Question, Request, is_one_modems
from ..ports.powerline import PowerlineLink
from ..protocols.homeplug_bodies import DiscoverList, LinkStatistics
from .plc_conversation import Conversation
from .plc_modems import Dialect, Modem, find
from .plc_networks import Reading, heard_by, neighbours, own_network, read, read_again, reading_of
from .plc_replies import Asked, Progress, exercise


@dataclass(frozen=True, slots=True)
class _Seen:
    """A modem on the cable with what it told."""

    modem: Modem
    heard: DiscoverList | None
    reading: Reading | None
    counters: Blocks | None


async def probe(link: PowerlineLink, interface: str, requests: int, progress: Progress) -> Powerline:
    """Look once. Without a modem that answers there are no gateways in it, and that is no fault of the site.

    Raises Unavailable: NO_ANSWER when a modem falls silent on the way, and whatever the link raises.
    """
    talk = Conversation(link)
    seen = [await _look(talk, modem) for modem in await find(talk)]
    asked, watched = await _exercise(talk, seen, requests, progress)
    gateways = [await _finished(talk, one, asked, watched) for one in seen]
    own = {mac for g in gateways for mac in (g.mac, *(m.mac for m in g.members))}
    others = neighbours([one.heard for one in seen if one.heard], {*map(_own_nid, seen, gateways)}, own)
    return Powerline(interface, link.own_mac, link.backend, tuple(gateways), others, tuple(talk.frames))


async def _look(talk: Conversation, modem: Modem) -> _Seen:
    heard = await heard_by(talk, modem)
    reading = await read(talk, modem, heard)
    return _Seen(modem, heard, reading, await _counters(talk, modem) if reading else None)


def _own_nid(seen: _Seen, gateway: Gateway) -> str | None:
    """Also of a gateway that does not tell of its network, but of those whom it hears in it."""
    heard = own_network(seen.heard)
    return gateway.nid or (heard.nid if heard else None)


async def _exercise(
    talk: Conversation, seen: Sequence[_Seen], requests: int, progress: Progress
) -> tuple[Mapping[str, Asked], Mapping[str, Asked]]:
    gateways = {one.modem.mac: one.reading.question for one in seen if one.reading}
    found = (member.mac for one in seen if one.reading for member in one.reading.members)
    others = (mac for mac in found if mac not in {one.modem.mac for one in seen})
    stations = dict.fromkeys(mac for mac in others if is_one_modems(mac))  # else a broken answer had us ask a group
    return await exercise(talk, tuple(stations), gateways, requests, progress)


async def _finished(
    talk: Conversation, one: _Seen, asked: Mapping[str, Asked], watched: Mapping[str, Asked]
) -> Gateway:
    """The gateway with its members as it told of them last: rates fill in with the traffic."""
    modem, reading = one.modem, one.reading
    bare = Gateway(modem.mac, modem.chip, modem.firmware, modem.maker)
    if reading is None:
        return bare
    last = watched[modem.mac].last
    heard_last = reading_of(reading.question, last, modem.mac, one.heard) if last else None
    reading = await read_again(talk, modem, one.heard, reading) or heard_last or reading
    return replace(
        bare,
        readable=True,
        nid=reading.nid,
        snid=reading.snid,
        tei=reading.tei,
        role=reading.role,
        cco=reading.cco,
        members=tuple(_with_replies(member, asked.get(member.mac)) for member in reading.members),
        blocks=_difference(one.counters, await _counters(talk, modem)),
    )


def _with_replies(member: Member, asked: Asked | None) -> Member:
    if asked is None:
        return member
    version = asked.version
    if version is None:
        return replace(member, replies=asked.replies)
    return replace(member, replies=asked.replies, chip=version.chip, firmware=version.firmware or None)


async def _counters(talk: Conversation, modem: Modem) -> Blocks | None:
    """A gateway's counters of blocks over all links, both ways."""
    if modem.dialect is not Dialect.QUALCOMM:
        return None
    told = await talk.answer(Question(Request.BLOCKS, modem.mac), LinkStatistics)
    if told is None or told.tx is None or told.rx is None:
        return None
    return Blocks(told.tx.pb_ok + told.rx.pb_ok, told.tx.pb_bad + told.rx.pb_bad)


def _difference(before: Blocks | None, after: Blocks | None) -> Blocks | None:
    """What was counted in between; None where that is not known, also because somebody cleared the counters."""
    if before is None or after is None or after.good < before.good or after.bad < before.bad:
        return None
    return Blocks(after.good - before.good, after.bad - before.bad)
