"""A job as support needs it: all that was measured and how it stands, and nothing about people and places.

What somebody typed freely (notes, places) may hold anything, a network's key among it, so it never goes along.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ..domain.finding import Finding, Responsible, Subject, Value
from ..domain.job import Contact, Installer, Job, Note, Site, Station
from ..domain.outcome import Measured, NotMeasured, Outcome
from ..domain.record import Record
from . import patterns
from .patterns import Kind
from .redaction import Known, Redactor

_ON_THE_WALL = re.compile(r"[^\W\d_]{0,3}[ -]?\d{1,4}[A-Za-z]?")
_SERIAL = re.compile(r"([A-Z]{3})\d{6}")
_SIZES_AND_TIMES = ("1", "28", "51", "53", "57", "58", "59")  # DHCP options that tell nothing of a site (RFC 2132)
_OF_EVIDENCE: Mapping[str, Kind] = {
    "by": Kind.NAME,
    "ssid": Kind.NETWORK,
    "ssids": Kind.NETWORK,
    "networks": Kind.NETWORK,
    "neighbours": Kind.NETWORK,
}


def names_in(job: Job) -> Iterator[Known]:
    """Everything in a job that names somebody or something, to be found in other texts too."""
    site, made, owner = job.site, job.installer, job.site.network_owner
    for name in (site.name, site.customer, owner.name, made.company, made.person):
        yield Known(Kind.NAME, name)
    for part in (site.street, site.postcode, site.town):
        yield Known(Kind.ADDRESS, part)
    for contact in (owner, made):
        yield Known(Kind.EMAIL, contact.email)
        yield Known(Kind.PHONE, contact.phone)
    for number in (made.org_no, job.order_no):
        yield Known(Kind.NUMBER, number)
    for station in job.stations:
        yield Known(Kind.SERIAL, station.serial)
        yield Known(Kind.TEXT, station.place)
        yield Known(Kind.TEXT, station.circuit)
        if not _ON_THE_WALL.fullmatch(station.id):
            yield Known(Kind.STATION, station.id)
    yield Known(Kind.NETWORK, job.ssid)
    yield from _names_in_evidence(job)


def redacted(job: Job, redactor: Redactor) -> Job:
    """The job with words in the place of what it says of people, places and devices; it is judged as before."""
    r = redactor
    return replace(
        job,
        site=_site(job.site, r),
        installer=_installer(job.installer, r),
        stations=tuple(_station(station, r) for station in job.stations),
        ssid=r.mask(Kind.NETWORK, job.ssid),
        interface=r.text(job.interface),
        order_no=r.mask(Kind.NUMBER, job.order_no),
        records=tuple(_record(record, r) for record in job.records),
        notes=tuple(_note(note, r) for note in job.notes),
    )


def _names_in_evidence(job: Job) -> Iterator[Known]:
    for record in job.records:
        findings = record.outcome.findings if isinstance(record.outcome, Measured | NotMeasured) else ()
        for name, value in ((n, v) for finding in findings for n, v in finding.evidence.items()):
            if name in _OF_EVIDENCE and isinstance(value, str):
                yield Known(_OF_EVIDENCE[name], value)


def _site(site: Site, r: Redactor) -> Site:
    owner = site.network_owner
    return Site(
        name=r.mask(Kind.NAME, site.name),
        street=r.mask(Kind.ADDRESS, site.street),
        postcode=r.mask(Kind.ADDRESS, site.postcode),
        town=r.mask(Kind.ADDRESS, site.town),
        country=site.country if re.fullmatch("[A-Z]{2}", site.country) else r.mask(Kind.TEXT, site.country),
        customer=r.mask(Kind.NAME, site.customer),
        network_owner=Contact(
            r.mask(Kind.NAME, owner.name), r.mask(Kind.PHONE, owner.phone), r.mask(Kind.EMAIL, owner.email)
        ),
    )


def _installer(installer: Installer, r: Redactor) -> Installer:
    return Installer(
        r.mask(Kind.NAME, installer.company),
        r.mask(Kind.NUMBER, installer.org_no),
        r.mask(Kind.NAME, installer.person),
        r.mask(Kind.PHONE, installer.phone),
        r.mask(Kind.EMAIL, installer.email),
    )


def _station(station: Station, r: Redactor) -> Station:
    """The first letters of a serial number tell the model and nothing else."""
    serial, shape = r.mask(Kind.SERIAL, station.serial), _SERIAL.fullmatch(station.serial)
    model = shape[1] if shape and serial != station.serial else ""
    place, circuit = (r.mask(Kind.TEXT, text) for text in (station.place, station.circuit))
    return Station(_station_id(station.id, r), place, model + serial, connection=station.connection, circuit=circuit)


def _station_id(name: str, r: Redactor) -> str:
    """What is painted on the wall stays, unless it may be somebody's name."""
    return name if _ON_THE_WALL.fullmatch(name) else r.mask(Kind.STATION, name)


def _subject(subject: Subject, r: Redactor) -> Subject:
    is_station = subject.kind == "station"
    return Subject(subject.kind, _station_id(subject.name, r) if is_station else r.text(subject.name))


def _note(note: Note, r: Redactor) -> Note:
    return replace(
        note,
        subject=_subject(note.subject, r),
        text=r.mask(Kind.TEXT, note.text),
        owner=note.owner if note.owner in tuple(Responsible) else r.mask(Kind.NAME, note.owner),
        action=r.mask(Kind.TEXT, note.action),
    )


def _record(record: Record, r: Redactor) -> Record:
    return replace(
        record,
        subject=_subject(record.subject, r),
        outcome=_outcome(record.outcome, r),
        platform=r.text(record.platform),
        backend=r.text(record.backend),
        interface=r.text(record.interface),
    )


def _outcome(outcome: Outcome, r: Redactor) -> Outcome:
    match outcome:
        case Measured():
            return Measured(tuple(_finding(finding, r) for finding in outcome.findings))
        case NotMeasured():
            findings = tuple(_finding(finding, r) for finding in outcome.findings)
            return replace(outcome, detail=r.text(outcome.detail), findings=findings)
        case _:
            return outcome


def _finding(finding: Finding, r: Redactor) -> Finding:
    evidence = {name: _value(name, value, r) for name, value in finding.evidence.items()}
    return Finding(finding.code, _subject(finding.subject, r), evidence)


def _value(name: str, value: Value, r: Redactor) -> Value:
    match value:
        case str():
            return _said(name, value, r)
        case tuple():
            return tuple(_said(name, part, r) for part in value)
        case _:
            return value


def _said(name: str, text: str, r: Redactor) -> str:
    if patterns.names_a_key(name):
        return r.mask(Kind.SECRET, text)
    if name in _OF_EVIDENCE:
        return r.mask(_OF_EVIDENCE[name], text)
    if name == "options":
        code, _, value = text.partition("=")
        return f"{code}={value if code in _SIZES_AND_TIMES else r.mask(Kind.TEXT, value)}"
    return r.text(text)
