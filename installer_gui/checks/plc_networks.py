"""What a gateway says of its network, by whichever message it answers, and what else it hears on the mains."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ..domain.powerline import FACTORY_NID, LOCAL, Member, Neighbour, Question, Request, Role, Stranger
from ..errors import Malformed
from ..protocols.homeplug import long_rates
from ..protocols.homeplug_bodies import (
    Body,
    BroadcomMembership,
    BroadcomMemberships,
    DiscoverList,
    HeardNetwork,
    HeardStation,
    Membership,
    Memberships,
    NetworkInfo,
    Rate,
    Rates,
)
from ..protocols.homeplug_standard import SHORT_RATES
from .plc_conversation import Conversation
from .plc_modems import Dialect, Modem

RATES_AT = 20  # where the first record of CM_NW_STATS.CNF stands in its frame


@dataclass(frozen=True, slots=True)
class Reading:
    """A gateway's network; `nid` is None where it has joined none. `question` is what was answered with it."""

    question: Question
    nid: str | None = None
    snid: int | None = None
    tei: int = 0
    role: Role | None = None
    cco: str = ""
    members: tuple[Member, ...] = ()


async def heard_by(talk: Conversation, modem: Modem) -> DiscoverList | None:
    """Everything that it hears on the mains; None where it does not tell."""
    return await talk.answer(Question(Request.HEARD, modem.mac), DiscoverList)


async def read(talk: Conversation, modem: Modem, heard: DiscoverList | None) -> Reading | None:
    """Ask for the network, best message first; None where nothing about it can be read."""
    if modem.dialect is Dialect.QUALCOMM:
        for target in (modem.mac, LOCAL):
            for request in (Request.NETWORK, Request.NETWORK_OLD):
                question = Question(request, target)
                if told := await talk.answer(question, NetworkInfo, modem.mac):
                    return reading_of(question, told, modem.mac, heard)
    if modem.dialect is Dialect.BROADCOM and (reading := await _read_broadcom(talk, modem, heard)):
        return reading
    return await _read_standard(talk, modem, heard)


async def read_again(talk: Conversation, modem: Modem, heard: DiscoverList | None, before: Reading) -> Reading | None:
    """Put the question that was answered before once more; None where it is not."""
    if before.question.request not in (Request.NETWORK, Request.NETWORK_OLD):
        return await read(talk, modem, heard)
    told = await talk.answer(before.question, NetworkInfo, modem.mac)
    return reading_of(before.question, told, modem.mac, heard) if told else None


def reading_of(question: Question, told: Body, gateway: str, heard: DiscoverList | None) -> Reading | None:
    """What VS_NW_INFO says; None for another message."""
    if not isinstance(told, NetworkInfo):
        return None
    if not told.networks:
        return Reading(question)
    network = told.networks[0]
    seen = _seen(heard)
    members = tuple(
        Member(s.mac, gateway, s.tei, _role(s.mac, network.cco_mac, seen), s.bda, s.tx_mbps, s.rx_mbps)
        for s in network.stations
        if s.mac != gateway
    )
    return Reading(question, network.nid, network.snid, network.tei, _own(network.role), network.cco_mac, members)


def neighbours(
    heard: Iterable[DiscoverList], own_nids: Iterable[str | None], own: Iterable[str]
) -> tuple[Neighbour, ...]:
    """The networks that are none of `own_nids`, and their stations, none of which is in `own`. By SNID they belong."""
    mine, known = frozenset(own_nids), frozenset(own)
    found: dict[tuple[str, int], dict[str, Stranger]] = {}
    for told in heard:
        for network in told.networks:
            if network.nid in mine:
                continue
            stations = found.setdefault((network.nid, network.snid), {})
            for s in told.stations:
                if s.snid == network.snid and not s.same_network and s.mac not in known:
                    stations.setdefault(s.mac, Stranger(s.mac, s.tei, _heard_role(s)))
    return tuple(Neighbour(nid, snid, tuple(stations.values())) for (nid, snid), stations in found.items())


