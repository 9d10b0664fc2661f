"""The desktop and logind are asked to stay awake, and let go."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("asks Linux", allow_module_level=True)

from installer_gui.errors import Malformed
from installer_gui.platforms.linux import awake
from installer_gui.platforms.linux.awake import LinuxAwake, bus_address
from installer_gui.protocols import dbus

from ...protocols.test_dbus import reply

NO_LOGIND = ("false",)


class Desktop:
    """One connection of a bus with a screen saver behind it. `refuses`: it answers with an error."""

    def __init__(self, path: Path, *, refuses: bool = False) -> None:
        self.heard: list[bytes] = []
        self.gone = threading.Event()
        self._refuses = refuses
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(str(path))
        self._door.listen(1)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._door.close()
        self._thread.join(timeout=5)

    def _serve(self) -> None:
        link, _ = self._door.accept()
        with link:
            self.heard.append(link.recv(256))
            link.sendall(b"OK 0123456789abcdef\r\n")
            assert link.recv(7, socket.MSG_WAITALL) == b"BEGIN\r\n"
            for serial in (1, 2):
                start = link.recv(dbus.FIXED, socket.MSG_WAITALL)
                self.heard.append(start + link.recv(dbus.size(start) - dbus.FIXED, socket.MSG_WAITALL))
                signal = reply(0, kind=4)
                kind = dbus.ERROR if self._refuses and serial == 2 else dbus.METHOD_RETURN
                link.sendall(signal + reply(serial, kind, struct.pack("<I", 7)))
            assert link.recv(1) == b""
            self.gone.set()


@contextmanager
def desktop(folder: Path, *, refuses: bool = False) -> Iterator[tuple[Desktop, dict[str, str]]]:
    made = Desktop(folder / "bus", refuses=refuses)
    try:
        yield made, {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={folder / 'bus'},guid=0123"}
    finally:
        made.close()


async def kept(port: LinuxAwake) -> bool:
    async with port.kept() as agreed:
        return agreed


def test_the_desktop_is_asked_by_name_and_let_go_with_the_connection(tmp_path: Path) -> None:
    with desktop(tmp_path) as (played, environment):
        assert asyncio.run(kept(LinuxAwake(environment, NO_LOGIND)))
        assert played.gone.wait(5)
    assert played.heard[0] == dbus.login(os.getuid())
    assert b"Inhibit" in played.heard[2]
    assert b"Driftklar" in played.heard[2]


def test_a_desktop_that_refuses_is_no_error(tmp_path: Path) -> None:
    with desktop(tmp_path, refuses=True) as (played, environment):
        assert not asyncio.run(kept(LinuxAwake(environment, NO_LOGIND)))
        assert played.gone.wait(5)


def test_without_bus_and_logind_the_computer_sleeps_when_it_likes() -> None:
    assert not asyncio.run(kept(LinuxAwake({}, NO_LOGIND)))
    assert not asyncio.run(kept(LinuxAwake({}, ("no-such-program-here",))))


def test_logind_holds_as_long_as_its_program_runs() -> None:
    assert asyncio.run(kept(LinuxAwake({}, ("env",))))


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ("unix:path=/run/user/1000/bus", "/run/user/1000/bus"),
        ("tcp:host=x;unix:abstract=/tmp/dbus-1,guid=1", "\0/tmp/dbus-1"),
        ("unix:dir=/tmp", None),
        ("", None),
    ],
)
def test_where_the_bus_listens(told: str, address: str | None) -> None:
    assert bus_address({"DBUS_SESSION_BUS_ADDRESS": told}) == address


@pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="needs dbus-daemon")
def test_a_real_bus_lets_us_in_and_says_that_there_is_no_screen_saver(tmp_path: Path) -> None:
    config = tmp_path / "bus.conf"
    config.write_text(
        f"<busconfig><type>session</type><listen>unix:path={tmp_path}/real</listen>"
        '<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>'
        "</busconfig>"
    )
    with subprocess.Popen(
        ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address"], stdout=subprocess.PIPE, text=True
    ) as bus:
        try:
            assert bus.stdout is not None
            address = bus_address({"DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().strip()})
            assert address is not None
            with pytest.raises(Malformed, match="refused"):  # after the login and Hello had their answers
                awake._ask_desktop(address)
        finally:
            bus.terminate()
