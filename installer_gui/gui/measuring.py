"""What the wizard measures: it starts the core's work, keeps what is running, and hands the records to the job."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ..checks import wifi_channel
from ..domain.check import Area
from ..domain.finding import SITE, Grade
from ..domain.job import Connection
from ..domain.outcome import SKIPPED, NotMeasured
from ..domain.record import Record
from ..ports.rights import RightsState
from ..session import changes, channel, later, plan
from ..session.events import Finished, Progress, Started
from .core_thread import Task
from .instrument import usual_interface
from .looks import Look
from .view import Key, Steps, Tool

if TYPE_CHECKING:
    from .wizard import Wizard


class Measuring(QObject):
    """The network checks. `running` holds the steps (done, of) of every check that is looking now.

    `ended`: a run of the network checks is over. `looked`: it is known anew what the computer can measure with.
    """

    ended = Signal()
    looked = Signal()

    def __init__(self, wizard: Wizard) -> None:
        super().__init__(wizard)
        self._wizard = wizard
        self.running: dict[Key, Steps] = {}
        self.tool: Tool | None = None
        self._site: Task | None = None

    def look_at_tool(self) -> None:
        """Ask the computer what it can measure with."""
        self._wizard.task(self._wizard.tools.tool, self._show_tool)

    @property
    def site_runs(self) -> bool:
        return self._site is not None

    def run_site(self, only: frozenset[str] = frozenset()) -> None:
        """Run the network checks, all or `only` these; their rows fill one by one."""
        if self._site is not None:
            return
        self._choose_interface()
        job, tools = self._wizard.job, self._wizard.tools
        wanted = self._on_network_pages(only)
        self.running |= {(check, SITE): (0, 0) for check in wanted}
        self._site = self._wizard.task(lambda tell: tools.run_site(job, wanted, tell), told=self._hearer(job.id))
        self._site.ended.connect(lambda: self._end_site(job.id, wanted))
        self._wizard.refresh_now()

    def put_off(self) -> None:
        """Leave everything that needs the internet for later, in the same job."""
        changed = later.put_off(self._wizard.job, self._wizard.profile)
        self._wizard.edit(changed, self._wizard.words.plural("gui.later.done", len(later.waiting(changed))))

    def take_up(self) -> None:
        """Let nothing wait any more."""
        self._wizard.edit(later.taken_up(self._wizard.job))

    def run_waiting(self) -> None:
        """Run what was put off, and nothing else but what it needs."""
        self.run_site(later.run_of(self._wizard.job, self._wizard.profile))

    def stop_site(self) -> None:
        if self._site is not None:
            self._site.stop()

    def ask_for_rights(self) -> None:
        """Have the system ask the user for the rights that measuring needs, and measure the network with them."""
        self._choose_interface()
        self.ask_for_rights_on(self._wizard.job.interface, self.run_site)

    def ask_for_rights_on(self, interface: str, go_on: Callable[[], object]) -> None:
        """The same for one interface; `go_on` is called once the rights are there."""
        tools = self._wizard.tools
        self._wizard.task(lambda tell: tools.ask_for_rights(interface), lambda state: self._use_rights(state, go_on))

    def skip(self, keys: list[Key], cause: str) -> None:
        """Leave checks out, for a reason that will stand on the paper."""
        now, outcome = datetime.now().astimezone(), NotMeasured(SKIPPED, cause)
        made = [Record(check, now, 0.0, outcome, subject, grade=Grade.MANUAL) for check, subject in keys]
        done = self._wizard.words.plural("gui.skip.done", len(made))
        self._wizard.edit(self._wizard.job.with_records(*made), done)

    def forget(self) -> None:
        """Let go of everything that belongs to the job in hand."""
        self.stop_site()
        self.running.clear()

    def _choose_interface(self) -> None:
        job = self._wizard.job
        if not job.interface and self.tool is not None:
            name = usual_interface(job, self.tool)
            self._wizard.edit(changes.with_interface(job, name, self._wizard.rules))

    def _hearer(self, job_id: str) -> Callable[[object], None]:
        """What a run tells belongs to the job that it was started for, even if another one is in hand by then."""
        return lambda event: self._hear(event) if self._wizard.job.id == job_id else None

    def _hear(self, event: object) -> None:
        match event:
            case Started(check, subject):
                self.running[check, subject] = (0, 0)
            case Progress(check, done, total, subject):
                self.running[check, subject] = (done, total)
            case Finished(record):
                self.running.pop(record.key, None)
                self._wizard.add(record)
        self._wizard.refresh()

    def _on_network_pages(self, only: frozenset[str]) -> frozenset[str]:
        """`only` these, or all checks of a run but what waits and powerline, which has a page that measures it."""
        made = plan.plan_run(self._wizard.profile, *(self._wizard.job.connections or (Connection.ETHERNET,)), only=only)
        left_out = () if only else later.waiting(self._wizard.job)
        ids = (check.info.id for check in made.checks if only or check.info.area is not Area.PLC)
        return frozenset(ids).difference(left_out)

    def _end_site(self, job_id: str, wanted: frozenset[str]) -> None:
        self._site = None
        self.running = {key: steps for key, steps in self.running.items() if key[0] not in wanted}
        if wifi_channel.INFO.id in wanted and self._wizard.job.id == job_id:
            self._weigh_channel()
        self._wizard.refresh_now()
        self.ended.emit()

    def _weigh_channel(self) -> None:
        """One look alone proves little: it counts together with all that were made before it."""
        now = datetime.now().astimezone()
        self._wizard.edit(channel.weighed(self._wizard.job, now, self._wizard.profile))

    def _use_rights(self, state: RightsState, go_on: Callable[[], object]) -> None:
        self.look_at_tool()
        if state is RightsState.HELPER_READY:
            go_on()
        else:
            self._wizard.tell(Look.WARN, self._wizard.words.of("rights", "state", state))

    def _show_tool(self, tool: Tool) -> None:
        if tool != self.tool:
            self.tool = tool
            self._wizard.refresh_now()
        self.looked.emit()