def own_network(heard: DiscoverList | None) -> HeardNetwork | None:
    """The network of the stations that a modem hears as its own's; None where it does not tell."""
    if heard is None:
        return None
    snids = {station.snid for station in heard.stations if station.same_network}
    own = [network for network in heard.networks if network.snid in snids]
    return own[0] if len(own) == 1 else None


async def _read_broadcom(talk: Conversation, modem: Modem, heard: DiscoverList | None) -> Reading | None:
    question = Question(Request.BROADCOM_MEMBERSHIP, modem.mac)
    told = await talk.answer(question, BroadcomMemberships)
    if told is None:
        return None
    joined = next((network for network in told.networks if network.status == 0), None)
    if joined is None:
        return Reading(question)
    for nid in (joined.nid, FACTORY_NID):  # others' tools always name that one, and it is not known whether it matters
        rates = await talk.answer(Question(Request.BROADCOM_RATES, modem.mac, nid), Rates)
        if rates is not None:
            return _joined(question, modem, joined, rates.stations, heard)
    return _joined(question, modem, joined, await _rates(talk, modem, heard) or (), heard)


async def _read_standard(talk: Conversation, modem: Modem, heard: DiscoverList | None) -> Reading | None:
    question = Question(Request.MEMBERSHIP, modem.mac)
    told = await talk.answer(question, Memberships)
    rates = await _rates(talk, modem, heard)
    if told is not None:
        if not told.networks:
            return Reading(question)
        return _joined(question, modem, told.networks[0], rates or (), heard)
    if rates is None:
        return None
    own, members = own_network(heard), _members(modem, rates, "", heard)
    question = Question(Request.RATES, modem.mac)
    return Reading(question, own.nid if own else None, own.snid if own else None, members=members)


async def _rates(talk: Conversation, modem: Modem, heard: DiscoverList | None) -> tuple[Rate, ...] | None:
    """CM_NW_STATS, read with whichever length of record makes stations of it that are known."""
    told = await talk.answer(Question(Request.RATES, modem.mac), Rates)
    if told is None:
        return None
    known, frame = set(_seen(heard)), talk.frames[-1].data
    try:
        longer = long_rates(frame)
    except Malformed:
        return told.stations
    gained = _count(longer, known) - _count(told, known)
    more_than_padding = any(frame[RATES_AT + SHORT_RATES * len(told.stations) :])
    return longer.stations if gained > 0 or (gained == 0 and more_than_padding) else told.stations


def _joined(
    question: Question,
    modem: Modem,
    network: Membership | BroadcomMembership,
    rates: tuple[Rate, ...],
    heard: DiscoverList | None,
) -> Reading:
    members = _members(modem, rates, network.cco_mac, heard)
    role = _own(network.role)
    return Reading(question, network.nid, network.snid, network.tei, role, network.cco_mac, members)


def _members(modem: Modem, rates: tuple[Rate, ...], cco: str, heard: DiscoverList | None) -> tuple[Member, ...]:
    """Stations by their rates and, where the modem tells, also those that it has heard in its network."""
    seen = _seen(heard)
    found = {r.mac: Member(r.mac, modem.mac, tx_mbps=r.tx_mbps, rx_mbps=r.rx_mbps) for r in rates}
    for mac, station in seen.items():
        if station.same_network:
            found.setdefault(mac, Member(mac, modem.mac))
    found.pop(modem.mac, None)
    teis = {mac: station.tei for mac, station in seen.items()}
    return tuple(replace(m, tei=teis.get(m.mac, 0), role=_role(m.mac, cco, seen)) for m in found.values())


def _seen(heard: DiscoverList | None) -> Mapping[str, HeardStation]:
    return {station.mac: station for station in heard.stations} if heard else {}


def _role(mac: str, cco: str, seen: Mapping[str, HeardStation]) -> Role:
    if mac == cco:
        return Role.CCO
    return Role.PCO if mac in seen and seen[mac].pco else Role.STA


def _heard_role(station: HeardStation) -> Role:
    if station.cco:
        return Role.CCO
    return Role.PCO if station.pco else Role.STA


def _own(word: str | None) -> Role | None:
    return Role(word) if word else None


def _count(rates: Rates, known: set[str]) -> int:
    return sum(rate.mac in known for rate in rates.stations)
