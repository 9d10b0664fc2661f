"""The computer as a measuring instrument. Lives in the core's thread, knows no Qt, does one measurement at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from .. import app
from ..app import App
from ..domain.job import Connection, Job
from ..domain.network import InterfaceKind
from ..errors import BadInput
from ..ports.unavailable import Reason, Unavailable
from ..session import plan, site, store
from .view import Tool

Tell = Callable[[object], None]


class Instrument:
    """Measures for the wizard. A scan makes the radio deaf and falsifies times, so a second measurement waits."""

    def __init__(self, make: Callable[[], App]) -> None:
        self._make = make
        self._app: App | None = None
        self._busy = asyncio.Lock()

    async def ready(self) -> App:
        """The program's parts; loading them takes a while, so it is begun while the first page is read."""
        if self._app is None:
            self._app = self._make()
        return self._app

    async def tool(self, tell: Tell) -> Tool:
        """What this computer can measure with."""
        platform = (await self.ready()).platform
        interfaces = await asyncio.to_thread(platform.system.interfaces)
        name, demo = platform.name, platform.demo
        try:
            adapters = await asyncio.to_thread(platform.wifi.adapters)
        except Unavailable as error:
            return Tool(interfaces, (), error.reason, error.detail, name, demo)
        return Tool(interfaces, adapters, None if adapters else Reason.NO_ADAPTER, "", name, demo)

    async def run_site(self, job: Job, only: frozenset[str], tell: Tell) -> None:
        """Run the network checks (all, or `only` these); the events tell everything. Raises Unavailable."""
        parts = await self.ready()
        connection = job.connection or Connection.ETHERNET
        made = plan.plan_run(parts.profile, connection, only)
        interface = site.choose_interface(parts.platform, job.interface)
        stations = len(job.stations) or 1
        where = site.SiteUnderTest(parts.platform, parts.profile, parts.roots, interface, connection, stations)
        async with self._busy:
            await site.run(where, made, tell)

    async def save(self, job: Job, path: Path) -> None:
        """Keep a job. Raises BadInput."""
        await asyncio.to_thread(store.save, job, path)


def usual_interface(job: Job, tool: Tool) -> str:
    """The interface that a job is measured on when nobody has chosen: the one that stands for its connection."""
    kind = InterfaceKind.WIFI if job.connection is Connection.WIFI else InterfaceKind.ETHERNET
    usable = [i for i in tool.interfaces if i.up]
    fitting = [i for i in usable if i.kind is kind] or usable
    return fitting[0].name if fitting else ""


def builder(profile_id: str, demo: str) -> Callable[[], App]:
    """How the program is put together, for real or for a simulated site. Raises BadInput when it is called."""
    if demo:
        raise BadInput("input.no-such-site", name=demo)
    return lambda: app.build(profile_id)
