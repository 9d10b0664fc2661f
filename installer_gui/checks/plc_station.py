"""Is every station a member of a gateway's network, with Green PHY's full rate, and does it answer?

In a run it is asked of all members together: nobody knows yet which station each of them is. `session.powerline` files
what was seen under the stations of a job.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..domain.finding import SITE, Finding, Quantity, Subject, Value, server
from ..domain.outcome import Fact, Measured, NotApplicable
from ..domain.powerline import Member
from . import plc_codes as codes
from .confirmation import PLC_STATION
from .context import Context, Exclusive
from .mains import Mains

INFO = PLC_STATION.info


@dataclass(frozen=True, slots=True)
class PlcStation:
    """What the gateways' members were seen to do."""

    info = INFO
    needs: tuple[type[Fact], ...] = (Mains,)
    gives: tuple[type[Fact], ...] = ()
    timeout_s: float = 1.0
    exclusive: Exclusive | None = None

    async def run(self, ctx: Context) -> Measured | NotApplicable:
        members = ctx.need(Mains).found.members
        return evaluate(members) if members else NotApplicable("plc-gateway")


def evaluate(members: Sequence[Member]) -> Measured:
    """Each member with its numbers, and the worst of each number for the limits."""
    rows = [Finding(codes.MEMBER.name, server(member.mac), _evidence(member)) for member in members]
    silent = [member.mac for member in members if member.replies.sent and not member.replies.got]
    mute = [Finding(codes.MUTE.name, SITE, {"macs": tuple(silent)})] if silent else []
    return Measured((*rows, *_worst(members), *mute))


def evaluate_one(member: Member, subject: Subject) -> Measured:
    """The same of a station that is known to be this member."""
    findings = [Finding(codes.MEMBER.name, subject, _evidence(member)), *_numbers(member, subject)]
    if member.replies.sent and not member.replies.got:
        findings.append(Finding(codes.MUTE.name, subject, {"macs": (member.mac,)}))
    return Measured(tuple(findings))


def members_of(findings: Iterable[Finding]) -> tuple[Member, ...]:
    """The members that `evaluate` told of, back again."""
    rows = (finding.evidence.get("row") for finding in findings if finding.code == codes.MEMBER.name)
    found = (Member.parse(row) for row in rows if isinstance(row, str))
    return tuple(member for member in found if member)


def _numbers(member: Member, subject: Subject) -> Iterator[Finding]:
    """What the profile has limits for. Who never answers has joined all the same, and has no numbers."""
    replies, mac = member.replies, member.mac
    rate = Quantity(min(member.tx_mbps, member.rx_mbps), "Mbit/s")
    yield Finding(codes.RATE.name, subject, {"rate": rate, "mac": mac})
    if replies.got and replies.median_ms is not None:
        share = Quantity(round(100 * replies.got / replies.sent, 1), "%")
        yield Finding(codes.REPLIES.name, subject, {"share": share, "mac": mac, **_counts(member)})
        yield Finding(codes.REPLY_TIME.name, subject, {"median": Quantity(replies.median_ms, "ms"), "mac": mac})


def _worst(members: Sequence[Member]) -> Iterator[Finding]:
    answering = [member for member in members if member.replies.got]
    yield from _of_one(min(members, key=lambda m: min(m.tx_mbps, m.rx_mbps)), codes.RATE.name)
    if answering:
        yield from _of_one(min(answering, key=lambda m: m.replies.got / m.replies.sent), codes.REPLIES.name)
        yield from _of_one(max(answering, key=_median), codes.REPLY_TIME.name)


def _median(member: Member) -> float:
    return member.replies.median_ms or 0.0


def _of_one(member: Member, code: str) -> Iterator[Finding]:
    return (finding for finding in _numbers(member, server(member.mac)) if finding.code == code)


def _evidence(member: Member) -> dict[str, Value]:
    known = {"bda": member.bda, "chip": member.chip, "firmware": member.firmware}
    evidence: dict[str, Value] = {name: value for name, value in known.items() if value}
    replies = member.replies
    if replies.median_ms is not None and replies.longest_ms is not None:
        evidence |= {"median": Quantity(replies.median_ms, "ms"), "longest": Quantity(replies.longest_ms, "ms")}
    return {
        "mac": member.mac,
        "gateway": member.gateway,
        "tx": Quantity(member.tx_mbps, "Mbit/s"),
        "rx": Quantity(member.rx_mbps, "Mbit/s"),
        **_counts(member),
        **evidence,
        "row": str(member),
    }


def _counts(member: Member) -> dict[str, Value]:
    return {"got": Quantity(member.replies.got, "replies"), "sent": Quantity(member.replies.sent, "questions")}
