"""Results in words: one row a check, with what was seen, why it matters, what to do and who. Qt-free."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..domain.finding import Quantity, Severity, Subject
from ..domain.outcome import SKIPPED, NotApplicable, NotMeasured
from ..domain.verdict import Judged, Result
from ..i18n import Catalogue
from .looks import Look
from .stages import Stage, stages
from .standing import LATER, Mark, mark
from .view import Key, Steps, View

_WEIGHTS = {
    Severity.OK: Look.PASS,
    Severity.INFO: Look.INFO,
    Severity.WARNING: Look.WARN,
    Severity.FAILURE: Look.FAIL,
}


@dataclass(frozen=True, slots=True)
class Detail:
    """One finding in full; `number` is what the installer reads out on the phone."""

    look: Look
    number: int
    title: str
    meaning: str
    remedy: str
    who: str


@dataclass(frozen=True, slots=True)
class Row:
    """One check about one subject. `reason` tells why it was not measured, "" where it was."""

    check: str
    subject: Subject
    look: Look
    title: str
    word: str
    value: str = ""
    remedy: str = ""
    reason: str = ""
    details: tuple[Detail, ...] = ()
    stages: tuple[Stage, ...] = ()

    @property
    def key(self) -> Key:
        return self.check, self.subject

    @property
    def of_station(self) -> bool:
        return self.subject.kind == "station" and bool(self.subject.name)


def row(result: Result, view: View) -> Row:
    """The row of a result; one that is running now says how far it has come."""
    key, seen = (result.info.id, result.subject), mark(result, view)
    title = view.words.of("check", result.info.text_key, "title", host=result.info.host)
    if seen.look is Look.RUNNING:
        return Row(*key, seen.look, title, _progress(view.running[key], view.words))
    details = tuple(detail(judged, view.words) for judged in _worst_first(result))
    if seen.reason == LATER:
        details = ()
    word = _word(result, seen, details, view.words)
    remedy = details[0].remedy if details and seen.look in (Look.WARN, Look.FAIL) else ""
    telling = tuple(d for d in details if d.look is not Look.PASS)
    value, reached = ("", ()) if seen.reason == LATER else (_value(result, view), stages(result))
    return Row(*key, seen.look, title, word, value, remedy, seen.reason, telling, reached)


def skippable(rows: Sequence[Row]) -> tuple[tuple[Key, str], ...]:
    """The rows that can be left out with a reason, with the words that tell them apart."""
    shown = (row for row in rows if row.look in (Look.UNTESTED, Look.OUTDATED) or row.reason == LATER)
    return tuple((row.key, _told_apart(row)) for row in shown)


def _told_apart(row: Row) -> str:
    named = not row.of_station or row.title.startswith(row.subject.name)
    return row.title if named else f"{row.subject.name} · {row.title}"


def detail(judged: Judged, words: Catalogue) -> Detail:
    """A finding's words."""
    code, evidence = judged.code, judged.finding.evidence
    title, meaning, remedy = (
        words.of("finding", code.name, part, **evidence) for part in ("title", "meaning", "remedy")
    )
    who = words.of("responsible", code.responsible.value) if judged.severity.rank > Severity.INFO.rank else ""
    return Detail(_WEIGHTS[judged.severity], code.number, title, meaning, remedy, who)


def why(result: Result, words: Catalogue) -> str:
    """Why a result is not a measurement, as a sentence's end."""
    outcome, reason = result.outcome, result.reason or ""
    if isinstance(outcome, NotMeasured) and outcome.reason == SKIPPED and outcome.detail:
        return words.text("reason.skipped-because", cause=skip_cause(outcome.detail, words))
    if isinstance(outcome, NotApplicable):
        return words.text("reason.needs", check=words.of("check", outcome.because, "title"))
    return words.of("reason", reason if words.has("reason", reason) else "broken")


def sentence_case(text: str) -> str:
    """Words from within a sentence, as they stand alone."""
    return text[:1].upper() + text[1:]


def skip_cause(detail: str, words: Catalogue) -> str:
    """A ready-made cause in words, or the installer's own."""
    return words.of("skip", detail) if words.has("skip", detail) else detail


def _word(result: Result, seen: Mark, details: tuple[Detail, ...], words: Catalogue) -> str:
    match seen.reason:
        case "":
            return details[0].title if details else words.of("state", result.state.value)
        case "outdated":
            return sentence_case(words.text("reason.outdated"))
        case "later":
            return words.text("gui.later.row")
        case "not-run":
            return words.text("gui.row.not-yet")
        case "skipped":
            return why(result, words)
        case _:
            return words.text("gui.row.not-tested", why=why(result, words))


def _progress(steps: Steps, words: Catalogue) -> str:
    done, total = steps
    return words.text("gui.row.progress", done=done, total=total) if total else words.text("gui.row.running")


def _value(result: Result, view: View) -> str:
    """The number that the profile's limit was held against, where one number says it all."""
    if len(result.findings) != 1 or (scale := view.rules.scales.get(result.findings[0].finding.code)) is None:
        return ""
    quantity = result.findings[0].finding.evidence.get(scale.evidence)
    return view.words.show(quantity) if isinstance(quantity, Quantity) and quantity.unit == "dBm" else ""


def _worst_first(result: Result) -> Iterator[Judged]:
    yield from sorted(result.findings, key=lambda judged: -judged.severity.rank)
