"""The program itself, as the user of these tests, on loopback, where it has nothing to send to."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

if sys.platform != "linux":
    pytest.skip("the program is for Linux", allow_module_level=True)

ROOT = Path(__file__).resolve().parents[2]
START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from installer_gui.privileged import __main__ as program"
RUN = f"{START}; sys.exit(program.main(sys.argv[1:]))"
GREETING = {"driftklar-probe": 1, "interface": "lo"}
HEAVY = ("PySide6", "typst", "dns", "psutil", "asyncio", "ssl", "subprocess", "installer_gui.ports.platform")


def program(*arguments: str, code: str = RUN) -> subprocess.Popen[bytes]:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([sys.executable, "-I", "-c", code, str(ROOT), *arguments], **pipes)  # type: ignore[call-overload,no-any-return]


def said(data: bytes, *arguments: str, code: str = RUN) -> tuple[int, list[dict[str, Any]]]:
    """The exit code, and the lines on standard output. Standard error stays empty."""
    process = program(*arguments or ("lo",), code=code)
    out, err = process.communicate(data, timeout=20)
    assert err == b""
    return process.returncode, [json.loads(line) for line in out.splitlines()]


def test_it_greets_and_ends_with_its_input() -> None:
    assert said(b"") == (0, [GREETING])


@pytest.mark.parametrize("arguments", [("no-such-interface",), ("lo", "lo"), ("",), ("x" * 300,), ("../lo",)])
def test_it_serves_one_interface_that_is_there(arguments: tuple[str, ...]) -> None:
    assert said(b"", *arguments) == (2, [{"refused": "interface"}])


def test_bad_requests_are_refused_and_the_next_one_is_read() -> None:
    lines = b'{"id":1,"do":"dhcp-request"}\n\xff\xfe\n{"id":2,"do":"arp","address":"127.0.0.1","probe":true}\n'
    assert said(lines) == (
        0,
        [
            GREETING,
            {"id": 1, "refused": "unknown-request"},
            {"id": None, "refused": "not-json"},
            {"id": 2, "refused": "bad-address"},
        ],
    )


def test_hostile_input_gets_one_line_each_and_no_traceback() -> None:
    chance = random.Random(5)
    good = b'{"id":3,"do":"dhcp-discover","client":"02:5a:50:00:00:01","wanted":"192.0.2.1","relay":false}'
    lines = [bytes(chance.randrange(256) for _ in range(chance.randrange(200))) for _ in range(150)]
    for _ in range(300):
        mutated = bytearray(good)
        for _ in range(chance.randrange(1, 6)):
            mutated[chance.randrange(len(mutated))] = chance.randrange(256)
        lines.append(bytes(mutated))
    lines = [line.replace(b"\n", b"") for line in lines]
    code, told = said(b"\n".join(lines) + b"\n")
    assert (code, len(told)) == (0, 1 + len(lines))
    assert all(set(line) in ({"id", "refused"}, {"id", "failed"}) for line in told[1:])


def test_what_is_not_ethernet_has_no_arp_and_no_dhcp() -> None:
    requests = (
        b'{"id":1,"do":"dhcp-discover","client":"02:5a:50:00:00:01","wanted":"","relay":false}\n'
        b'{"id":2,"do":"arp","address":"192.0.2.1","probe":false}\n'
        b'{"id":3,"do":"wifi-scan","channels":13,"names":[]}\n'
    )
    process = program("lo")
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdin.write(requests)
    process.stdin.flush()
    told = [json.loads(process.stdout.readline()) for _ in range(4)]
    process.communicate(timeout=5)
    assert told[1:] == [{"id": number, "failed": 95} for number in (1, 2, 3)]


def test_its_time_is_limited_whatever_it_does() -> None:
    code = f"{START}; program.LIMIT_S = 1; sys.exit(program.main(sys.argv[1:]))"
    start = time.monotonic()
    process = program("lo", code=code)
    assert process.wait(5) == -signal.SIGALRM
    assert time.monotonic() - start < 3
    process.communicate()


def test_ctrl_c_is_left_to_the_caller() -> None:
    process = program("lo")
    assert process.stdout
    assert json.loads(process.stdout.readline()) == GREETING
    process.send_signal(signal.SIGINT)
    time.sleep(0.1)
    out, err = process.communicate(b'{"id":1,"do":"x"}\n', timeout=5)
    assert (process.returncode, json.loads(out), err) == (0, {"id": 1, "refused": "unknown-request"}, b"")


def test_a_bug_is_told_in_a_word() -> None:
    code = f"{START}; program.SERVICES = (None,); sys.exit(program.main(sys.argv[1:]))"
    assert said(b"", code=code) == (70, [{"broken": "TypeError"}])


def test_a_caller_that_reads_no_more_is_no_fault() -> None:
    process = program("lo")
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    process.stdin.write(b"x\n" * 10)
    process.stdin.close()
    assert process.wait(5) == 0
    assert process.stderr.read() == b""
    process.stderr.close()


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_streams_that_the_caller_closed_never_become_sockets(closed: str) -> None:
    script = f'"$@" {closed}'
    command = ["sh", "-c", script, "sh", sys.executable, "-I", "-c", RUN, str(ROOT), "lo"]
    done = subprocess.run(command, capture_output=True, timeout=20, check=False, stdin=subprocess.DEVNULL)
    assert (done.returncode, done.stderr) == (0, b"")


def test_it_takes_little_along() -> None:
    code = f"{START}; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-I", "-c", code, str(ROOT)], capture_output=True, timeout=20, check=True)
    assert done.stdout == b"[]\n"


def test_it_starts_at_once_and_is_small() -> None:
    times, sizes = [], []
    for _ in range(7):
        start = time.monotonic()
        process = program("lo")
        assert process.stdout
        process.stdout.readline()
        times.append(time.monotonic() - start)
        status = Path(f"/proc/{process.pid}/status").read_text().splitlines()
        sizes += [int(line.split()[1]) for line in status if line.startswith("VmHWM")]
        process.communicate(timeout=5)
    assert min(times) <= 0.15  # the computer may have other things to do
    assert max(sizes) <= 25_000
