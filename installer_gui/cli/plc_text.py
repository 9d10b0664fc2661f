"""A look at a powerline network as text for a person."""

from __future__ import annotations

from collections.abc import Sequence

from ..checks import plc_codes as codes
from ..domain.finding import Quantity
from ..domain.powerline import Gateway, Member, Powerline
from ..domain.verdict import Judged
from ..i18n import Catalogue
from ..session.powerline_watch import Answering, Event, Joined, Left
from .render import Output
from .run_text import print_finding

COLUMNS = ("mac", "bda", "tei", "role", "tx", "rx", "replies", "time", "chip", "firmware")
_IN_THE_TABLE = (codes.GATEWAY_FOUND, codes.MEMBER)


def print_look(found: Powerline, judged: Sequence[Judged], io: Output) -> None:
    """Each gateway with a table of its stations, then what can be said of them."""
    for gateway in found.gateways:
        io.line(_head(gateway, io.catalogue))
        if gateway.members:
            columns = [io.catalogue.of("cli.plc.column", name) for name in COLUMNS]
            io.table([columns, *(_row(member, io.catalogue) for member in gateway.members)])
        io.line()
    for one in judged:
        if one.code not in _IN_THE_TABLE:
            print_finding(one, io)


def event_line(event: Event, words: Catalogue) -> str:
    """What happened, as it is told while somebody waits for it."""
    match event:
        case Answering(()):
            return words.text("cli.plc.silent")
        case Answering(gateways):
            return words.text("cli.plc.answering", macs=gateways)
        case Joined(member, before=True):
            return words.text("cli.plc.there", station=_short(member))
        case Joined(member):
            return words.text("cli.plc.joined", station=_short(member))
        case Left(member):
            return words.text("cli.plc.left", station=_short(member))


def _short(member: Member) -> str:
    return f"{member.mac} ({member.bda or '–'}) TEI {member.tei} TX {member.tx_mbps} RX {member.rx_mbps}"


def _head(gateway: Gateway, words: Catalogue) -> str:
    own_words = ((gateway.chip or ""), (gateway.firmware or ""), gateway.maker)
    told = " · ".join(words.show(part) for part in own_words if part) or "–"
    if not gateway.readable:
        return words.text("cli.plc.unreadable", mac=gateway.mac, told=told)
    nid = gateway.nid or words.text("cli.plc.no-network")
    return words.text("cli.plc.gateway", mac=gateway.mac, told=told, nid=nid)


def _row(member: Member, words: Catalogue) -> tuple[str, ...]:
    replies = member.replies
    return (
        member.mac,
        member.bda or "–",
        str(member.tei),
        member.role.value,
        str(member.tx_mbps),
        str(member.rx_mbps),
        f"{replies.got}/{replies.sent}",
        words.show(Quantity(replies.median_ms, "ms")) if replies.median_ms is not None else "–",
        member.chip or "–",
        member.firmware or "–",
    )
