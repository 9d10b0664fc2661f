"""The caller's side of the privileged program, against programs that are played by a few lines of shell or Python."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

if sys.platform != "linux":
    pytest.skip("the program is for Linux", allow_module_level=True)

from installer_gui.platforms.linux import helper as helpers
from installer_gui.platforms.linux import probe as probes
from installer_gui.platforms.linux.helper import Helper
from installer_gui.platforms.linux.probe import Probe
from installer_gui.ports.unavailable import Reason, Unavailable

HELLO = """print('{"driftklar-probe":1,"interface":"eth0"}', flush=True)"""
ECHO = f"""
{HELLO}
import json
for line in sys.stdin:
    request = json.loads(line)
    match request["do"]:
        case "done": print(json.dumps({{"id": request["id"], "done": {{"said": request["word"]}}}}), flush=True)
        case "failed": print(json.dumps({{"id": request["id"], "failed": 111}}), flush=True)
        case "refused": print(json.dumps({{"id": request["id"], "refused": "outside"}}), flush=True)
        case "event": print('{{"arp":{{"address":"192.0.2.1","mac":"02:00:00:00:00:01"}}}}', flush=True)
        case "gone": print('{{"gone":100}}', flush=True); break
        case "end": break
        case "garbage": print("\\xff" * 50, flush=True)
