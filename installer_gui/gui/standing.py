"""How a page stands, without any words: the second half of its screen code. Qt-free."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from ..domain.finding import SITE, Subject, station
from ..domain.job import Job
from ..domain.record import latest
from ..domain.verdict import Result, State
from ..ports.unavailable import Reason
from ..session import flow, plan, stations
from ..session.flow import Page
from . import cable
from .looks import Look
from .view import View


class Digit(IntEnum):
    """A page's state in one figure, the same in every language."""

    EMPTY = 0
    RUNNING = 1
    PASS = 2
    WARNING = 3
    FAIL = 4
    NO_PERMISSION = 5
    NO_ADAPTER = 6
    SKIPPED = 7
    OUTDATED = 8
    BROKEN = 9

    @property
    def look(self) -> Look:
        return _DIGIT_LOOKS.get(self, Look.UNTESTED)


@dataclass(frozen=True, slots=True)
class Mark:
    """One result at a glance."""

    subject: Subject
    look: Look
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A page's digit, and how much of it Next would leave open."""

    digit: Digit
    open_points: int = 0


_DIGIT_LOOKS = {
    Digit.RUNNING: Look.RUNNING,
    Digit.PASS: Look.PASS,
    Digit.WARNING: Look.WARN,
    Digit.FAIL: Look.FAIL,
    Digit.SKIPPED: Look.SKIPPED,
    Digit.OUTDATED: Look.OUTDATED,
    Digit.BROKEN: Look.FAIL,
}
_LOOKS = {State.PASS: Look.PASS, State.WARN: Look.WARN, State.FAIL: Look.FAIL}
LATER = "later"  # the reason of what waits for the internet
_OPEN = frozenset({Look.UNTESTED, Look.OUTDATED, Look.RUNNING})
_NO_PERMISSION = frozenset({Reason.PERMISSION_DENIED, Reason.NEEDS_PRIVILEGE})
_NO_ADAPTER = frozenset(
    {Reason.NO_ADAPTER, Reason.NO_LINK, Reason.NO_ADDRESS, Reason.RADIO_OFF, Reason.SERVICE_STOPPED, Reason.UNSUPPORTED}
)


def mark(result: Result, view: View) -> Mark:
    """A result as it is drawn: what is running now comes before what was seen earlier."""
    if (result.info.id, result.subject) in view.running:
        return Mark(result.subject, Look.RUNNING)
    if result.info.id in view.waiting and result.subject == SITE:
        return Mark(result.subject, Look.SKIPPED, LATER)
    reason = result.reason or ""
    other = {"skipped": Look.SKIPPED, "outdated": Look.OUTDATED}.get(reason, Look.UNTESTED)
    return Mark(result.subject, _LOOKS.get(result.state, other), reason)


def results(page: Page, view: View) -> tuple[Result, ...]:
    """The results that belong on a page; what was measured at a station that is gone does not."""
    areas = flow.areas(page, view.job)
    here = {station(s.id) for s in view.job.stations}
    shown = (r for r in view.judgement.results if r.info.area in areas)
    return tuple(r for r in shown if r.required or r.subject.kind != "station" or r.subject in here)


def digit_of(marks: Iterable[Mark]) -> Digit:
    """The worst that is known counts first; what runs counts before what was never begun."""
    seen = list(marks)
    reasons, looks = {m.reason for m in seen}, {m.look for m in seen}
    order = (
        (Digit.BROKEN, "broken" in reasons),
        (Digit.FAIL, Look.FAIL in looks),
        (Digit.NO_PERMISSION, bool(reasons & _NO_PERMISSION)),
        (Digit.NO_ADAPTER, bool(reasons & _NO_ADAPTER)),
        (Digit.WARNING, Look.WARN in looks),
        (Digit.OUTDATED, Look.OUTDATED in looks),
        (Digit.RUNNING, Look.RUNNING in looks),
        (Digit.EMPTY, Look.UNTESTED in looks or not seen),
        (Digit.SKIPPED, Look.SKIPPED in looks),
    )
    return next((digit for digit, holds in order if holds), Digit.PASS)


