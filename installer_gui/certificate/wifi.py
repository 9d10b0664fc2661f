"""WiFi station by station: the spread of the readings as a figure, and every number in a table."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..charts import ranges
from ..charts.style import Style
from ..charts.svg import svg
from ..domain.finding import Quantity, Series, Severity, Value
from ..domain.verdict import State
from . import cells, fonts
from .content import Row
from .display import clean
from .paper import COLOURS
from .wording import NONE, Wording

CHECK = "wifi-signal"
_WIDTH_PT = 493.0  # between the margins
_SEVERITIES = {State.PASS: Severity.OK, State.WARN: Severity.WARNING, State.FAIL: Severity.FAILURE}


@dataclass(frozen=True, slots=True)
class Reading:
    """What was heard at one station, dBm; `decides` is the percentile that was judged."""

    heard: tuple[float, ...] = ()
    missed: int = 0
    decides: float | None = None
    channel: str = ""
    bssid: str = ""

    @property
    def low(self) -> float | None:
        return min(self.heard, default=None)

    @property
    def high(self) -> float | None:
        return max(self.heard, default=None)

    @property
    def median(self) -> float | None:
        return statistics.median(self.heard) if self.heard else None


def rows(wording: Wording) -> list[Row]:
    """The stations where something was heard or should have been."""
    return [row for row in wording.content.rows if row.subject.kind == "station" and shows(row)]


def shows(row: Row) -> bool:
    """Whether a row has its place here; what nobody measured has no numbers."""
    return row.check == CHECK and (row.state is not State.NOT_MEASURED or bool(reading(row).heard))


def section(wording: Wording) -> dict[str, Any]:
    """The figures (`figures` gives their files) and the table."""
    words, own = wording.words, rows(wording)
    first, last = own[0].subject.name, own[-1].subject.name
    alt = words.text("paper.wifi.alt", first=first, last=last)
    files = [*figures(wording)]
    drawn = [{"head": files[0], "strips": files[1:-1], "foot": files[-1], "alt": alt}] if files else []
    names = ("station", "place", "channel", "access-point", "low", "decides", "median", "high", "missed", "result")
    aligns = {"low", "decides", "median", "high", "missed"}
    columns = [
        cells.column(words.of("paper", "column", n), 1 if n == "place" else "auto", "right" if n in aligns else "left")
        for n in names
    ]
    lines = [_line(wording, row) for row in own]
    intro = f"{words.text('paper.wifi.intro')} {words.text('paper.wifi.axis') if drawn else ''}".rstrip()
    return cells.section(words.text("paper.wifi"), intro, figures=drawn, tables=[cells.table(columns, lines)])


def figures(wording: Wording) -> dict[str, bytes]:
    """The figure's strips as SVG files by name: the head, the stations, the foot."""
    own = rows(wording)
    limit = wording.content.profile.limits.get(CHECK)
    if not own or limit is None:
        return {}
    words = wording.words
    labels = ranges.Labels(
        good=words.text("paper.wifi.good", level=wording.level(limit.passes)),
        limit=words.text("paper.wifi.limit", level=wording.level(limit.passes if limit.warns is None else limit.warns)),
        decides=words.text("paper.wifi.decides"),
        not_heard=words.text("paper.wifi.not-heard"),
        not_measured=words.text("paper.state.not-measured"),
    )
    style = Style(COLOURS, wording.level, size=7.6)
    drawn = ranges.figure([_range(row) for row in own], _WIDTH_PT, limit, labels, style)
    strips = (drawn.head, *drawn.strips, drawn.foot)
    return {f"range{i}.svg": svg(strip, "Inter") for i, strip in enumerate(strips)}


def reading(row: Row) -> Reading:
    """Everything that the findings of one station tell of its signal."""
    evidence: dict[str, Value] = {}
    decides: float | None = None
    for line in row.findings:
        evidence |= line.evidence
        judged = line.evidence.get(line.quantity)
        decides = float(judged.value) if isinstance(judged, Quantity) else decides
    series = next((v for v in evidence.values() if isinstance(v, Series) and v.unit == "dBm"), Series((), "dBm"))
    heard = tuple(float(v) for v in series.values if v is not None)
    return Reading(
        heard, len(series.values) - len(heard), decides, _text(evidence, "channel"), _text(evidence, "bssid")
    )


def _text(evidence: Mapping[str, Value], name: str) -> str:
    match evidence.get(name):
        case Quantity(value=value):
            return f"{value:g}"
        case str(text):
            return text
        case _:
            return ""


def _range(row: Row) -> ranges.Row:
    seen = reading(row)
    name = clean(row.subject.name, fonts.covered(), 24)
    return ranges.Row(name, seen.low, seen.decides, seen.median, seen.high, _SEVERITIES.get(row.state))


def _line(wording: Wording, row: Row) -> Sequence[cells.Cell]:
    seen = reading(row)
    numbers = [NONE if n is None else wording.level(n) for n in (seen.low, seen.decides, seen.median, seen.high)]
    missed = str(seen.missed) if seen.heard or seen.missed else NONE
    access_point = cells.mono(seen.bssid) if seen.bssid else NONE
    return [
        cells.strong(wording.subject(row.subject)),
        wording.place(row.subject.name),
        seen.channel or NONE,
        access_point,
        numbers[0],
        cells.strong(numbers[1]),
        *numbers[2:],
        missed,
        wording.pill(row.state),
    ]
