"""The work at the PLC modules' cable: one look at their networks, and the watch while stations are switched on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ..checks import plc_gateway
from ..domain.finding import SITE
from ..domain.powerline import Member
from ..errors import DriftklarError
from ..ports.unavailable import Reason, Unavailable
from ..session import powerline_filing, powerline_seen
from ..session.powerline_seen import Seen
from ..session.powerline_watch import Answering, Joined, Left
from . import cable, elimination
from .core_thread import Task, Tell, Work
from .instrument import Looked
from .looks import Look
from .view import Mains

if TYPE_CHECKING:
    from .wizard import Wizard

KEY = (plc_gateway.INFO.id, SITE)
TOGETHER_MS = 600  # members that come within this time have come together, and nobody can tell which is which


class PowerlineWork(QObject):
    """Looks once or watches, never both. `told`: what a screen reader is to say (text, urgent)."""

    told = Signal(str, bool)

    def __init__(self, wizard: Wizard) -> None:
        super().__init__(wizard)
        self._wizard = wizard
        self.mains = Mains()
        self._task: Task | None = None
        self._looked: Looked | None = None
        self._came: list[Member] = []
        self._later = QTimer(self, singleShot=True, interval=TOGETHER_MS)
        self._later.timeout.connect(self._match)

    @property
    def looking(self) -> bool:
        return KEY in self._wizard.measuring.running

    def look(self) -> None:
        """Ask all modules and stations once; what is found goes into the job."""
        job, tools, interface = self._wizard.job, self._wizard.tools, cable.chosen(self._wizard.view())
        self.stop()
        self.mains = replace(self.mains, reason=None)
        self._wizard.measuring.running[KEY] = (0, 0)
        folder = self._wizard.folder
        task = self._begin(lambda tell: tools.ask_modems(interface, job, folder, tell), self._count)
        task.succeeded.connect(lambda looked: self._keep(looked) if self._wizard.job.id == job.id else None)

    def watch(self) -> None:
        """Tell who is there, and who comes while stations are switched on one by one."""
        tools, interface = self._wizard.tools, cable.chosen(self._wizard.view())
        self.stop()
        awaited = elimination.next_awaited(self._wizard.job)
        self.mains = replace(self.mains, reason=None, watching=True, answering=None, members=(), awaited=awaited)
        self._begin(lambda tell: tools.watch_modems(interface, tell), self._hear)

    def search(self) -> None:
        """Look for the stations' addresses on the local network: less than a measurement, and more than a word."""
        job, tools, interface = self._wizard.job, self._wizard.tools, cable.chosen(self._wizard.view())
        self.stop()
        self._wizard.measuring.running[KEY] = (0, 0)
        task = self._begin(lambda tell: tools.find_addresses(interface, tell), self._count)
        task.succeeded.connect(lambda seen: self._file(seen, interface) if self._wizard.job.id == job.id else None)

    def stop(self) -> None:
        """Give up what is under way; stations that were matched stay so."""
        if self._task is not None:
            self._task.stop()
            self._task = None
            self._wizard.refresh()
        self._later.stop()
        self._came.clear()
        self._wizard.measuring.running.pop(KEY, None)
        self.mains = replace(self.mains, watching=False)

    def expect(self, station_id: str) -> None:
        """Another station is switched on next."""
        self.mains = replace(self.mains, awaited=station_id)
        self._wizard.refresh_now()

    def assign(self, mac: str, station_id: str) -> None:
        """Take somebody's word that a member is that station; what was measured of it is then filed anew."""
        wizard = self._wizard
        done = wizard.words.text("gui.powerline.matched", station=station_id, mac=mac)
        job = powerline_filing.learnt(wizard.job, station_id, mac)
        wizard.edit(powerline_filing.filed(job, self._looked.records) if self._looked else job, done)

    def forget(self) -> None:
        """Let go of everything that belongs to the job in hand."""
        self.stop()
        self.mains, self._looked = Mains(), None

    def _begin(self, work: Work, told: Tell) -> Task:
        task = self._wizard.quiet_task(work, told)
        self._task = task
        task.failed.connect(lambda error: self._fail(error) if self._task is task else None)
        task.ended.connect(lambda: self._end(task))
        self._wizard.refresh_now()
        return task

    def _count(self, steps: object) -> None:
        if isinstance(steps, tuple) and self.looking:
            self._wizard.measuring.running[KEY] = steps
            self._wizard.refresh()

    def _keep(self, looked: Looked) -> None:
        """File the look; where one station and one member are left over, they belong together."""
        wizard = self._wizard
        self.mains, self._looked = replace(self.mains, found=looked.found), looked
        job = elimination.eliminated(wizard.job, looked.found.members, wizard.profile)
        wizard.edit(powerline_filing.filed(job, looked.records))

    def _file(self, seen: tuple[Seen, ...], interface: str) -> None:
        wizard = self._wizard
        now = datetime.now().astimezone()
        wizard.edit(powerline_seen.filed(wizard.job, seen, now, interface))
        wizard.tell(Look.INFO, wizard.words.plural("cli.plc.addresses", len(seen)))

    def _hear(self, event: object) -> None:
        mains = self.mains
        match event:
            case Answering(gateways):
                self.mains = replace(mains, answering=gateways)
            case Joined(member, before):
                self.mains = replace(mains, members=(*(m for m in mains.members if m.mac != member.mac), member))
                if not before:
                    self._came.append(member)
                    self._later.start()
            case Left(member):
                self.mains = replace(mains, members=tuple(m for m in mains.members if m.mac != member.mac))
        self._wizard.refresh()

    def _match(self) -> None:
        """The one that came by itself is the station that was switched on."""
        wizard, came = self._wizard, self._came
        known = elimination.stations_of(wizard.job, came)
        strangers = [member for member in came if member.mac not in known]
        self._came = []
        if len(strangers) == 1 and self.mains.awaited:
            mac, station_id = strangers[0].mac, self.mains.awaited
            done = wizard.words.text("gui.powerline.matched", station=station_id, mac=mac)
            wizard.edit(powerline_filing.learnt(wizard.job, station_id, mac), done)
            self.told.emit(done, False)
        self.mains = replace(self.mains, awaited=elimination.next_awaited(wizard.job, self.mains.awaited))
        wizard.refresh_now()

    def _fail(self, error: DriftklarError) -> None:
        """Nothing can be read: the page says why, and what to do."""
        if isinstance(error, Unavailable):
            self.mains = replace(self.mains, reason=error.reason)
            if error.reason in (Reason.NO_LINK, Reason.INTERFACE_GONE, Reason.NEEDS_PRIVILEGE):
                self._wizard.measuring.look_at_tool()
        else:
            self._wizard.complain(error)

    def _end(self, task: Task) -> None:
        if self._task is task:
            self._task = None
            self._wizard.measuring.running.pop(KEY, None)
            self.mains = replace(self.mains, watching=False)
            self._wizard.refresh_now()