def worst(looks: Iterable[Look]) -> Look:
    """One look for several: what failed first, what passed last."""
    order = (Look.FAIL, Look.WARN, Look.RUNNING, Look.OUTDATED, Look.UNTESTED, Look.SKIPPED, Look.INFO, Look.PASS)
    return min(looks, key=order.index)


def standing(page: Page, view: View) -> Standing:
    """How a page stands."""
    job = view.job
    match page:
        case Page.START:
            return Standing(Digit.EMPTY)
        case Page.SITE:
            return _site(view)
        case Page.STATIONS:
            doubts = stations.problems(job.stations, view.profile)
            full = Digit.WARNING if doubts else Digit.PASS
            return Standing(full) if job.stations else Standing(Digit.EMPTY, 1)
        case Page.CONNECTION:
            return Standing(Digit.PASS) if job.connected else Standing(Digit.EMPTY, 1)
        case Page.DEVIATIONS:
            return Standing(_deviating(view))
        case Page.REVIEW | Page.CERTIFICATE:
            gaps = len(missing(view)) if page is Page.REVIEW else 0
            signed = Digit.WARNING if view.paper and view.paper.draft else Digit.PASS
            return Standing(signed if view.paper else Digit.EMPTY, gaps)
        case _:
            return _measuring(page, view)


def done_stations(job: Job, view: View) -> tuple[int, int]:
    """How many of a job's stations have been measured or answered for, and how many there are.

    Counts what the connection asks of every station, so that one of two questions answered is not yet done.
    """
    keys = [e for e in plan.expected_of(job, view.profile) if e.subject.kind == "station" and e.subject.name]
    newest = latest(job.records)
    open_ones = {e.subject for e in keys if (record := newest.get((e.check, e.subject))) is None or record.outdated}
    return len(job.stations) - len(open_ones), len(job.stations)


def blocked(page: Page, view: View) -> Reason | None:
    """Why nothing can be measured on the page at all, None where something can."""
    if page is Page.POWERLINE:
        return cable.reason(view)
    if page not in (Page.COMPUTER, Page.WIFI) or view.tool is None or not flow.applies(Page.WIFI, view.job):
        return None
    return view.tool.no_wifi


def site_gaps(view: View) -> tuple[str, ...]:
    """The answers about the site without which nothing can be signed, by the name of their field."""
    job = view.job
    needed = (
        ("site.name", job.site.name),
        ("installer.company", job.installer.company),
        ("installer.person", job.installer.person),
    )
    return tuple(name for name, value in needed if not value.strip())


def missing(view: View) -> tuple[tuple[Page, str], ...]:
    """What keeps a job from being signed: the page that asks for it, and its name."""
    gaps = [(Page.SITE, name) for name in site_gaps(view)]
    if not view.job.stations:
        gaps.append((Page.STATIONS, "stations"))
    if not view.job.connected:
        gaps.append((Page.CONNECTION, "connection"))
    return tuple(gaps)


def _deviating(view: View) -> Digit:
    """What nobody has measured yet is work, not a deviation to write about."""
    if any(d.result is None or d.result.reason != "not-run" for d in view.deviations):
        return Digit.WARNING
    return Digit.EMPTY if view.deviations else Digit.PASS


def _site(view: View) -> Standing:
    gaps = len(site_gaps(view))
    if not gaps:
        return Standing(Digit.PASS)
    return Standing(Digit.WARNING if view.job.site.name else Digit.EMPTY, gaps)


def _measuring(page: Page, view: View) -> Standing:
    marks = [mark(result, view) for result in results(page, view)]
    open_points = sum(m.look in _OPEN or m.reason == LATER for m in marks)
    if open_points and (reason := blocked(page, view)):
        return Standing(Digit.NO_PERMISSION if reason in _NO_PERMISSION else Digit.NO_ADAPTER, open_points)
    return Standing(digit_of(marks), open_points)
