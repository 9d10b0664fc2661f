"""A run as text for a person: a row a check, and for each fault what, why, what to do and who."""

from __future__ import annotations

from ..domain.finding import Severity
from ..domain.verdict import Judged, Result, State
from .render import Output
from .run_document import Run, reason, title


def print_run(run: Run, io: Output) -> None:
    words = io.catalogue
    if run.demo:
        io.line(words.text("demo.banner"))
    for result in run.judgement.results:
        _print_result(result, io)
    io.line()
    io.line(words.of("verdict", run.judgement.verdict.value))


def _print_result(result: Result, io: Output) -> None:
    io.line(f"{io.mark(result.state)} {title(result.info, io.catalogue)}{_why(result, io)}")
    for judged in result.findings:
        if judged.severity is Severity.OK:
            io.line(f"{'':<15}{io.catalogue.of('finding', judged.code.name, 'title', **judged.finding.evidence)}")
        else:
            _print_finding(judged, io)


def _print_finding(judged: Judged, io: Output) -> None:
    words, evidence, name = io.catalogue, judged.finding.evidence, judged.code.name
    io.line(f"{'':<15}{judged.code.number} {words.of('finding', name, 'title', **evidence)}")
    for part in ("meaning", "remedy"):
        io.line(f"{'':<19}{words.of('finding', name, part, **evidence)}")
    if judged.severity is not Severity.INFO:
        io.line(f"{'':<19}{words.of('responsible', judged.code.responsible.value)}")


def _why(result: Result, io: Output) -> str:
    if result.state is State.NOT_MEASURED:
        return f": {io.catalogue.of('reason', _known_reason(result, io))}"
    if result.state is State.NOT_APPLICABLE:
        return f": {io.catalogue.text('reason.needs', check=reason(result.outcome) or '')}"
    return ""


def _known_reason(result: Result, io: Output) -> str:
    why = reason(result.outcome) or ""
    return why if io.catalogue.has("reason", why) else "broken"
