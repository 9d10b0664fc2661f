"""The command line as a process: signals, pipes, terminals, and libraries that are not there."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

SCRIPT = """
import asyncio, os, sys, threading, time
from pathlib import Path
from dataclasses import dataclass, replace
from types import SimpleNamespace
from installer_gui import checks, profiles, __main__
from installer_gui.cli import main
from installer_gui.domain.check import Area, CheckInfo
from installer_gui.domain.finding import Code, Finding, Severity
from installer_gui.domain.lease import Lease
from installer_gui.domain.network import Interface
from installer_gui.domain.outcome import Measured
from installer_gui.ports.platform import Platform

FINE = Code("traffic.expected", 150, Severity.INFO)

@dataclass(frozen=True)
class Played:
    id: str
    hangs: str = ""
    needs: tuple = ()
    gives: tuple = ()
    timeout_s: float = 90
    exclusive: object = None

    @property
    def info(self):
        return CheckInfo(self.id, Area.LINK, (FINE,), text="traffic-budget")

    async def run(self, ctx):
        if self.hangs:
            await asyncio.sleep(0.2)  # the quick one is done by then
            Path(os.environ["DRIFTKLAR_HOME"], "hanging").touch()
        if self.hangs == "task":
            await asyncio.sleep(60)
        if self.hangs == "thread":
            await asyncio.to_thread(time.sleep, 60)
        return Measured((Finding("traffic.expected"),))

made = tuple(Played(name, name if name != "quick" else "") for name in PLAYED)
load = profiles.load
checks.infos = lambda profile: tuple(c.info for c in made)
checks.network = lambda profile, connection: made
profiles.load = lambda name: replace(load(name), required={"always": tuple(c.id for c in made)})