"""


@pytest.fixture
def play(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Helper]:
    """A helper whose program, with rights as far as it knows, is this Python text."""
    monkeypatch.setattr(helpers, "_gives_rights", lambda file: True)
    monkeypatch.setattr(probes, "LINGER_S", 0.2)

    def make(text: str) -> Helper:
        program = tmp_path / "driftklar-probe"
        program.write_text(
            f"#!{sys.executable} -I\nimport sys\nopen({str(tmp_path / 'started')!r}, 'a').write('x')\n{text}\n"
        )
        program.chmod(0o755)
        return Helper({"DRIFTKLAR_PROBE": str(program)})

    return make


def run(work: Callable[[Probe], Awaitable[Any]], helper: Helper) -> Any:
    async def main() -> Any:
        probe = await helper.running("eth0")
        with probe.held():
            return await work(probe)

    return asyncio.run(main())


def refused(work: Callable[[Probe], Awaitable[Any]], helper: Helper) -> Reason:
    with pytest.raises(Unavailable) as caught:
        run(work, helper)
    return caught.value.reason


async def nothing(probe: Probe) -> None: ...


def test_answers_find_their_questions(play: Callable[[str], Helper]) -> None:
    async def ask(probe: Probe) -> list[Any]:
        return await asyncio.gather(*(probe.ask("done", word=n) for n in range(20)))

    assert run(ask, play(ECHO)) == [{"said": n} for n in range(20)]


def test_a_failure_is_the_kernels_and_a_refusal_a_lack_of_rights(play: Callable[[str], Helper]) -> None:
    async def ask(probe: Probe) -> None:
        with pytest.raises(ConnectionRefusedError):
            await probe.ask("failed")
        await probe.ask("refused")

    assert refused(ask, play(ECHO)) is Reason.NEEDS_PRIVILEGE


def test_events_reach_everybody_who_listens(play: Callable[[str], Helper]) -> None:
    async def listen(probe: Probe) -> list[str]:
        with probe.heard("arp") as one, probe.heard("arp") as other, probe.heard("dhcp") as third:
            probe.say("event")
            events = [await probe.next_of(one), await probe.next_of(other)]
            assert third.empty()
        return [event["address"] for event in events]

    assert run(listen, play(ECHO)) == ["192.0.2.1"] * 2


@pytest.mark.parametrize(
    ("last", "reason"),
    [("gone", Reason.INTERFACE_GONE), ("end", Reason.NEEDS_PRIVILEGE), ("garbage", Reason.NEEDS_PRIVILEGE)],
)
def test_a_program_that_ends_leaves_nobody_waiting(last: str, reason: Reason, play: Callable[[str], Helper]) -> None:
    async def wait(probe: Probe) -> None:
        with probe.heard("dhcp") as queue:
            waiting = [asyncio.create_task(probe.ask("silence")), asyncio.create_task(probe.next_of(queue))]
            await asyncio.sleep(0)
            probe.say(last)
            ends = await asyncio.wait_for(asyncio.gather(*waiting, return_exceptions=True), 5)
            assert [type(end) for end in ends] == [Unavailable, Unavailable]
        await probe.ask("done", word=1)

    assert refused(wait, play(ECHO)) is reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("print('{\"gone\":98}')", Reason.BUSY),
        ("print('{\"gone\":19}')", Reason.INTERFACE_GONE),
        ('print(\'{"refused":"interface"}\')', Reason.INTERFACE_GONE),
        ("print('{\"driftklar-probe\":2}')", Reason.UNSUPPORTED),
        ("print('hello')", Reason.UNSUPPORTED),
        ("print('[]')", Reason.UNSUPPORTED),
        ("print('9' * 10**6)", Reason.UNSUPPORTED),
        ("sys.exit(1)", Reason.UNSUPPORTED),
        ("sys.exit(126)", Reason.PERMISSION_DENIED),
        ("sys.exit(127)", Reason.PERMISSION_DENIED),
        ("import time; time.sleep(60)", Reason.TIMEOUT),
    ],
)
def test_a_program_that_does_not_start_says_why(
    text: str, reason: Reason, play: Callable[[str], Helper], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(helpers, "START_S", 1.0)
    assert refused(nothing, play(text)) is reason


def test_a_file_that_cannot_be_run_is_none(play: Callable[[str], Helper], tmp_path: Path) -> None:
    helper = play(ECHO)
    (tmp_path / "driftklar-probe").write_bytes(b"\x7fELF")
    assert refused(nothing, helper) is Reason.UNSUPPORTED


def test_many_who_need_it_at_once_start_it_once(play: Callable[[str], Helper], tmp_path: Path) -> None:
    helper = play(ECHO)

    async def main() -> None:
        found = await asyncio.gather(*(helper.running("eth0") for _ in range(10)))
        assert len(set(map(id, found))) == 1

    asyncio.run(main())
    assert (tmp_path / "started").read_text() == "x"


def test_it_leaves_when_nobody_has_needed_it_for_a_while_and_comes_back(
    play: Callable[[str], Helper], tmp_path: Path
) -> None:
    helper = play(ECHO)

    async def main() -> None:
        first = await helper.running("eth0")
        with first.held():
            await asyncio.sleep(0.4)
            assert first.running
        await asyncio.sleep(0.4)
        assert not first.running
        with (await helper.running("eth0")).held() as second:
            assert await second.ask("done", word="again") == {"said": "again"}

    asyncio.run(main())
    assert (tmp_path / "started").read_text() == "xx"


def test_until_a_password_is_given_ports_go_on_without_it(
    play: Callable[[str], Helper], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The played pkexec asks as long as a file is there."""
    asking = tmp_path / "asking"
    asking.touch()
    pkexec = tmp_path / "pkexec"
    pkexec.write_text(f'#!/bin/sh\nwhile [ -e {asking} ]; do sleep 0.05; done\nexec "$@"\n')
    pkexec.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    helper = play(ECHO)
    monkeypatch.setattr(helpers, "_gives_rights", lambda file: False)

    async def main() -> None:
        elevating = asyncio.create_task(helper.elevate("eth0"))
        await asyncio.sleep(0.2)
        with pytest.raises(Unavailable) as refused:
            await helper.running("eth0")
        assert refused.value.reason is Reason.NEEDS_PRIVILEGE
        asking.unlink()
        await elevating
        await asyncio.sleep(0.5)  # it stays, other than one that costs no password
        assert await (await helper.running("eth0")).ask("done", word=1) == {"said": 1}

    asyncio.run(main())


def test_each_event_loop_has_its_own(play: Callable[[str], Helper]) -> None:
    helper = play(ECHO)
    for word in ("one", "two"):
        assert run(lambda probe, word=word: probe.ask("done", word=word), helper) == {"said": word}


def test_one_failed_start_is_not_the_last(play: Callable[[str], Helper], tmp_path: Path) -> None:
    helper = play("sys.exit(1)")
    assert refused(nothing, helper) is Reason.UNSUPPORTED
    play(ECHO)
    assert run(lambda probe: probe.ask("done", word=1), helper) == {"said": 1}
