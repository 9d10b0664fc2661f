"""The files of a bundle, all made from a redacted job."""

from __future__ import annotations

import csv
import io
import platform
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from ..certificate.content import Content, DeviationLine, Row, StationResult
from ..certificate.wording import Wording
from ..domain.finding import Finding, Quantity, Series, Severity, Value
from ..domain.job import Connection
from ..domain.outcome import Measured, NotMeasured
from ..domain.plain import to_plain
from ..domain.record import Record
from ..domain.verdict import State, Verdict
from ..i18n import Catalogue

JUDGEMENT = "driftklar.judgement/1"
_LIBRARIES = ("PySide6-Essentials", "dnspython", "ntplib", "psutil", "pywifi", "typst", "pyHanko", "cryptography")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would carry out


@dataclass(frozen=True, slots=True)
class Standing:
    """How a job stands: every check with what it saw, every station, every deviation."""

    schema: str
    job: str
    created: datetime
    demo: str
    profile: str
    profile_version: str
    connection: Connection | None
    verdict: Verdict
    areas: dict[str, State]
    stations: tuple[StationResult, ...]
    rows: tuple[Row, ...]
    deviations: tuple[DeviationLine, ...]


def versions(content: Content) -> dict[str, Any]:
    """Program, requirements and system: what support asks first."""
    tool, profile = content.tool, content.profile
    return {
        "program": {"name": tool.name, "version": tool.version, "python": tool.python},
        "profile": {"id": profile.id, "version": profile.version, "sha256": profile.sha256},
        "system": {"name": tool.system, "build": platform.version(), "machine": platform.machine()},
        "adapters": list(tool.adapters),
        "libraries": {name: found for name in _LIBRARIES if (found := _installed(name))},
        "job": {"id": content.job, "created": content.created.isoformat(), "demo": content.demo},
    }


def judgement(content: Content) -> dict[str, Any]:
    """As data (resources/schemas/judgement.json)."""
    standing = Standing(
        schema=JUDGEMENT,
        job=content.job,
        created=content.created,
        demo=content.demo,
        profile=content.profile.id,
        profile_version=content.profile.version,
        connection=content.connection,
        verdict=content.verdict,
        areas=dict(content.areas),
        stations=content.stations,
        rows=content.rows,
        deviations=content.deviations,
    )
    plain: dict[str, Any] = to_plain(standing)
    return plain


def text(content: Content, words: Catalogue) -> str:
    """As text for a person."""
    return "\n".join(_lines(Wording(content, words))) + "\n"


def evidence(records: Iterable[Record]) -> str:
    """Everything that was seen, as a table for a spreadsheet: a line a value."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(("check", "subject", "started", "outdated", "outcome", "finding", "about", "name", "value", "unit"))
    writer.writerows(row for record in records for row in _evidence(record))
    return table.getvalue()


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _lines(wording: Wording) -> Iterator[str]:
    content, words = wording.content, wording.words
    if content.demo:
        yield words.text("demo.banner")
    tool, profile = content.tool, content.profile
    yield f"Driftklar {tool.version} · {tool.system} · {profile.name} {profile.version}"
    used = {s.connection for s in content.stations} or {content.connection}
    connection = ", ".join(words.of("connection", c.value) for c in Connection if c in used) or "–"
    yield f"{content.job} · {connection} · {words.plural('cli.stations', len(content.stations))}"
    yield words.of("verdict", content.verdict.value)
    yield ""
    for row in content.rows:
        yield from _row(row, wording)


def _row(row: Row, wording: Wording) -> Iterator[str]:
    """How a check stands, what was seen, and what to do about it."""
    words = wording.words
    about = f"{words.show(row.subject.name)}: " if row.subject.kind == "station" and row.subject.name else ""
    yield f"{words.of('state', row.state.value)}: {about}{wording.title(row)}"
    for seen in wording.seen(row):
        yield f"    {seen}"
    for line in row.findings:
        if line.severity in (Severity.WARNING, Severity.FAILURE):
            yield f"        {wording.about(line, 'meaning')}"
            yield f"        {wording.about(line, 'remedy')}"


def _evidence(record: Record) -> Iterator[tuple[str, ...]]:
    outcome = record.outcome
    findings = outcome.findings if isinstance(outcome, Measured | NotMeasured) else ()
    head = (
        record.check,
        record.subject.name,
        record.started.isoformat(timespec="seconds"),
        "yes" if record.outdated else "",
        _how(record),
    )
    if not findings:
        yield tuple(map(_harmless, (*head, "", "", "", "", "")))
    for finding in findings:
        for values in _values(finding):
            yield tuple(map(_harmless, (*head, finding.code, finding.subject.name, *values)))


def _how(record: Record) -> str:
    """How the check ended, and why where it was not measured."""
    plain = to_plain(record.outcome)
    return "measured" if isinstance(record.outcome, Measured) else next(str(v) for v in plain.values())


def _values(finding: Finding) -> Iterator[tuple[str, str, str]]:
    for name, value in finding.evidence.items():
        for shown, unit in _shown(value):
            yield name, shown, unit
    if not finding.evidence:
        yield "", "", ""


def _shown(value: Value) -> Iterator[tuple[str, str]]:
    match value:
        case Quantity():
            yield f"{value.value:g}", value.unit
        case Series():
            yield " ".join("–" if v is None else f"{v:g}" for v in value.values), value.unit
        case tuple():
            yield from ((part, "") for part in value)
        case _:
            yield value, ""


def _harmless(cell: str) -> str:
    """Text that a network gave must not become a formula; a negative number stays one."""
    if not cell.startswith(_FORMULA) or _is_number(cell):
        return cell
    return f"'{cell}"


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
