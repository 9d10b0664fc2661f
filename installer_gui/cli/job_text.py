"""A job as text for a person: whose it is, how every check stands, what deviates."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from ..domain.closing import Closed, closed
from ..domain.deviation import Deviation, deviations
from ..domain.job import Connection, Job
from ..domain.profile import Profile
from ..domain.verdict import Judgement
from ..i18n import Catalogue
from ..session import later, plan
from .job_document import closed_title, deviation_title
from .render import Output
from .run_document import titles
from .run_text import about, print_results, print_verdict


def print_job(job: Job, judgement: Judgement, profile: Profile, io: Output) -> None:
    words = io.catalogue
    if job.demo:
        io.line(words.text("demo.banner"))
    io.table([(words.of("cli", "job", name), value) for name, value in _fields(job, words) if value])
    io.line()
    waiting = later.waiting(job)
    print_results(judgement, io, waiting)
    _print_deviations(deviations(job, judgement), titles(judgement, words), waiting, io)
    _print_closed(closed(job, judgement, plan.rules(profile), profile), io)
    print_verdict(judgement, io)


def _fields(job: Job, words: Catalogue) -> Iterator[tuple[str, str]]:
    site, installer = job.site, job.installer
    yield "number", f"{job.id} ({words.show(job.created)})"
    yield "site", ", ".join(filter(None, (site.name, site.street, f"{site.postcode} {site.town}".strip())))
    yield "customer", site.customer
    yield "installer", ", ".join(filter(None, (installer.company, installer.person, installer.phone)))
    yield "network-owner", ", ".join(filter(None, (site.network_owner.name, site.network_owner.phone)))
    yield "connection", " · ".join(_connection(job, connection, words) for connection in job.connections)
    yield "later", ", ".join(later.waiting(job))
    yield "stations", ", ".join(s.id for s in job.stations) or "–"


def _connection(job: Job, connection: Connection, words: Catalogue) -> str:
    """A connection with its network, and with its stations where the job has several."""
    network = job.ssid if connection is Connection.WIFI else ""
    names = ", ".join(s.id for s in job.stations_on(connection)) if len(job.connections) > 1 else ""
    return " ".join(filter(None, (words.of("connection", connection), network, f"({names})" if names else "")))


def _print_deviations(
    found: tuple[Deviation, ...], names: Mapping[str, str], waiting: Collection[str], io: Output
) -> None:
    if not found:
        return
    io.line()
    io.line(io.catalogue.text("cli.job.deviations"))
    for deviation in found:
        title = about(deviation.subject, io.catalogue) + deviation_title(deviation, names, io.catalogue, waiting)
        io.line(f"{deviation.number:>3}  {title}", 5)
        if line := _noted(deviation, io.catalogue):
            io.line(f"     {line}", 5)


def _print_closed(found: tuple[Closed, ...], io: Output) -> None:
    if not found:
        return
    io.line()
    io.line(io.catalogue.text("cli.job.closed"))
    for one in found:
        io.line(f"     {about(one.subject, io.catalogue)}{closed_title(one, io.catalogue)}", 5)
        io.line(f"     {io.catalogue.text('gui.deviations.dates', opened=one.opened, closed=one.closed)}", 5)


def _noted(deviation: Deviation, words: Catalogue) -> str:
    note = deviation.note
    if note is None:
        return ""
    said = (note.text if deviation.code else "", note.owner, note.action, words.show(note.due) if note.due else "")
    return " · ".join(words.show(part) for part in said if part)
