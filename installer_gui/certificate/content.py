"""The certificate as one frozen object: the pages and the attached results.json are both made from it.

The JSON is canonical (UTF-8, sorted keys, no blanks), so the same content gives the same bytes, and what was read is
what would be written. Its shape is published in resources/schemas/certificate.json.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from ..domain.check import Area
from ..domain.finding import Grade, Responsible, Severity, Subject, Value
from ..domain.job import Connection, Installer, Site
from ..domain.plain import Mismatch, from_plain, to_plain
from ..domain.profile import Profile
from ..domain.record import Record
from ..domain.verdict import State, Verdict
from ..errors import NotOurs

SCHEMA = "driftklar.certificate/1"
LATER = "later"  # the reason of what was put off until there is internet
NUMBER = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}")


class Draft(StrEnum):
    """Why a paper is only a draft."""

    INCOMPLETE = "incomplete"
    UNSIGNED = "unsigned"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Moment:
    """One point in time: the computer's local time, the name of its zone, and UTC."""

    local: datetime
    zone: str
    utc: datetime


@dataclass(frozen=True, slots=True)
class Tool:
    """What measured and what drew: no calibrated instrument. `adapters` are "platform backend interface"."""

    name: str
    version: str
    system: str
    python: str
    adapters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Renderer:
    """What decides the pages' bytes beside the content; tells a deep check whether it can repeat them."""

    template: str
    typst: str
    fonts_sha256: str


@dataclass(frozen=True, slots=True)
class Signer:
    """Whose certificate will stand in the signature. `protection` says how the key is kept on the computer.

    `chain` are the SHA-256 of the certificates that stand with it, its issuer's first: they lie outside the signed
    bytes, and no others may take their place.
    """

    name: str
    organisation: str
    fingerprint: str
    level: str
    protection: str
    chain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Replaced:
    """The certificate whose place this one takes: its number, the SHA-256 of its results.json, its job's revision."""

    certificate_id: str
    results_sha256: str
    revision: int = 0  # of certificates from before it was written down


class Untimed(StrEnum):
    """Nobody but the signer's computer tells the time."""

    NONE = "none"


@dataclass(frozen=True, slots=True)
class Timestamp:
    """The server that will confirm the time of signing (RFC 3161), and its own time just before.

    `certificates` are the SHA-256 of the server's and those above it. The token lies outside the signed bytes; only
    this server, within minutes, can have made it.
    """

    authority: str
    certificates: tuple[str, ...]
    answered: datetime


@dataclass(frozen=True, slots=True)
class Clock:
    """How far the computer's clock was "ahead" of or "behind" what it was compared with, in seconds, and when."""

    offset_s: float
    direction: str
    compared: tuple[str, ...]
    measured: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One finding, judged. `limit` is its entry in the profile and `quantity` the evidence that was held against it."""

    code: str
    number: int
    severity: Severity
    responsible: Responsible
    subject: Subject
    evidence: Mapping[str, Value]
    limit: str = ""
    quantity: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One check about one subject. `text` and `host` find its words; `grade` is None for what was never looked at.

    `cause` is why somebody skipped it: a code of the catalogue's table "skip", or their own words.
    """

    check: str
    area: Area
    text: str
    host: str
    subject: Subject
    state: State
    required: bool
    outcome: str
    reason: str
    cause: str = ""
    findings: tuple[Line, ...] = ()
    grade: Grade | None = None
    started: datetime | None = None
    duration_s: float = 0.0
    outdated: bool = False


@dataclass(frozen=True, slots=True)
class StationResult:
    """A station: what the computer measured where it stands, and what was confirmed at the station itself."""

    id: str
    place: str
    serial: str
    state: State
    computer: State
    confirmed: State
    connection: Connection | None = None


@dataclass(frozen=True, slots=True)
class DeviationLine:
    """A numbered deviation. `finding` is None for a check that was not made and for the installer's own remarks."""

    number: int
    subject: Subject
    check: str = ""
    finding: Line | None = None
    state: State | None = None
    reason: str = ""
    cause: str = ""
    text: str = ""
    owner: str = ""
    action: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class ClosedLine:
    """A deviation that a later measurement closed: when it was first seen, and when no longer."""

    subject: Subject
    check: str
    finding: Line
    opened: datetime
    closed: datetime
    owner: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that a certificate says. `scope` is what it covers: the network part, nothing electrical."""

    schema: str
    certificate_id: str
    revision: int
    replaces: Replaced | None
    job: str
    created: datetime
    language: str
    issued: Moment
    draft: tuple[Draft, ...]
    demo: str
    scope: str
    verdict: Verdict
    areas: Mapping[str, State]
    installer: Installer
    site: Site
    order_no: str
    connection: Connection | None
    ssid: str
    interface: str
    stations: tuple[StationResult, ...]
    rows: tuple[Row, ...]
    deviations: tuple[DeviationLine, ...]
    tool: Tool
    profile: Profile
    clock: Clock | None
    timestamp: Timestamp | Untimed
    signer: Signer | None
    renderer: Renderer
    records: tuple[Record, ...]
    closed: tuple[ClosedLine, ...] = ()


def encode(content: Content) -> bytes:
    """The canonical JSON."""
    return _canonical(to_plain(content))


def decode(raw: bytes) -> Content:
    """The content of an attached results.json. Raises NotOurs for anything that is not one, or not canonical."""
    try:
        document = json.loads(raw)
        canonical = _canonical(document) == raw
        content = from_plain(Content, document)
    except (ValueError, RecursionError, Mismatch):
        raise NotOurs("input.not-results") from None
    if not canonical or content.schema != SCHEMA or not NUMBER.fullmatch(content.certificate_id):
        raise NotOurs("input.not-results")
    return content


def _canonical(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
