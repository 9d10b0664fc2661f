"""The computer as a measuring instrument. Lives in the core's thread, knows no Qt, does one measurement at a time."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from .. import app
from ..app import App
from ..domain.finding import Responsible
from ..domain.job import Connection, Job
from ..domain.network import InterfaceKind
from ..domain.powerline import Powerline
from ..domain.record import Record
from ..domain.wifi import Network
from ..errors import BadInput
from ..ports.platform import Platform
from ..ports.rights import RightsState
from ..ports.unavailable import Reason, Unavailable
from ..protocols import ieee80211
from ..session import (
    job_list,
    plan,
    powerline,
    powerline_evidence,
    powerline_kept,
    powerline_seen,
    powerline_watch,
    site,
    store,
    survey,
)
from ..session.job_list import Listed
from ..session.powerline_seen import Seen
from ..session.survey import Sweep
from .view import Tool

if TYPE_CHECKING:
    from ..certificate.verify import Report
    from ..platforms.simulated import Play
    from .paper import Paper

Tell = Callable[[object], None]
PAUSE_S = 0.4


@dataclass(frozen=True, slots=True)
class Heard:
    """One sweep of the air; `at` is on the monotonic clock."""

    at: float
    networks: tuple[Network, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """A look at a powerline network, and its records before they are filed under the stations."""

    found: Powerline
    records: tuple[Record, ...]


class Instrument:
    """Measures for the wizard. A scan makes the radio deaf and falsifies times, so a second measurement waits."""

    def __init__(self, profile_id: str, demo: str = "", platform: Platform | None = None) -> None:
        self._profile_id, self._demo, self._platform = profile_id, demo, platform
        self._app: App | None = None
        self._play: Play | None = None
        self._busy = asyncio.Lock()

    async def ready(self) -> App:
        """The program's parts; loading them takes a while, so it is begun while the first page is read."""
        if self._app is None:
            if self._demo:
                from ..platforms import simulated

                self._play = simulated.play(self._demo)
                self._platform = self._play.platform
            self._app = app.build(self._profile_id, platform=self._platform)
        return self._app

    def close(self) -> None:
        """End what a simulated site has started."""
        if self._play is not None:
            self._play.close()

    async def tool(self, tell: Tell) -> Tool:
        """What this computer can measure with."""
        return await asyncio.to_thread(_look, (await self.ready()).platform)

    async def ask_for_rights(self, interface: str) -> RightsState:
        """Let the system ask the user, who may take minutes over it and may refuse."""
        return await (await self.ready()).platform.rights.request(interface)

    async def run_site(self, job: Job, only: frozenset[str], tell: Tell) -> None:
        """Run the network checks (all, or `only` these); the events tell everything. Raises Unavailable."""
        parts = await self.ready()
        connections = job.connections or (Connection.ETHERNET,)
        made = plan.plan_run(parts.profile, *connections, only=only)
        interface = site.choose_interface(parts.platform, job.interface)
        stations, modems = len(job.networked) or 1, len(job.stations_on(Connection.PLC))
        where = site.SiteUnderTest(
            parts.platform, parts.profile, parts.roots, interface, connections[0], stations, job.ssid, modems
        )
        async with parts.platform.awake.kept(), self._busy:
            await site.run(where, made, tell)

    async def sweep(self, adapter: str, tell: Tell) -> None:
        """Sweep all bands once and tell what was heard. Raises Unavailable."""
        wifi = (await self.ready()).platform.wifi
        async with self._busy:
            scan = await wifi.scan(adapter, None)
        if scan.withheld:
            raise Unavailable(Reason.PERMISSION_DENIED, "the system withholds the networks' names")
        tell(Heard(time.monotonic(), ieee80211.networks(scan.found)))

    async def listen(self, adapter: str, tell: Tell) -> None:
        """Sweep the air over and over and tell what was heard, until cancelled. Raises Unavailable."""
        platform = (await self.ready()).platform
        async with platform.awake.kept():
            while True:
                async with self._busy:
                    scan = await platform.wifi.scan(adapter)
                tell(Heard(time.monotonic(), ieee80211.networks(scan.found)))
                await asyncio.sleep(PAUSE_S)

    async def measure(self, adapter: str, ssid: bytes, station: str, tell: Tell) -> Record:
        """Measure the network at a station; every sweep is told as it comes. Raises Unavailable."""
        parts = await self.ready()
        started = datetime.now().astimezone()

        def emit(sweep: Sweep) -> None:
            tell(sweep)
            tell(Heard(time.monotonic(), sweep.networks))

        async with self._busy:
            result = await survey.measure(parts.platform.wifi, adapter, ssid, parts.profile, emit)
        return survey.record(result, station, started, parts.platform.name)

    async def ask_modems(self, interface: str, job: Job, folder: Path, tell: Tell) -> Looked:
        """Look once at the powerline network on a cable; every frame is kept in the folder of the program's data.

        Raises Unavailable where nothing can be read.
        """
        parts, started = await self.ready(), datetime.now().astimezone()
        cable = site.choose_interface(parts.platform, interface)
        async with self._busy:
            found = await powerline.look(parts.platform, cable, parts.profile, lambda done, of: tell((done, of)))
        evidence = powerline_evidence.encode(found, started, parts.profile, job.stations, job.installer.person)
        with contextlib.suppress(BadInput):  # it is for support; what was measured goes into the job
            await asyncio.to_thread(powerline_kept.keep, folder, job, evidence)
        if not found.readable:
            raise Unavailable(Reason.UNCLEAR if found.gateways else Reason.NO_ANSWER)
        count = len(job.stations_on(Connection.PLC))
        return Looked(found, powerline.records(found, count, started, parts.profile, parts.platform.name))

    async def watch_modems(self, interface: str, tell: Tell) -> None:
        """Tell who joins and leaves the powerline network on a cable, until cancelled. Raises Unavailable."""
        platform = (await self.ready()).platform
        async with platform.awake.kept(), self._busy:
            await powerline_watch.watch(platform, site.choose_interface(platform, interface), tell)

    async def find_addresses(self, interface: str, tell: Tell) -> tuple[Seen, ...]:
        """Stations that are seen on the local network, for which no rights are needed. Raises Unavailable."""
        parts = await self.ready()
        cable = site.choose_interface(parts.platform, interface)
        async with self._busy:
            return await powerline_seen.look(parts.platform, cable, parts.profile, lambda done, of: tell((done, of)))

    async def preview(self, job: Job, before: Paper | None) -> tuple[bytes, ...]:
        """The certificate's pages as PNG."""
        from . import paperwork

        return await asyncio.to_thread(paperwork.preview, job, before)

    async def sign(self, job: Job, folder: Path, passphrase: str | None, before: Paper | None) -> Paper:
        """Issue the certificate into a folder, in the place of the one before. Raises BadInput."""
        from . import paperwork

        return await asyncio.to_thread(paperwork.sign, job, app.identities(), folder, passphrase, before)

    async def letter(self, job: Job, to: Responsible | None) -> str:
        """The request to whoever must fix what failed, or to one party. Raises BadInput."""
        from . import paperwork

        return await asyncio.to_thread(paperwork.letter, job, to)

    async def save_letter(self, job: Job, path: Path, to: Responsible | None) -> None:
        """The same as PDF. Raises BadInput."""
        from . import paperwork

        await asyncio.to_thread(paperwork.save_letter, job, path, to)

    async def verify(self, path: Path, trust_list: Path | None, memory: Path) -> Report:
        """What is to be thought of a certificate. Raises BadInput for what is no trust list."""
        from . import paperwork

        return await asyncio.to_thread(paperwork.check, path, trust_list, memory)

    async def jobs(self, folder: Path) -> tuple[Listed, ...]:
        """All jobs of a folder, as they stand in the list."""
        return await asyncio.to_thread(lambda: tuple(job_list.listed(folder)))

    async def save(self, job: Job, path: Path) -> None:
        """Keep a job. Raises BadInput."""
        await asyncio.to_thread(store.save, job, path)


def _look(platform: Platform) -> Tool:
    interfaces = platform.system.interfaces()
    first = next((i.name for i in interfaces if i.up), "")
    known = Tool(
        interfaces,
        system=platform.name,
        demo=platform.demo,
        rights=platform.rights.state(first),
        advice=platform.rights.advice(),
    )
    try:
        adapters = platform.wifi.adapters()
    except Unavailable as error:
        return replace(known, no_wifi=error.reason, detail=error.detail)
    return replace(known, adapters=adapters, no_wifi=None if adapters else Reason.NO_ADAPTER)


def usual_interface(job: Job, tool: Tool) -> str:
    """The interface that a job is measured on when nobody has chosen: the one that stands for its connection."""
    kind = InterfaceKind.WIFI if job.connection is Connection.WIFI else InterfaceKind.ETHERNET
    usable = [i for i in tool.interfaces if i.up]
    fitting = [i for i in usable if i.kind is kind] or usable
    return fitting[0].name if fitting else ""
