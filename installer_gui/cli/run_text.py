"""A run as text for a person: a row a check, and for each fault what, why, what to do and who."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from ..domain.finding import Severity, Subject
from ..domain.verdict import Judged, Judgement, State
from ..i18n import Catalogue
from .render import Output
from .run_document import Run, standing, titles


def print_run(run: Run, io: Output) -> None:
    words = io.catalogue
    if run.demo:
        io.line(words.text("demo.banner"))
    io.line(_head(run, words))
    io.line()
    print_results(run.judgement, io)
    print_verdict(run.judgement, io)


def about(subject: Subject, words: Catalogue) -> str:
    """The station's name before what is said of it; a service or a server is named in the sentence itself."""
    return f"{words.show(subject.name)}: " if subject.kind == "station" and subject.name else ""


def print_results(judgement: Judgement, io: Output, waiting: Collection[str] = ()) -> None:
    """Every result, with what was seen; `waiting` are the checks that were put off until there is internet."""
    names = titles(judgement, io.catalogue)
    for result in judgement.results:
        io.result(result.state, about(result.subject, io.catalogue) + standing(result, names, io.catalogue, waiting))
        for judged in result.findings:
            print_finding(judged, io)


def print_verdict(judgement: Judgement, io: Output) -> None:
    """The verdict, and how many checks stand how."""
    words = io.catalogue
    counts = Counter(result.state for result in judgement.results)
    told = ", ".join(f"{words.of('state', state.value)}: {counts[state]}" for state in State if counts[state])
    io.line()
    io.line(
        f"{words.of('verdict', judgement.verdict.value)} ({told})" if told else words.of("verdict", judgement.verdict)
    )


def _head(run: Run, words: Catalogue) -> str:
    way = [run.interface.name, *run.interface.addresses] if run.interface.name else [words.text("reason.no-link")]
    stations = words.plural("cli.stations", run.stations)
    return " · ".join((" ".join(map(words.show, way)), f"{run.profile.name} {run.profile.version}", stations))


def print_finding(judged: Judged, io: Output) -> None:
    """What was seen; for what is not as it should be also why it matters, what to do and who must do it."""
    words, evidence, name = io.catalogue, judged.finding.evidence, judged.code.name
    seen = words.of("finding", name, "title", **evidence)
    if judged.severity is Severity.OK:
        _print_below(seen, io)
        return
    _print_below(f"{judged.code.number} {seen}", io)
    for part in ("meaning", "remedy"):
        _print_below(words.of("finding", name, part, **evidence), io, 4)
    if judged.severity is not Severity.INFO:
        _print_below(words.of("responsible", judged.code.responsible.value), io, 4)


def _print_below(text: str, io: Output, deeper: int = 0) -> None:
    io.line(f"{'':<{io.indent + deeper}}{text}", io.indent + deeper)
