"""What the Powerline page shows: the modules, a line for each station, and who is none of them. Qt-free."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..checks import plc_codes as codes
from ..checks import plc_gateway, plc_station
from ..domain.finding import SITE, Finding, Grade, Quantity, Severity, Subject, station
from ..domain.job import Connection, Station
from ..domain.outcome import Measured
from ..domain.powerline import Member
from ..domain.record import Record
from ..domain.verdict import Judged
from ..i18n import Catalogue
from ..session import plcstat
from . import answers, cable, elimination
from .blocks import Block, cable_block
from .looks import Look
from .rows import Row, detail
from .standing import worst
from .view import View

GATEWAY, STATION = plc_gateway.INFO.id, plc_station.INFO.id
GREEN_PHY_MBPS = 10  # nominal; the modems say 9, for 9.8 cut short
Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A station, or a member that is none, as the table shows it: two lines of text a cell.

    `station` is "" for a member that is on no list, `mac` is "" where no address is known.
    """

    station: str
    mac: str
    look: Look
    cells: tuple[Cell, ...]


def lines(rows: Sequence[Row], view: View) -> tuple[Line, ...]:
    """The job's stations in their order, then everybody else who has joined."""
    of_station = {row.subject.name: row for row in rows if row.check == STATION and row.of_station}
    heard = _heard(view)
    known = elimination.stations_of(view.job, heard)
    present = {known[m.mac].id: m for m in heard if m.mac in known}
    stations = view.job.stations_on(Connection.PLC)
    listed = [_listed(s, present.get(s.id), of_station.get(s.id), view) for s in stations]
    strangers = [m for m in heard if m.mac not in known]
    return (*listed, *(_stranger(m, view) for m in strangers))


