"""The walk with the radio: what is heard now, and the measurement at one station after the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ..domain.finding import station
from ..domain.record import Record
from ..domain.wifi import Band, Network
from ..errors import DriftklarError
from ..ports.unavailable import Unavailable
from ..session import changes, channel
from ..session.survey import Sweep
from .core_thread import Task
from .instrument import Heard
from .view import Live

if TYPE_CHECKING:
    from .wizard import Wizard

CHECK = "wifi-signal"
KEPT_S = 60.0
WALK_MS = 3200  # after a measurement whoever carries the computer walks on; what is heard meanwhile is of no station


class SurveyWork(QObject):
    """Listens while its page is in front, and measures on request. `heard`: something new on the air."""

    heard = Signal()
    measured = Signal(str)

    def __init__(self, wizard: Wizard) -> None:
        super().__init__(wizard)
        self._wizard = wizard
        self.live = Live()
        self.station = ""
        self._wanted = self._lost = False
        self._walk = QTimer(self, singleShot=True, interval=WALK_MS)
        self._walk.timeout.connect(self._listen)
        self._listening: Task | None = None
        self._measuring: Task | None = None
        wizard.measuring.looked.connect(self._find_radio)

    def listen(self) -> None:
        """Sweep the air until told to stop; a measurement comes first."""
        self._wanted, self._lost = True, False
        self._listen()

    def try_out(self) -> None:
        """Sweep once over all bands, to see whether the radio may look and what it hears."""
        self._sweep(once=True)

    def _listen(self) -> None:
        if self._wanted and not self._lost:
            self._sweep(once=False)

    def _sweep(self, *, once: bool) -> None:
        if self._listening is not None or self._measuring is not None:
            return
        if adapter := self._adapter():
            tools = self._wizard.tools
            work = tools.sweep if once else tools.listen
            self._listening = self._wizard.quiet_task(lambda tell: work(adapter, tell), self._hear)
            self._listening.failed.connect(self._lose_radio)
            self._listening.ended.connect(self._end_listening)

    def rest(self) -> None:
        """Stop sweeping; a measurement goes on."""
        self._wanted = self._lost = False
        self._pause()

    def _pause(self) -> None:
        if self._listening is not None:
            self._listening.stop()

    def measure(self, station_id: str) -> None:
        """Measure at a station; one that is under way elsewhere is given up."""
        adapter, job = self._adapter(), self._wizard.job
        if not adapter or not job.ssid:
            return
        self._pause()
        self.stop()
        self.station = station_id
        self._wizard.measuring.running[CHECK, station(station_id)] = (0, 0)
        ssid, tools = self._ssid_bytes(), self._wizard.tools
        task = self._wizard.task(lambda tell: tools.measure(adapter, ssid, station_id, tell), told=self._follow)
        self._measuring = task
        task.succeeded.connect(lambda record: self._keep(record) if self._wizard.job.id == job.id else None)
        task.ended.connect(lambda: self._end_measuring(task, station_id))
        self._wizard.refresh_now()

    def stop(self) -> None:
        """Give up the measurement under way."""
        if self._measuring is not None:
            self._measuring.stop()
            self._measuring = None
            self._wizard.measuring.running.pop((CHECK, station(self.station)), None)

    def choose(self, ssid: str) -> None:
        """Take another network as the stations' own."""
        self.live = replace(self.live, readings=())
        lost = changes.with_ssid(self._wizard.job, ssid, self._wizard.rules)
        self._wizard.edit(lost)

    def forget(self) -> None:
        self.rest()
        self.stop()
        self.live, self.station = Live(), ""

    def _adapter(self) -> str:
        tool = self._wizard.measuring.tool
        return tool.adapters[0].name if tool and tool.adapters else ""

    def _ssid_bytes(self) -> bytes:
        """The chosen name as it is on the air; it need not be text."""
        chosen = self._wizard.job.ssid
        return next((n.ssid_bytes for n in self.live.networks if n.ssid == chosen), chosen.encode(errors="replace"))

    def _hear(self, event: object) -> None:
        if isinstance(event, Heard):
            own = [n for n in event.networks if self._is_own(n)]
            level = max((n.rssi_dbm for n in own), default=None)
            readings = [(at, dbm) for at, dbm in self.live.readings if event.at - at <= KEPT_S]
            self.live = Live(event.networks, (*readings, (event.at, level)), swept=True)
            self.heard.emit()

    def _is_own(self, network: Network) -> bool:
        return network.fresh and network.band is Band.B2_4 and network.ssid == self._wizard.job.ssid

    def _follow(self, event: object) -> None:
        self._hear(event)
        key = (CHECK, station(self.station))
        if isinstance(event, Sweep) and key in self._wizard.measuring.running:
            self._wizard.measuring.running[key] = (event.number, event.of)
            self._wizard.refresh()

    def _keep(self, record: Record) -> None:
        """The looks of a measurement also tell of the channel."""
        self._wizard.add(record)
        job = self._wizard.job
        self._wizard.edit(channel.weighed(job, datetime.now().astimezone(), self._wizard.profile))

    def _end_measuring(self, task: Task, station_id: str) -> None:
        self._wizard.measuring.running.pop((CHECK, station(station_id)), None)
        if self._measuring is task:
            self._measuring = None
            self._walk.start()
        self._wizard.refresh_now()
        self.measured.emit(station_id)

    def _end_listening(self) -> None:
        self._listening = None
        self._wizard.refresh()
        if self._measuring is None and not self._walk.isActive():
            self._listen()

    def _find_radio(self) -> None:
        """The computer was looked at anew: what was in the way may be gone."""
        self._lost = False
        self._listen()

    def _lose_radio(self, error: DriftklarError) -> None:
        """The radio cannot look any more: the page says why in place of the charts, until somebody tries again."""
        self._lost = True
        tool = self._wizard.measuring.tool
        if isinstance(error, Unavailable) and tool is not None:
            self._wizard.measuring.tool = replace(tool, no_wifi=error.reason, detail=error.detail)
            self._wizard.refresh_now()
