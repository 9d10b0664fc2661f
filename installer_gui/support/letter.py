"""The letter to whoever answers for the network: what failed, what to do about it, and how to see that it helped.

Only what failed, grouped by who must fix it. What has to be opened in a firewall is named by host, port, protocol and
direction, never by an address: addresses change without notice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from .. import i18n
from ..certificate.content import Content, Line, Row
from ..certificate.wording import Wording
from ..domain.finding import Grade, Responsible, Severity, Subject
from ..domain.job import Contact, Job, Note
from ..domain.profile import Endpoint, Profile, Protocol
from ..domain.record import latest
from ..domain.verdict import State
from ..errors import BadInput
from ..i18n import Catalogue
from .job_content import content_of

ORDER = (Responsible.NETWORK_OWNER, Responsible.INTERNET_PROVIDER, Responsible.CHARGER_MAKER, Responsible.INSTALLER)
TRANSPORTS: Mapping[Protocol, str] = {Protocol.MQTT: "TCP", Protocol.HTTPS: "TCP", Protocol.NTP: "UDP"}


@dataclass(frozen=True, slots=True)
class Place:
    """A station where something failed, and what was seen there."""

    station: str
    place: str
    seen: str


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that failed. `source` is when and from where it was seen, `agreed` what the installer noted."""

    code: str
    number: int
    title: str
    meaning: str
    remedy: str
    source: str
    agreed: str = ""
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Opening:
    """A service that stations must reach and the firewall keeps from them."""

    host: str
    port: int
    protocol: Protocol
    point: Point

    @property
    def transport(self) -> str:
        return TRANSPORTS[self.protocol]


@dataclass(frozen=True, slots=True)
class Group:
    """What one party must fix."""

    responsible: Responsible
    openings: tuple[Opening, ...]
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything that the letter says; `content` is the job that it was made of, `to` the one party it is for."""

    content: Content
    groups: tuple[Group, ...]
    to: Responsible | None = None

    @property
    def words(self) -> Catalogue:
        return i18n.load(self.content.language)

    @property
    def openings(self) -> tuple[Opening, ...]:
        return tuple(opening for group in self.groups for opening in group.openings)

    @property
    def recipient(self) -> Contact:
        """Of others than the network's owner no name is known."""
        known = self.to in (None, Responsible.NETWORK_OWNER)
        return self.content.site.network_owner if known else Contact()


def compose(job: Job, profile: Profile, language: str, now: datetime, to: Responsible | None = None) -> Letter:
    """The letter about a job as it stands, to everybody by way of the network's owner, or `to` one party alone.

    Raises BadInput when nothing failed that they must fix.
    """
    content = content_of(job, profile, language, now)
    failed = [(row, line) for row in content.rows for line in _failures(row)]
    writer = _Writer(Wording(content, i18n.load(language)), job.notes)
    groups = tuple(
        writer.group(party, [(row, line) for row, line in failed if line.responsible is party])
        for party in (ORDER if to is None else (to,))
    )
    theirs = [group for group in groups if group.responsible is not Responsible.INSTALLER or to is not None]
    if not any(group.openings or group.points for group in theirs):
        raise BadInput("letter.nothing-failed")
    return Letter(content, tuple(group for group in groups if group.openings or group.points), to)


def _failures(row: Row) -> Iterator[Line]:
    if row.state is State.FAIL:
        yield from (line for line in row.findings if line.severity is Severity.FAILURE)


_Failed = Sequence[tuple[Row, Line]]


class _Writer:
    """Puts what failed into words."""

    def __init__(self, wording: Wording, notes: Iterable[Note]) -> None:
        self._wording = wording
        self._words = wording.words
        self._notes = {(note.code, note.subject): note for note in notes}
        self._records = latest(wording.content.records)

    def group(self, party: Responsible, failed: _Failed) -> Group:
        """Openings first; what failed at several stations is one point."""
        openings, points = [], []
        at_stations: dict[str, list[tuple[Row, Line]]] = {}
        for row, line in failed:
            service = self._service(line.subject)
            if service is not None and party is Responsible.NETWORK_OWNER:
                openings.append(Opening(service.host, service.port, service.protocol, self._point(row, line)))
            elif row.subject.kind == "station":
                at_stations.setdefault(line.code, []).append((row, line))
            else:
                points.append(self._point(row, line))
        points += [self._at_stations(found) for found in at_stations.values()]
        return Group(party, tuple(openings), tuple(points))

    def _service(self, subject: Subject) -> Endpoint | None:
        """The service of the profile that a finding is about."""
        named = (e for e in self._wording.content.profile.endpoints if subject.name == f"{e.host}:{e.port}")
        return next(named, None) if subject.kind == "endpoint" else None

    def _point(self, row: Row, line: Line) -> Point:
        title, meaning, remedy = (self._wording.about(line, part) for part in ("title", "meaning", "remedy"))
        return Point(line.code, line.number, title, meaning, remedy, self._source(row), self._agreed(row, line))

    def _at_stations(self, found: _Failed) -> Point:
        """What is the same at all of them is said once, of the first."""
        row, line = found[0]
        first = self._point(row, line)
        places = tuple(
            Place(r.subject.name, self._wording.place(r.subject.name), self._wording.about(seen, "title"))
            for r, seen in found
        )
        title = self._words.plural("letter.at-stations", len(places), check=self._wording.title(row))
        return replace(first, title=title, places=places)

    def _source(self, row: Row) -> str:
        """When and from which interface it was seen; who said so and when stands in the words of what was said."""
        if row.started is None or row.grade is Grade.MANUAL:
            return ""
        record = self._records.get((row.check, row.subject))
        if record is None or not record.interface:
            return self._words.text("letter.seen", at=row.started)
        return self._words.text("letter.seen-from", at=row.started, interface=record.interface)

    def _agreed(self, row: Row, line: Line) -> str:
        note = self._notes.get((line.code, line.subject if line.subject.name else row.subject))
        if note is None:
            return ""
        due = self._words.text("letter.due", due=note.due) if note.due else ""
        return " · ".join(self._words.show(part) for part in (note.action, note.owner, due) if part)
