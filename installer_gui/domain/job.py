"""One commissioning: the site, its stations, and everything that was measured there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from .finding import Subject
from .record import Record


class Connection(StrEnum):
    """How stations reach the internet."""

    WIFI = "wifi"
    PLC = "plc"
    LTE_M = "lte-m"
    ETHERNET = "ethernet"


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to call."""

    name: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """Where the stations stand, and whose they are. `network_owner` answers for the network, not for the mains."""

    name: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    country: str = "SE"
    customer: str = ""
    network_owner: Contact = Contact()


@dataclass(frozen=True, slots=True)
class Installer:
    """Who commissions and signs."""

    company: str = ""
    org_no: str = ""
    person: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Station:
    """A charging station. `id` is what is painted on the wall and unique in the job.

    `mac` is one of its addresses on the mains, where it is known: the maker's 950 or 951, or what was learnt.
    `circuit` is its circuit at the distribution board; `connection` is None where it is the job's.
    """

    id: str
    place: str = ""
    serial: str = ""
    mac: str = ""
    connection: Connection | None = None
    circuit: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What the installer added to a deviation that a finding made (`code`, `subject`), or a remark of their own."""

    subject: Subject
    code: str = ""
    text: str = ""
    owner: str = ""
    action: str = ""
    due: date | None = None


@dataclass(frozen=True)
class Job:
    """The wizard's only state. Frozen: every change makes a new one; nothing that was measured is ever deleted.

    `later` are the checks that were put off until there is internet.
    """

    id: str
    created: datetime
    profile: str
    site: Site = Site()
    installer: Installer = Installer()
    stations: tuple[Station, ...] = ()
    connection: Connection | None = None
    ssid: str = ""
    interface: str = ""
    order_no: str = ""
    paper_language: str = "sv"
    records: tuple[Record, ...] = ()
    notes: tuple[Note, ...] = ()
    revision: int = 1
    demo: str = ""
    later: tuple[str, ...] = ()

    @cached_property
    def connections(self) -> tuple[Connection, ...]:
        """The connections that any station uses, in a fixed order; without stations the one that was chosen."""
        used = {s.connection or self.connection for s in self.stations} or {self.connection}
        return tuple(c for c in Connection if c in used)

    @property
    def connected(self) -> bool:
        """Whether it is known of every station how it reaches the internet."""
        return all(self.connection_of(s) for s in self.stations) if self.stations else self.connection is not None

    def connection_of(self, made: Station) -> Connection | None:
        """A station's connection: its own, or else the job's."""
        return made.connection or self.connection

    def stations_on(self, *connections: Connection) -> tuple[Station, ...]:
        """The stations that use one of these connections."""
        return tuple(s for s in self.stations if self.connection_of(s) in connections)

    @property
    def networked(self) -> tuple[Station, ...]:
        """The stations that share the site's network; where all have their own mobile connection, those."""
        return self.stations_on(*(c for c in Connection if c is not Connection.LTE_M)) or self.stations

    def with_records(self, *records: Record) -> Job:
        return replace(self, records=(*self.records, *records))

    def outdate(self, concerns: Callable[[Record], bool]) -> Job:
        """Mark the records that no longer describe the site; they stay in the job and on paper."""
        return replace(self, records=tuple(replace(r, outdated=True) if concerns(r) else r for r in self.records))

    def after(self, signed: int) -> Job:
        """The job as the revision after a signed one, which stays as it is."""
        return replace(self, revision=max(self.revision, signed + 1))

    def with_note(self, note: Note) -> Job:
        """Replace the note on the same finding, or add it; remarks without a code are always added."""
        kept = tuple(n for n in self.notes if not note.code or (n.code, n.subject) != (note.code, note.subject))
        return replace(self, notes=(*kept, note))
