"""What a page shows: job, records and what is running, in words. Qt-free, so that it is tested without a window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..session import flow
from ..session.flow import Page
from .looks import Look
from .rows import Row, row
from .standing import Digit, results, standing
from .view import View

_DONE = frozenset({Look.PASS, Look.WARN, Look.FAIL})


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the step list."""

    page: Page
    title: str
    look: Look


@dataclass(frozen=True, slots=True)
class PageState:
    """One page as it stands. `open_points` is how much Next would leave behind."""

    page: Page
    digit: Digit
    title: str
    lead: str
    progress: str
    rows: tuple[Row, ...]
    open_points: int

    @property
    def code(self) -> str:
        """The screen code that the installer reads out on the phone."""
        return f"{self.page.code}-{self.digit.value}"


def page_state(page: Page, view: View) -> PageState:
    """A page of the view."""
    words, stands = view.words, standing(page, view)
    shown = tuple(row(result, view) for result in results(page, view))
    title, lead = words.of("gui", page, "title"), words.of("gui", page, "lead")
    return PageState(page, stands.digit, title, lead, _progress(view, shown), shown, stands.open_points)


def steps(view: View) -> tuple[Step, ...]:
    """The step list of the view's job."""
    words = view.words
    return tuple(Step(p, words.of("gui", p, "title"), standing(p, view).digit.look) for p in flow.path(view.job))


def _progress(view: View, shown: Sequence[Row]) -> str:
    """How many stations are done, on the pages that go from station to station."""
    open_ones = {row.subject for row in shown if row.of_station and row.look not in _DONE}
    stations = {row.subject for row in shown if row.of_station}
    done = len(stations) - len(open_ones)
    return view.words.plural("gui.progress.stations", len(stations), done=done) if stations else ""
