"""Everything that the pages are drawn from, frozen. Qt-free."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ..domain.check import Rules
from ..domain.closing import Closed, closed
from ..domain.deviation import Deviation, deviations
from ..domain.finding import Subject
from ..domain.job import Job
from ..domain.network import Interface
from ..domain.powerline import Member, Powerline
from ..domain.profile import Profile
from ..domain.record import Record, latest
from ..domain.verdict import Judgement, Result, judge
from ..domain.wifi import Network
from ..i18n import Catalogue
from ..ports.rights import Advice, RightsState
from ..ports.unavailable import Reason
from ..ports.wifi import Adapter
from ..session import later, plan, serials
from .paper import Paper

Key = tuple[str, Subject]
Steps = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Tool:
    """What is known of this computer as an instrument.

    `no_wifi` says why its radio cannot look; `rights` who may do what needs rights, and `advice` how to allow it.
    """

    interfaces: tuple[Interface, ...] = ()
    adapters: tuple[Adapter, ...] = ()
    no_wifi: Reason | None = None
    detail: str = ""
    system: str = ""
    demo: str = ""
    rights: RightsState = RightsState.OWN
    advice: tuple[Advice, ...] = ()


@dataclass(frozen=True, slots=True)
class Live:
    """What the radio hears now; `swept` once it has listened at all.

    `readings` are (monotonic seconds, dBm or None) of the chosen network.
    """

    networks: tuple[Network, ...] = ()
    readings: tuple[tuple[float, int | None], ...] = ()
    swept: bool = False


@dataclass(frozen=True, slots=True)
class Mains:
    """What is heard of PLC modules now. `found` is the last whole look, `reason` why the last one was not possible.

    While `watching`, `members` are those that are there, in the order in which they came; `answering` modules, None
    before the first question; `awaited` is the station that is switched on next.
    """

    found: Powerline | None = None
    reason: Reason | None = None
    watching: bool = False
    answering: tuple[str, ...] | None = None
    members: tuple[Member, ...] = ()
    awaited: str = ""


@dataclass(frozen=True)
class View:
    """A job, what is running, what is known of the computer, and the words to say it in.

    `paper` is the certificate of the job as it is; `newest_paper` the last that was issued, of whatever revision.
    """

    job: Job
    profile: Profile
    rules: Rules
    words: Catalogue
    running: Mapping[Key, Steps] = field(default_factory=dict)
    tool: Tool | None = None
    live: Live = Live()
    mains: Mains = Mains()
    paper: Paper | None = None
    demo: str = ""
    newest_paper: Paper | None = None

    def after(self, earlier: View | None) -> View:
        """Itself. What was already worked out of the same job is not worked out again."""
        if earlier is not None and earlier.job is self.job and earlier.profile is self.profile:
            vars(self).update({name: value for name, value in vars(earlier).items() if name in _OF_THE_JOB})
        return self

    @property
    def revision(self) -> int:
        """The job's revision if it were signed now."""
        before = self.newest_paper
        return self.job.after(before.revision).revision if before else self.job.revision

    @cached_property
    def newest(self) -> Mapping[Key, Record]:
        """The newest record of each check and subject."""
        return latest(self.job.records)

    @cached_property
    def waiting(self) -> frozenset[str]:
        """The checks that were put off until there is internet."""
        return frozenset(later.waiting(self.job))

    @cached_property
    def judgement(self) -> Judgement:
        known = (*serials.records(self.job, self.profile), *self.job.records)
        return judge(known, plan.expected_of(self.job, self.profile), self.rules, self.profile)

    @cached_property
    def results(self) -> Mapping[Key, Result]:
        """How each check and subject stands."""
        return {(result.info.id, result.subject): result for result in self.judgement.results}

    @cached_property
    def places(self) -> Mapping[str, str]:
        """Where each station stands."""
        return {station.id: station.place for station in self.job.stations}

    @cached_property
    def deviations(self) -> tuple[Deviation, ...]:
        return deviations(self.job, self.judgement)

    @cached_property
    def closed(self) -> tuple[Closed, ...]:
        """Deviations that a later measurement closed."""
        return closed(self.job, self.judgement, self.rules, self.profile)


_OF_THE_JOB = frozenset({"newest", "waiting", "judgement", "results", "places", "deviations", "closed"})
