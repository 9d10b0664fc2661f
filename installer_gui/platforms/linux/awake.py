"""Staying awake on Linux: the desktop is asked over the session's bus, and logind through its own program.

Both let go by themselves when their connection ends, so that a program that crashed keeps nobody awake.
https://specifications.freedesktop.org/idle-inhibit-spec and systemd-inhibit(1).
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

assert not TYPE_CHECKING or sys.platform == "linux"  # a type checker for another system stops here

from ...errors import Malformed
from ...ports.unavailable import Unavailable
from ...protocols import dbus
from ..holding import hold

PATIENCE_S = 1.0
WHO, WHY = "Driftklar", "measuring"
BUS, SCREEN_SAVER = "org.freedesktop.DBus", "org.freedesktop.ScreenSaver"
LOGIND = ("systemd-inhibit", "--what=idle:sleep", f"--who={WHO}", f"--why={WHY}", "--mode=block")
Release = Callable[[], object]


class LinuxAwake:
    """Implements `ports.awake.Awake`."""

    def __init__(self, environment: Mapping[str, str] = os.environ, logind: tuple[str, ...] = LOGIND) -> None:
        self._environment, self._logind = environment, logind

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[bool]:
        held = await asyncio.to_thread(self._hold)
        try:
            yield bool(held)
        finally:
            for release in held:
                await asyncio.to_thread(release)

    def _hold(self) -> list[Release]:
        held: list[Release] = []
        with contextlib.suppress(OSError, Malformed):
            if (address := bus_address(self._environment)) is not None:
                held.append(_ask_desktop(address).close)
        with contextlib.suppress(Unavailable):
            held.append(hold(*self._logind))
        return held


def bus_address(environment: Mapping[str, str]) -> str | None:
    """Where the session's bus listens, abstract names with a zero in front; None where there is none."""
    for way in environment.get("DBUS_SESSION_BUS_ADDRESS", "").split(";"):
        kind, _, rest = way.partition(":")
        values = {key: value for key, _, value in (pair.partition("=") for pair in rest.split(","))}
        if kind == "unix" and "path" in values:
            return values["path"]
        if kind == "unix" and "abstract" in values:
            return "\0" + values["abstract"]
    return None


def _ask_desktop(address: str) -> socket.socket:
    """The connection that holds the wish. Raises OSError or Malformed where the desktop does not take it."""
    link = socket.socket(socket.AF_UNIX)
    try:
        link.settimeout(PATIENCE_S)
        link.connect(address)
        link.sendall(dbus.login(os.getuid()))
        if not link.recv(256).startswith(b"OK"):
            raise Malformed("dbus: not let in")
        link.sendall(b"BEGIN\r\n")
        _answer(link, 1, dbus.call(1, BUS, "/org/freedesktop/DBus", f"{BUS}.Hello"))
        path = "/org/freedesktop/ScreenSaver"
        _answer(link, 2, dbus.call(2, SCREEN_SAVER, path, f"{SCREEN_SAVER}.Inhibit", WHO, WHY))
    except (OSError, Malformed):
        link.close()
        raise
    return link


def _answer(link: socket.socket, serial: int, question: bytes) -> None:
    """Wait for the answer to a call; signals in between are passed over. Raises OSError or Malformed."""
    link.sendall(question)
    while True:
        start = _exactly(link, dbus.FIXED)
        message = dbus.read(start + _exactly(link, dbus.size(start) - dbus.FIXED))
        if message.answers == serial and message.kind == dbus.METHOD_RETURN:
            return
        if message.answers == serial:
            raise Malformed("dbus: refused")


def _exactly(link: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        more = link.recv(count - len(data))
        if not more:
            raise Malformed("dbus: hung up")
        data += more
    return data
