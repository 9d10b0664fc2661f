"""The pages after the first: deviations, the stations one by one, every check, method and how to verify."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..domain.check import Area
from ..domain.finding import Grade, Quantity
from ..profiles import CUSTOM
from . import cells, deviations, stations, wifi
from .content import Content, Untimed
from .front import groups
from .wording import NONE, Wording

Section = dict[str, Any]


def sections(wording: Wording, sha256: str) -> list[Section]:
    return [
        deviations.section(wording),
        *([stations.section(wording)] if wording.content.stations else []),
        *([wifi.section(wording)] if wifi.rows(wording) else []),
        *stations.checks(wording),
        _network(wording),
        _method(wording),
        _verify(wording, sha256),
    ]


def _network(wording: Wording) -> Section:
    """A row a check, under its area."""
    words = wording.words
    rows = [row for row in wording.content.rows if row.subject.kind != "station"]
    columns = wording.columns(check=3, seen=4, limit="auto", grade="auto", result="auto")
    lines: list[cells.Line] = []
    for area in Area:
        if own := [row for row in rows if row.area is area]:
            first, *rest = ([wording.title(row), *wording.checked(row)] for row in own)
            lines += [cells.headed(words.of("paper", "area", area.value), first), *rest]
    return cells.section(
        words.text("paper.network"), words.text("paper.network.intro"), tables=[cells.table(columns, lines)]
    )


def _method(wording: Wording) -> Section:
    words, content = wording.words, wording.content
    profile = content.profile
    used = dict.fromkeys(line.limit for row in content.rows for line in row.findings if line.limit)
    limits = [
        [
            words.of("paper", "limit", name) if words.has("paper", "limit", name) else name,
            wording.mark(limit, limit.passes),
            NONE if limit.warns is None else wording.mark(limit, limit.warns),
            _source(wording, limit.source),
        ]
        for name, limit in ((name, profile.limits[name]) for name in used if name in profile.limits)
    ]
    columns = wording.columns(quantity=3, passes="auto", warns="auto", source=4)
    tables = [{"heading": words.text("paper.limits"), "keep": True} | cells.table(columns, limits)] if limits else []
    return cells.section(
        words.text("paper.method"),
        words.text("paper.method.intro" if _measured(content) else "paper.method.asked"),
        notes=[*_notes(wording)],
        pairs=_instruments(wording),
        tables=tables,
    )


def _measured(content: Content) -> bool:
    """Whether the computer measured anything at all; with LTE-M it does not."""
    return any(row.grade in (Grade.MEASURED, Grade.NETWORK) for row in content.rows)


def _source(wording: Wording, source_id: str) -> str:
    """Where a limit was read; what no published page says is a limit of our own, and stands as that."""
    for source in wording.content.profile.sources:
        if source.id == source_id and source.url.startswith("https://"):
            return source.title
    return wording.words.text("paper.own-limit")


def _notes(wording: Wording) -> Iterator[str]:
    words, content = wording.words, wording.content
    if any(row.area is Area.WIFI and row.subject.kind == "station" for row in content.rows):
        yield words.text("paper.method.wifi", samples=content.profile.values.get("wifi_samples", 0.0))
    yield words.text("paper.method.grades")
    if content.profile.trust_anchors == CUSTOM:
        yield words.text("paper.method.custom-anchors")
    for source in content.profile.sources:
        if source.url.startswith("https://"):
            yield words.text("paper.method.source", title=source.title, url=source.url, read=source.read)


def _instruments(wording: Wording) -> list[tuple[str, str]]:
    words, content = wording.words, wording.content
    tool, profile = content.tool, content.profile
    return wording.pairs(
        program=f"Driftklar {tool.version}, {tool.system}, Python {tool.python}",
        adapters=", ".join(tool.adapters),
        calibration=words.text("paper.not-calibrated"),
        profile=f"{profile.name} {profile.version} ({words.show(profile.date)}), SHA-256 {groups(profile.sha256[:16])}",
        clock=_clock(wording),
        job=f"{content.job} ({words.show(content.created)})",
    ) + _support(wording)


def _support(wording: Wording) -> list[tuple[str, str]]:
    """Whom to ask, where a distributor gave the profile out."""
    brand = wording.content.profile.brand
    return wording.pairs(support=", ".join(filter(None, (brand.name, brand.support)))) if brand else []


def _clock(wording: Wording) -> str:
    clock, words = wording.content.clock, wording.words
    if clock is None:
        return ""
    direction, compared = clock.direction if clock.offset_s else "level", ", ".join(clock.compared)
    return words.of("paper", "clock", direction, offset=Quantity(clock.offset_s, "s"), compared=compared)


def _verify(wording: Wording, sha256: str) -> Section:
    words, content = wording.words, wording.content
    signer = content.signer
    pairs: list[tuple[str, cells.Cell]] = [
        (words.text("paper.label.sha256"), cells.mono(groups(sha256))),
        *wording.pairs(timestamp=_timestamp(wording)),
    ]
    if signer:
        pairs += wording.pairs(
            signer=", ".join(filter(None, (signer.name, signer.organisation))),
            level=words.of("identity", "level", signer.level),
        )
        pairs.append((words.text("paper.label.fingerprint"), cells.mono(groups(signer.fingerprint))))
    steps = [words.of("paper", "verify", step) for step in "123"]
    receipt = [words.of("paper", "receipt", part) for part in ("heading", "statement", "name", "date")]
    return cells.section(words.text("paper.verify"), "", steps=steps, pairs=pairs) | {"receipt": receipt}


def _timestamp(wording: Wording) -> str:
    """Who confirms the time of signing, or that nobody does."""
    stamp = wording.content.timestamp
    if isinstance(stamp, Untimed):
        return wording.words.text("paper.timestamp.none")
    return wording.words.text("paper.timestamp.by", authority=stamp.authority)
