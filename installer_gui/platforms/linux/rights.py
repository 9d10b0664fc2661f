"""What this process may do, what the privileged program may, and how the user can change either."""

from __future__ import annotations

import grp
import logging
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

assert not TYPE_CHECKING or sys.platform == "linux"  # a type checker for another system stops here

from ...ports.rights import Advice, RightsState
from ...ports.unavailable import Unavailable
from .helper import Helper, Standing, own_status

CAP_NET_BIND_SERVICE, CAP_NET_RAW = 10, 13  # linux/capability.h
NEEDED = 1 << CAP_NET_BIND_SERVICE | 1 << CAP_NET_RAW
BUS = Path("/run/dbus/system_bus_socket")
log = logging.getLogger(__name__)


class LinuxRights:
    """Implements `ports.rights.Rights`."""

    def __init__(self, helper: Helper, environment: Mapping[str, str] = os.environ) -> None:
        self._helper = helper
        self._environment = environment

    def state(self, interface: str) -> RightsState:
        if own_status("CapEff") & NEEDED == NEEDED:
            return RightsState.OWN
        if self._helper.is_running(interface) or self._helper.file()[0] is Standing.READY:
            return RightsState.HELPER_READY
        return RightsState.CAN_ASK if self._somebody_can_ask() else RightsState.UNAVAILABLE

    async def request(self, interface: str) -> RightsState:
        if self.state(interface) is RightsState.CAN_ASK:
            try:
                await self._helper.elevate(interface)
            except Unavailable as refused:
                log.info("%s: %s %s", interface, refused.reason, refused.detail)
        return self.state(interface)

    def advice(self) -> tuple[Advice, ...]:
        return tuple(self._advice())

    def _advice(self) -> Iterator[Advice]:
        if self.state("") in (RightsState.OWN, RightsState.HELPER_READY):
            return
        if self._somebody_can_ask():
            yield Advice("ask")
        standing, file = self._helper.file()
        match standing:
            case Standing.FOR_OTHERS:
                yield Advice("group", f"sudo usermod -aG {_group(file)} $USER")
            case Standing.NO_RIGHTS:
                yield Advice("setcap", f"sudo setcap cap_net_raw,cap_net_bind_service,cap_net_admin+ep {file}")
            case _:
                yield Advice("package")

    def _somebody_can_ask(self) -> bool:
        """polkit is there, and an agent of the desktop or pkexec's own on the terminal can put its question."""
        path, in_image = self._environment.get("PATH"), "APPIMAGE" in self._environment  # root cannot look into that
        if not shutil.which("pkexec", path=path) or not BUS.exists() or in_image or own_status("NoNewPrivs"):
            return False
        return any(self._environment.get(name) for name in ("WAYLAND_DISPLAY", "DISPLAY")) or _has_terminal()


def _has_terminal() -> bool:
    try:
        os.close(os.open("/dev/tty", os.O_RDWR))
    except OSError:
        return False
    return True


def _group(file: Path) -> str:
    number = file.stat().st_gid
    try:
        return grp.getgrgid(number).gr_name
    except KeyError:
        return str(number)
