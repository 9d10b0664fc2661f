"""The JSON of a look at a powerline network, `driftklar.plc/1` (resources/schemas)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..domain.powerline import Gateway, Member, Neighbour, Powerline
from ..domain.verdict import Judged, severity
from ..i18n import Catalogue
from ..session.powerline_watch import Answering, Event, Joined, Left
from . import run_document

SCHEMA = "driftklar.plc/1"


def scan(
    found: Powerline, reason: str | None, judged: Sequence[Judged], words: Catalogue, demo: str = ""
) -> dict[str, Any]:
    """A look; `reason` says why no gateway's network could be read."""
    return {
        "schema": SCHEMA,
        **({"demo": demo} if demo else {}),
        "interface": found.interface or None,
        "outcome": "measured" if reason is None else "not-measured",
        "reason": reason,
        "severity": severity(judged).value if reason is None else None,
        "gateways": [gateway(value) for value in found.gateways],
        "neighbours": [neighbour(value) for value in found.neighbours],
        "findings": [run_document.finding(one, words) for one in judged],
    }


def addresses(interface: str, reason: str | None, seen: Sequence[Mapping[str, str]], demo: str = "") -> dict[str, Any]:
    """Stations seen on the local network."""
    return {
        "schema": SCHEMA,
        **({"demo": demo} if demo else {}),
        "interface": interface or None,
        "outcome": "measured" if reason is None else "not-measured",
        "reason": reason,
        "addresses": list(seen),
    }


def gateway(value: Gateway) -> dict[str, Any]:
    """A modem on the cable, and all others of its network."""
    return {
        "mac": value.mac,
        "chip": value.chip,
        "firmware": value.firmware,
        "maker": value.maker or None,
        "nid": value.nid,
        "factory_key": value.factory_key,
        "role": value.role,
        "blocks": {"good": value.blocks.good, "bad": value.blocks.bad} if value.blocks else None,
        "stations": [station(member) for member in value.members],
    }


def station(value: Member) -> dict[str, Any]:
    """A member, and how it answered."""
    replies = value.replies
    return {
        "mac": value.mac,
        "bda": value.bda,
        "tei": value.tei,
        "tx_mbps": value.tx_mbps,
        "rx_mbps": value.rx_mbps,
        "role": value.role,
        "chip": value.chip,
        "firmware": value.firmware,
        "sent": replies.sent,
        "got": replies.got,
        "median_ms": replies.median_ms,
        "longest_ms": replies.longest_ms,
    }


def neighbour(value: Neighbour) -> dict[str, Any]:
    """A network that belongs to none of the gateways."""
    stations = [{"mac": s.mac, "tei": s.tei, "role": s.role} for s in value.stations]
    return {"nid": value.nid, "snid": value.snid, "stations": stations}


def event(value: Event) -> dict[str, Any]:
    """What happened while somebody watches."""
    match value:
        case Answering(gateways):
            return {"event": "answering", "gateways": list(gateways)}
        case Joined(member, before):
            return {"event": "joined", "before": before, "station": station(member)}
        case Left(member):
            return {"event": "left", "station": station(member)}
