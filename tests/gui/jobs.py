"""Jobs in every state, made of records with any finding that a check declares."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

from installer_gui import i18n, profiles
from installer_gui.domain.check import CheckInfo
from installer_gui.domain.finding import Code, Finding, Quantity, Scale, Severity, Subject, Value
from installer_gui.domain.job import Connection, Contact, Installer, Job, Site, Station
from installer_gui.domain.outcome import Measured, NotMeasured, Outcome
from installer_gui.domain.record import Record
from installer_gui.session import plan

NOW = datetime(2026, 11, 25, 14, 5, tzinfo=UTC)
PROFILE = profiles.load("zaptec-pro")
RULES = plan.rules(PROFILE)
SHORT = {"channel": "13", "first": "1", "last": "11", "by": "Bo Ek", "at": "2026-11-25 14:05"}
_PLACE = re.compile(r"\{(\w+)\}")


def empty(connection: Connection | None = None) -> Job:
    return Job("TEST-TEST-TEST", NOW, PROFILE.id, connection=connection)


def described(connection: Connection = Connection.WIFI, stations: int = 4) -> Job:
    """Everything that a person fills in before the first measurement."""
    owner = Contact("Ada Lind", "070-123 45 67", "ada.lind@brfsolen.example")
    return replace(
        empty(connection),
        site=Site("Brf Solen", "Storgatan 4", "903 25", "Umeå", "SE", "Brf Solen", owner),
        installer=Installer("Elfirman AB", "556000-0000", "Bo Ek", "070-765 43 21", "bo@elfirman.example"),
        stations=tuple(
            Station(f"A{n}", "garage, left wall" if n == 1 else "", f"ZPR{n:06d}") for n in range(1, stations + 1)
        ),
        ssid="LADD-GARAGE" if connection is Connection.WIFI else "",
    )


def measured(severity: Severity, connection: Connection = Connection.WIFI, stations: int = 4) -> Job:
    """Every check that the job needs, with a finding of this weight or the nearest that the check has."""
    job = described(connection, stations)
    wanted = plan.expected_of(job, PROFILE)
    return job.with_records(*(record(e.check, e.subject, severity) for e in wanted))


def unmeasured(reason: str, connection: Connection = Connection.WIFI, detail: str = "") -> Job:
    job = described(connection)
    wanted = plan.expected_of(job, PROFILE)
    return job.with_records(*(Record(e.check, NOW, 0.0, NotMeasured(reason, detail), e.subject) for e in wanted))


def outdated(connection: Connection = Connection.WIFI) -> Job:
    return measured(Severity.OK, connection).outdate(lambda r: True)


def record(check: str, subject: Subject, severity: Severity) -> Record:
    return Record(check, NOW, 1.0, outcome(RULES.by_id[check], subject, severity), subject, interface="eth0")


def outcome(info: CheckInfo, subject: Subject, severity: Severity) -> Outcome:
    about = subject if subject.kind == "station" else Subject("site")
    for scale in info.scales:
        limit = PROFILE.limits[scale.limit]
        for value in (limit.passes, limit.warns, limit.passes * 3 if limit.better == "low" else limit.passes - 50):
            if value is not None and judged(scale, limit.judge(value)) is severity:
                evidence = {scale.evidence: Quantity(value, limit.unit)}
                codes = filter(None, (scale.passes, scale.warns, scale.fails))
                known = {name: text for code in codes for name, text in _evidence(code).items()}
                return Measured((Finding(scale.name, about, {**known, **evidence}),))
    code = min(info.codes, key=lambda c: (abs(c.severity.rank - severity.rank), c.severity.rank))
    return Measured((Finding(code.name, about, _evidence(code)),))


def judged(scale: Scale, side: Severity) -> Severity:
    """How heavy a value on this side of the limit is; some limits only warn."""
    sides = {Severity.OK: scale.passes, Severity.WARNING: scale.warns, Severity.FAILURE: scale.fails}
    code = sides[side]
    return code.severity if code else side


def _evidence(code: Code) -> dict[str, Value]:
    """Something long for every place in the code's words."""
    words = i18n.load("en")
    texts = (words.template("finding", code.name, part) for part in ("title", "meaning", "remedy"))
    names = {name for text in texts for name in _PLACE.findall(text)}
    return {name: SHORT.get(name, "zapcloud-api.azurewebsites.net") for name in names}
