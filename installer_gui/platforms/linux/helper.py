"""Where the privileged program is on this computer, whether it has its rights, and one of it for all ports."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

assert not TYPE_CHECKING or sys.platform == "linux"  # a type checker for another system stops here

from ...ports.unavailable import Reason, Unavailable
from . import probe
from .probe import Probe

PROGRAM = "driftklar-probe"
PACKAGED = Path("/usr/lib/driftklar", PROGRAM)
CAPABILITIES = "security.capability"
SOURCE = Path(__file__).resolve().parents[3]
FROM_SOURCE = (
    "import sys; sys.path.insert(0, sys.argv.pop(1));"
    "from installer_gui.privileged.__main__ import main; sys.exit(main(sys.argv[1:]))"
)
START_S, ASK_S = 5.0, 180.0  # people look for their passwords


class Standing(IntEnum):
    """What can be said of the program's file, best first."""

    READY = 1
    FOR_OTHERS = 2  # it has its rights, but this user may not run it
    NO_RIGHTS = 3
    ABSENT = 4


class Helper:
    """Starts the program on an interface when a port needs it. Only `elevate` makes the system ask the user."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self._environment = environment
        self._started: dict[str, asyncio.Future[Probe]] = {}

    async def running(self, interface: str) -> Probe:
        """The program, to be held at once. Raises Unavailable: NEEDS_PRIVILEGE, or as `probe.start`."""
        if not self.is_running(interface):
            standing, file = self.file()
            if standing is not Standing.READY:
                raise Unavailable(Reason.NEEDS_PRIVILEGE, f"{PROGRAM}: {standing.name}")
            starting = asyncio.create_task(probe.start((str(file),), interface, START_S, stay=False))
            starting.add_done_callback(lambda ended: ended.cancelled() or ended.exception())  # all may have left
            self._started[interface] = starting
        return await asyncio.shield(self._started[interface])

    async def elevate(self, interface: str) -> None:
        """Have pkexec start it as root, after asking the user; it stays. Raises Unavailable as `probe.start`.

        Until the user has answered, ports go on without it.
        """
        if not self.is_running(interface):
            started: asyncio.Future[Probe] = asyncio.get_running_loop().create_future()
            started.set_result(await probe.start(("pkexec", *self.command()), interface, ASK_S, stay=True))
            self._started[interface] = started

    def is_running(self, interface: str) -> bool:
        """Whether it runs, or is being started."""
        started = self._started.get(interface)
        if started is None or started.get_loop().is_closed():
            return False
        if not started.done():
            return True
        return not started.cancelled() and started.exception() is None and started.result().running

    def file(self) -> tuple[Standing, Path]:
        """The file of which the best can be said."""
        return min(((_standing(file), file) for file in self._files()), key=lambda found: found[0])

    def command(self) -> tuple[str, ...]:
        """How it is started by somebody who has rights: a file, or with the interpreter that runs us."""
        standing, file = self.file()
        if standing is Standing.ABSENT:
            return (sys.executable, "-I", "-c", FROM_SOURCE, str(SOURCE))
        return (str(file),)

    def _files(self) -> Iterator[Path]:
        if named := self._environment.get("DRIFTKLAR_PROBE"):
            yield Path(named)
            return
        if getattr(sys, "frozen", False):
            yield Path(sys.executable).with_name(PROGRAM)
        yield PACKAGED
        if found := shutil.which(PROGRAM, path=self._environment.get("PATH")):
            yield Path(found)


def own_status(name: str) -> int:
    """A hexadecimal entry of what the kernel tells of this process (proc_pid_status(5)), 0 where it is not told."""
    for line in Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines():
        key, _, value = line.partition(":")
        if key == name:
            return int(value, 16)
    return 0


def _standing(file: Path) -> Standing:
    if not file.is_file():
        return Standing.ABSENT
    if not _gives_rights(file):
        return Standing.NO_RIGHTS
    return Standing.READY if os.access(file, os.X_OK) else Standing.FOR_OTHERS


def _gives_rights(file: Path) -> bool:
    """Whether it has capabilities and the kernel honours them: not on every mount, and not for every process."""
    try:
        os.getxattr(file, CAPABILITIES)
    except OSError:
        return False
    return not os.statvfs(file).f_flag & os.ST_NOSUID and not own_status("NoNewPrivs")
