"""What the user is told of rights, on computers of all kinds."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("the program is for Linux", allow_module_level=True)

from installer_gui.platforms.linux import helper as helpers
from installer_gui.platforms.linux import rights
from installer_gui.platforms.linux.helper import Helper, Standing, own_status
from installer_gui.platforms.linux.rights import LinuxRights
from installer_gui.ports.rights import RightsState
from installer_gui.ports.unavailable import Reason, Unavailable

NONE, ALL = {"CapEff": 0, "NoNewPrivs": 0}, {"CapEff": 0x1FFFFFFFFFF, "NoNewPrivs": 0}
LOW_PORTS_ALONE = {"CapEff": 1 << 10, "NoNewPrivs": 0}


class Computer:
    """A computer without anything, to which things are added."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch = monkeypatch
        self.folder = folder
        self.file = folder / "driftklar-probe"
        self.environment = {"PATH": str(folder), "DRIFTKLAR_PROBE": str(self.file)}
        self.process(NONE)
        monkeypatch.setattr(rights, "BUS", folder / "bus")
        monkeypatch.setattr(rights, "_has_terminal", lambda: False)

    def process(self, status: dict[str, int]) -> None:
        for module in (rights, helpers):
            self._patch.setattr(module, "own_status", status.__getitem__)

    def program(self, *, with_rights: bool = True, mode: int = 0o755) -> None:
        self.file.touch()
        self.file.chmod(mode)
        self._patch.setattr(helpers, "_gives_rights", lambda file: with_rights)

    def polkit(self) -> None:
        for name in ("pkexec", "bus"):
            (self.folder / name).touch(0o755)

    def desktop(self) -> None:
        self.environment["DISPLAY"] = ":0"

    @property
    def rights(self) -> LinuxRights:
        return LinuxRights(Helper(self.environment), self.environment)

    @property
    def state(self) -> RightsState:
        return self.rights.state("eth0")

    @property
    def advice(self) -> list[str]:
        return [advice.key for advice in self.rights.advice()]


@pytest.fixture
def computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Computer:
    return Computer(tmp_path, monkeypatch)


def test_root_needs_nobody(computer: Computer) -> None:
    computer.process(ALL)
    assert (computer.state, computer.advice) == (RightsState.OWN, [])


def test_half_of_the_rights_are_none(computer: Computer) -> None:
    computer.process(LOW_PORTS_ALONE)
    assert (computer.state, computer.advice) == (RightsState.UNAVAILABLE, ["package"])


def test_a_program_with_rights_is_ready(computer: Computer) -> None:
    computer.program()
    assert (computer.state, computer.advice) == (RightsState.HELPER_READY, [])


def test_a_program_without_rights_can_be_given_them(computer: Computer) -> None:
    computer.program(with_rights=False)
    assert computer.state is RightsState.UNAVAILABLE
    (advice,) = computer.rights.advice()
    assert advice.key == "setcap"
    assert advice.command.endswith(f"+ep {computer.file}")


@pytest.mark.parametrize("missing", ["polkit", "desktop"])
def test_to_ask_takes_polkit_and_somebody_who_asks(computer: Computer, missing: str) -> None:
    for part in {"polkit", "desktop"} - {missing}:
        getattr(computer, part)()
    assert computer.state is RightsState.UNAVAILABLE
    getattr(computer, missing)()
    assert (computer.state, computer.advice) == (RightsState.CAN_ASK, ["ask", "package"])


def test_a_terminal_is_enough_to_ask(computer: Computer, monkeypatch: pytest.MonkeyPatch) -> None:
    computer.polkit()
    monkeypatch.setattr(rights, "_has_terminal", lambda: True)
    assert computer.state is RightsState.CAN_ASK


def test_what_may_gain_nothing_cannot_ask(computer: Computer) -> None:
    computer.polkit()
    computer.desktop()
    computer.process({**NONE, "NoNewPrivs": 1})
    assert computer.state is RightsState.UNAVAILABLE


def test_root_cannot_look_into_a_mounted_image(computer: Computer) -> None:
    computer.polkit()
    computer.desktop()
    computer.environment["APPIMAGE"] = "Driftklar.AppImage"
    assert computer.state is RightsState.UNAVAILABLE


@pytest.mark.parametrize("failure", [Reason.PERMISSION_DENIED, Reason.TIMEOUT])
def test_a_refusal_leaves_things_as_they_were(
    computer: Computer, failure: Reason, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(self: Helper, interface: str) -> None:
        raise Unavailable(failure)

    computer.polkit()
    computer.desktop()
    monkeypatch.setattr(Helper, "elevate", refuse)
    assert asyncio.run(computer.rights.request("eth0")) is RightsState.CAN_ASK


def test_where_nothing_lacks_nobody_is_asked(computer: Computer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Helper, "elevate", None)
    computer.program()
    assert asyncio.run(computer.rights.request("eth0")) is RightsState.HELPER_READY


def test_without_a_file_the_interpreter_starts_the_program(computer: Computer) -> None:
    helper = Helper(computer.environment)
    assert helper.file() == (Standing.ABSENT, computer.file)
    command, interface = helper.command(), "no-such-interface"
    done = subprocess.run([*command, interface], capture_output=True, cwd="/", timeout=20, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (2, b'{"refused":"interface"}\n', b"")
    computer.program(with_rights=False)
    assert helper.command() == (str(computer.file),)


def test_a_file_without_capabilities_gives_no_rights(tmp_path: Path) -> None:
    file = tmp_path / "driftklar-probe"
    file.touch(0o755)
    assert Helper({"DRIFTKLAR_PROBE": str(file)}).file()[0] is Standing.NO_RIGHTS


def test_the_kernel_tells_of_this_process() -> None:
    assert own_status("NoNewPrivs") in (0, 1)
    assert own_status("CapBnd") > 0
    assert own_status("NoSuchThing") == 0