def strangers(shown: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of members that are on no list."""
    return tuple(line for line in shown if not line.station)


def troubled(rows: Sequence[Row], view: View) -> tuple[Row, ...]:
    """The stations that need somebody, with what to do; none while somebody watches."""
    if view.mains.watching:
        return ()
    places = {s.id: s for s in view.job.stations_on(Connection.PLC)}
    wrong = (r for r in rows if r.check == STATION and r.subject.name in places and r.look in (Look.WARN, Look.FAIL))
    told = ((row, places[row.subject.name]) for row in wrong)
    return tuple(replace(row, title=_title(made), word=_why(made, view)) for row, made in told)


def module_rows(rows: Sequence[Row], view: View) -> tuple[Row, ...]:
    """How the network stands, then each module with what it says of itself."""
    whole = [row for row in rows if row.check == GATEWAY]
    return (*whole, *_modules(view))


def block(view: View) -> Block | None:
    """The panel that takes the place of a measurement, where none is possible."""
    reason = cable.reason(view)
    return cable_block(reason, view.tool, view.words) if reason and view.tool else None


def watched(view: View) -> tuple[str, str]:
    """What is asked of whoever switches stations on, and what has come so far."""
    words, mains = view.words, view.mains
    known = len(elimination.stations_of(view.job, mains.members))
    so_far = words.plural("gui.powerline.came", len(view.job.stations_on(Connection.PLC)), done=known)
    if mains.answering is None:
        return words.text("gui.powerline.looking"), so_far
    if not mains.answering:
        return words.text("gui.powerline.silent"), so_far
    if mains.awaited:
        return words.text("gui.powerline.switch-on", station=mains.awaited), so_far
    return words.text("gui.powerline.all-came"), so_far


def plcstat_text(view: View) -> str:
    """The last look in the form that support knows; "" before the first one."""
    return plcstat.text(view.mains.found) if view.mains.found else ""


def asked(subject: Subject, view: View) -> bool:
    """Whether a person is to be asked about a station: not where it was measured."""
    return not answers.measured(view.newest.get((STATION, subject)))


def _heard(view: View) -> tuple[Member, ...]:
    """Everybody who is there as far as is known: now while somebody watches, else at the last look."""
    if view.mains.watching:
        return view.mains.members
    if view.mains.found:
        return view.mains.found.members
    return plc_station.members_of(_findings(view.newest.get((STATION, SITE))))


def _listed(made: Station, present: Member | None, row: Row | None, view: View) -> Line:
    """A station as it is heard now while somebody watches, else as it was measured."""
    words, watching = view.words, view.mains.watching
    measured = plc_station.members_of(_findings(view.newest.get((STATION, station(made.id)))))
    member = present if watching else next(iter(measured), present)
    look, verdict = _watched(made, present, view) if watching else _verdict(made, row, view)
    cells = ((_title(made), member.mac if member else made.mac), *_numbers(member, words), verdict)
    return Line(made.id, member.mac if member else made.mac, look, cells)


def _title(made: Station) -> str:
    return " · ".join(filter(None, (made.id, made.place)))


def _watched(made: Station, present: Member | None, view: View) -> tuple[Look, Cell]:
    key = "joined" if present else "awaited" if view.mains.awaited == made.id else "absent"
    look = {"joined": Look.INFO, "awaited": Look.RUNNING}.get(key, Look.UNTESTED)
    return look, (view.words.of("gui.powerline", "watched", key), "")


def _verdict(made: Station, row: Row | None, view: View) -> tuple[Look, Cell]:
    words = view.words
    if row is None:
        return Look.UNTESTED, (words.text("gui.row.not-yet"), "")
    record = view.newest.get((STATION, station(made.id)))
    by, at = answers.said(record)
    if by and not answers.measured(record):
        said = words.text("gui.powerline.confirmed", by=by, at=at)
        return row.look, (said, _why(made, view) if row.look is Look.FAIL else "")
    if row.reason:
        return row.look, (row.word, "")
    if record and record.grade is Grade.NETWORK:
        return row.look, (words.text("gui.powerline.seen"), _why(made, view))
    return row.look, (_sentence(words.of("gui.look", row.look)), _why(made, view))


def _why(made: Station, view: View) -> str:
    """What is not as it should be, worst first, or that nothing is; the address stands beside it already."""
    result = view.results.get((STATION, station(made.id)))
    findings = sorted(result.findings if result else (), key=lambda judged: -judged.severity.rank)
    told = [_short(judged, view.words) for judged in findings if judged.severity is not Severity.OK]
    if not told and any(judged.code is codes.SEEN for judged in findings):
        told = [_short(judged, view.words) for judged in findings]
    return _sentence(", ".join(told)) or view.words.text("gui.powerline.well")


def _short(judged: Judged, words: Catalogue) -> str:
    key, evidence = judged.code.name.removeprefix("plc."), judged.finding.evidence
    if words.has("gui.powerline.why", key):
        return words.of("gui.powerline.why", key, **evidence)
    return detail(judged, words).title


def _stranger(member: Member, view: View) -> Line:
    words = view.words
    kind = "unlisted" if elimination.is_station(member, view.profile) else "other"
    title = words.of("gui.powerline", "stranger", kind)
    remark = words.of("gui.powerline", "stranger-remark", kind)
    cells = ((title, member.mac), *_numbers(member, words), (_sentence(words.of("gui.look", Look.INFO)), remark))
    return Line("", member.mac, Look.INFO, cells)


def _numbers(member: Member | None, words: Catalogue) -> tuple[Cell, ...]:
    """TEI and role, rates, replies with their time, and what the modem says of itself."""
    if member is None:
        return (("–", ""),) * 4
    replies = member.replies
    rates = f"{member.tx_mbps} / {member.rx_mbps} Mbit/s"
    slow = 0 < max(member.tx_mbps, member.rx_mbps) <= GREEN_PHY_MBPS
    nominal = words.text("gui.powerline.nominal", rate=GREEN_PHY_MBPS) if slow else ""
    counted = words.text("gui.powerline.replies", got=replies.got, sent=replies.sent) if replies.sent else "–"
    took = words.show(Quantity(replies.median_ms, "ms")) if replies.median_ms is not None else ""
    return (
        (f"TEI {member.tei}", member.role.value),
        (rates, nominal),
        (counted, took),
        (member.chip or "–", member.firmware or ""),
    )


def _modules(view: View) -> Iterator[Row]:
    """The modules that answered, from what the job holds of them."""
    result = view.results.get((GATEWAY, SITE))
    for judged in result.findings if result else ():
        if judged.code in (codes.GATEWAY_FOUND, codes.UNREADABLE):
            subject = judged.finding.subject
            about = [j for j in result.findings if j.finding.subject == subject] if result else []
            yield _module(judged.finding, about, view)


def _module(finding: Finding, about: Sequence[Judged], view: View) -> Row:
    words, told = view.words, {name: str(value) for name, value in finding.evidence.items()}
    look = worst(detail(judged, words).look for judged in about)
    nid = words.text("gui.powerline.network", nid=told["nid"]) if "nid" in told else ""
    count = finding.evidence.get("count")
    joined = words.plural("gui.powerline.joined", int(count.value)) if isinstance(count, Quantity) else ""
    parts = (joined, told.get("chip"), told.get("firmware"), nid, told.get("maker"))
    title = words.text("gui.powerline.module", mac=finding.subject.name)
    return Row("plc-module", finding.subject, look, title, " · ".join(filter(None, parts)))


def _findings(record: Record | None) -> tuple[Finding, ...]:
    """What a record says that is still true."""
    return record.outcome.findings if record and record.holds and isinstance(record.outcome, Measured) else ()


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