async def prepare(roots): pass
unused = dict.fromkeys(("names", "dhcp", "link", "timesync"))
network = SimpleNamespace(connect=SimpleNamespace(prepare=prepare), backend="", **unused)
eth0 = Interface("eth0", 1)
system = SimpleNamespace(interfaces=lambda: (eth0,), lease=lambda i: Lease(dhcp=True))
__main__.leave(main.main(sys.argv[1:], Platform("test", system, None, lambda i: network)))
"""


def command(*argv: str, played: tuple[str, ...] = ("quick",)) -> list[str]:
    return [sys.executable, "-c", SCRIPT.replace("PLAYED", repr(played)), *argv]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "DRIFTKLAR_HOME": str(tmp_path), "LC_ALL": "en_GB.UTF-8", "PYTHONUTF8": "1", "COLUMNS": ""}


def interrupted(argv: list[str], environment: dict[str, str]) -> tuple[int, str, str, float]:
    """Send Ctrl-C when the quick check has been told of; the code, both outputs and the seconds until the end."""
    with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        seen = ""
        if "jsonl" in argv:
            while '"finished"' not in seen:
                seen += process.stdout.readline()
        else:
            _wait_for(Path(environment["DRIFTKLAR_HOME"], "hanging"))
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        return process.returncode, seen + out, err, time.monotonic() - began


def _wait_for(path: Path) -> None:
    deadline = time.monotonic() + 20
    while not path.exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize("stuck", ["task", "thread"])
@pytest.mark.parametrize("form", ["json", "jsonl", "text"])
def test_ctrl_c_ends_within_two_seconds_and_tells_what_was_measured(
    stuck: str, form: str, environment: dict[str, str]
) -> None:
    argv = command("check", "--format", form, played=("quick", stuck))
    code, out, err, seconds = interrupted(argv, environment)
    assert (code, err) == (3, "")
    assert seconds < 2
    if form == "text":
        assert out.splitlines()[-1] == "Incomplete (not tested: 1, pass: 1)"
        assert "stopped before it was done" in out
        return
    document = json.loads(out) if form == "json" else json.loads(out.splitlines()[-1])
    assert document["verdict"] == "incomplete"
    assert {c["id"]: c["reason"] for c in document["checks"]} == {"quick": None, stuck: "stopped"}


def pressed_while_starting(argv: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    python, dash_c, program, *rest = argv
    press = "import os, signal\nfrom installer_gui.cli import interrupts\ninterrupts.hold()\n"
    program = f"{press}os.kill(os.getpid(), signal.SIGINT)\n{program}"
    return subprocess.run(
        [python, dash_c, program, *rest], capture_output=True, text=True, env=environment, timeout=20, check=False
    )


def test_ctrl_c_while_the_program_starts_is_told_like_a_later_one(environment: dict[str, str]) -> None:
    done = pressed_while_starting(command("check", "--format", "json", played=("task",)), environment)
    assert (done.returncode, done.stderr) == (3, "")
    assert [c["reason"] for c in json.loads(done.stdout)["checks"]] == ["stopped"]


def test_ctrl_c_while_the_program_starts_ends_a_command_that_cannot_stop_in_order(environment: dict[str, str]) -> None:
    done = pressed_while_starting(command("list", "profiles"), environment)
    assert (done.returncode, done.stdout, done.stderr) == (3, "", "")


def test_a_time_limit_ends_a_run_that_a_library_holds_up(environment: dict[str, str]) -> None:
    began = time.monotonic()
    argv = command("check", "--format", "json", "--timeout", "1", played=("quick", "thread"))
    done = subprocess.run(argv, capture_output=True, text=True, env=environment, timeout=20, check=False)
    assert (done.returncode, json.loads(done.stdout)["verdict"]) == (3, "incomplete")
    assert time.monotonic() - began < 5


def test_ctrl_c_saves_what_was_measured(environment: dict[str, str], tmp_path: Path) -> None:
    job = tmp_path / "x.dkjob"
    interrupted(command("check", "--save", str(job), played=("quick", "task")), environment)
    records = json.loads(job.read_text("utf-8"))["job"]["records"]
    assert [r["check"] for r in records] == ["quick"]


def test_a_reader_that_has_seen_enough_is_no_fault(environment: dict[str, str], tmp_path: Path) -> None:
    job = tmp_path / "x.dkjob"
    argv = command("check", "--format", "jsonl", "--save", str(job))
    with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        err = process.stderr.read()
        code = process.wait(timeout=20)
    assert (code, err) == (0, b"")
    assert job.exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="has no /dev/full")
def test_a_full_disk_behind_stdout_is_one_line(environment: dict[str, str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command("check"), stdout=full, stderr=subprocess.PIPE, text=True, env=environment, timeout=20, check=False
        )
    assert done.returncode == 2
    assert done.stderr == "driftklar: stdout cannot be written: No space left on device\n"


def test_without_a_stdout_the_work_is_done_all_the_same(environment: dict[str, str], tmp_path: Path) -> None:
    job = tmp_path / "x.dkjob"
    argv = ["sh", "-c", 'exec "$@" >&-', "sh", *command("check", "--save", str(job))]
    done = subprocess.run(argv, stderr=subprocess.PIPE, text=True, env=environment, timeout=20, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert job.exists()


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_a_stream_that_cannot_hold_every_letter_gets_json_that_reads_the_same(
    encoding: str, environment: dict[str, str]
) -> None:
    environment |= {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    argv = command("--language", "sv", "check", "--format", "json")
    done = subprocess.run(argv, capture_output=True, env=environment, timeout=20, check=True)
    assert json.loads(done.stdout.decode(encoding))["checks"][0]["title"] == "Datatrafiken är känd"


def on_a_terminal(argv: list[str], environment: dict[str, str], columns: int = 60) -> str:
    """What a person at a terminal of that width sees."""
    master, terminal = pty.openpty()
    import fcntl
    import struct
    import termios

    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    with subprocess.Popen(argv, stdin=terminal, stdout=terminal, stderr=terminal, env=environment) as process:
        os.close(terminal)
        seen = b"".join(_read(master, process))
    os.close(master)
    return seen.decode()


def _read(master: int, process: subprocess.Popen[Any]) -> Iterator[bytes]:
    while True:
        ready, _, _ = select.select([master], [], [], 0.1)
        if ready:
            try:
                data = os.read(master, 65536)
            except OSError:
                return
            if not data:
                return
            yield data
        elif process.poll() is not None:
            return


def test_a_terminal_gets_colours_and_lines_that_fit(environment: dict[str, str]) -> None:
    environment["TERM"] = "xterm"
    seen = on_a_terminal(command("--language", "sv", "check"), environment)
    assert "\x1b[32mgodkänd" in seen
    cleared = re.sub(r"[^\n]*\r\x1b\[K", "", seen)  # progress, gone before the result is written
    plain = re.sub(r"\x1b\[[0-9;]*m|\r", "", cleared)
    assert all(len(line) <= 60 for line in plain.splitlines()), plain


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colours_can_be_refused(variables: dict[str, str], environment: dict[str, str]) -> None:
    seen = on_a_terminal(command("check"), environment | {"TERM": "xterm"} | variables)
    assert "\x1b[3" not in seen
    assert "pass" in seen


def test_a_pipe_gets_no_colours_and_whole_lines(environment: dict[str, str]) -> None:
    done = subprocess.run(command("check"), capture_output=True, text=True, env=environment, timeout=20, check=True)
    assert "\x1b" not in done.stdout + done.stderr


BLOCKED = """
import sys
light = {"installer_gui", "dns", "ntplib", "psutil", "pywifi"} | {"idna"}  # dnspython takes idna where it is installed
class Blocked:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if top not in light and top not in sys.stdlib_module_names and not top.startswith("_"):
            raise ModuleNotFoundError("blocked: " + name)
sys.meta_path.insert(0, Blocked())
from installer_gui.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize(
    "argv",
    [
        ("check", "--only", "traffic-budget"),
        ("check", "--help"),
        ("wifi", "--help"),
        ("wifi", "scan", "--help"),
        ("wifi", "measure", "--help"),
        ("list", "checks"),
        ("list", "interfaces"),
        ("job", "--help"),
        ("simulate", "--help"),
        ("certificate", "--help"),
        ("verify", "--help"),
        ("open", "--help"),
        ("identity", "--help"),
        ("--version",),
    ],
)
def test_no_library_is_needed_but_the_four_that_measure(argv: tuple[str, ...], environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED, *argv], capture_output=True, text=True, env=environment, timeout=60, check=False
    )
    assert done.stderr == ""
    assert done.returncode in (0, 3)  # 3 where this computer has no network
