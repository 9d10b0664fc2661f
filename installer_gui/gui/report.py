"""The report that is copied for support: plain text, without names, addresses, keys or neighbours. Qt-free."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from .. import __version__
from ..errors import BadInput
from ..session import flow
from ..support import result_code
from .deviation_view import items
from .looks import Look
from .rows import Row
from .standing import LATER
from .state import page_state
from .view import View

NO_CODE = "–"


def report(view: View, now: datetime) -> str:
    """Everything that support asks first: versions, the verdict, every page's code and what is not as it should be."""
    return "\n".join(_lines(view, now)) + "\n"


def spoken_code(view: View) -> str:
    """The whole job in twenty characters for the phone; NO_CODE where profile or number of stations have none."""
    try:
        return result_code.encode(result_code.matrix(view.job, view.judgement, view.profile))
    except BadInput:
        return NO_CODE


def summary(view: View) -> str:
    """What an installer writes to the customer: the site, the verdict, and what is still to be done by whom."""
    words, job, paper = view.words, view.job, view.paper
    lines = [", ".join(filter(None, (job.site.name, job.site.street, job.site.town)))]
    if view.demo:
        lines.append(words.text("demo.banner"))
    lines.append(words.text("gui.report.verdict", verdict=words.of("verdict", view.judgement.verdict)))
    if paper is not None:
        lines.append(words.text("gui.report.certificate", id=paper.certificate_id))
    for item in items(view):
        note = item.note
        due = words.show(note.due) if note.due else ""
        who = words.of("paper", "owner", note.owner) if words.has("paper", "owner", note.owner) else note.owner
        about = " – ".join(filter(None, (item.title, note.text, note.action or item.hint)))
        lines.append(f"{item.number}. {about} ({', '.join(filter(None, (who, due)))})")
    return "\n".join(lines) + "\n"


def _lines(view: View, now: datetime) -> Iterator[str]:
    words, job, profile = view.words, view.job, view.profile
    system = view.tool.system if view.tool else "–"
    yield f"Driftklar {__version__} · {system} · {profile.name} {profile.version} · {words.show(now)}"
    if view.demo:
        yield words.text("demo.banner")
    connection = ", ".join(words.of("connection", c) for c in job.connections) or "–"
    yield words.plural("gui.report.job", len(job.stations), id=job.id, connection=connection)
    yield words.text("gui.report.verdict", verdict=words.of("verdict", view.judgement.verdict))
    yield words.text("gui.report.code", code=spoken_code(view))
    for page in flow.path(job)[1:]:
        state = page_state(page, view)
        yield ""
        yield f"{state.code:<6} {state.title}: {words.of('gui.look', state.digit.look)}"
        for row in state.rows:
            yield from _row(row, view)


def _row(row: Row, view: View) -> Iterator[str]:
    waits = row.reason == LATER
    state = row.word if waits else view.words.of("gui.look", row.look)
    who = f" {row.subject.name}" if row.subject.kind == "station" else ""
    value = f" ({row.value})" if row.value else ""
    yield f"  {state}: {row.title}{who}{value}"
    if row.look in (Look.UNTESTED, Look.SKIPPED) and row.reason and not waits:
        yield f"      {row.word}"
    for detail in row.details:
        yield f"      {detail.number} {detail.title}"
