"""The one bridge between asyncio and Qt."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QTimer
from pytestqt.qtbot import QtBot

from installer_gui.errors import BadInput
from installer_gui.gui.core_thread import CoreThread, Task, Tell


@dataclass
class Heard:
    told: list[object]
    end: list[tuple[str, object]]
    threads: set[str]


@pytest.fixture
def core() -> Iterator[CoreThread]:
    made = CoreThread()
    yield made
    assert made.close()


@pytest.fixture
def parent(qapp: QCoreApplication) -> Iterator[QObject]:
    made = QObject()
    yield made
    made.deleteLater()


def listen(task: Task) -> Heard:
    heard = Heard([], [], set())

    def note(kind: str, value: object = None) -> None:
        heard.end.append((kind, value))
        heard.threads.add(threading.current_thread().name)

    task.told.connect(heard.told.append)
    task.succeeded.connect(lambda value: note("succeeded", value))
    task.failed.connect(lambda error: note("failed", error))
    task.broke.connect(lambda error_id: note("broke", error_id))
    task.stopped.connect(lambda: note("stopped"))
    return heard


def test_what_a_coroutine_tells_arrives_in_order_on_the_gui_thread(
    core: CoreThread, parent: QObject, qtbot: QtBot
) -> None:
    where: list[str] = []

    async def work(tell: Tell) -> object:
        where.append(threading.current_thread().name)
        for n in range(5):
            tell(n)
            await asyncio.sleep(0)
        return "done"

    task = Task(core, work, parent)
    heard = listen(task)
    with qtbot.waitSignal(task.ended, timeout=5000):
        task.start()
    assert heard.told == [0, 1, 2, 3, 4]
    assert heard.end == [("succeeded", "done")]
    assert where == ["core"]
    assert heard.threads == {"MainThread"}


def test_a_users_mistake_is_an_answer_and_a_bug_is_a_number(core: CoreThread, parent: QObject, qtbot: QtBot) -> None:
    async def mistaken(tell: Tell) -> object:
        raise BadInput("input.unreadable", file="x", cause="y")

    async def broken(tell: Tell) -> object:
        raise ZeroDivisionError

    ends = []
    for work in (mistaken, broken):
        task = Task(core, work, parent)
        heard = listen(task)
        with qtbot.waitSignal(task.ended, timeout=5000):
            task.start()
        ends.append(heard.end[0])
    assert ends[0][0] == "failed"
    assert isinstance(ends[0][1], BadInput)
    assert ends[1][0] == "broke"
    assert len(str(ends[1][1])) == 8


def test_a_stopped_coroutine_says_so_once(core: CoreThread, parent: QObject, qtbot: QtBot) -> None:
    async def work(tell: Tell) -> object:
        tell("begun")
        await asyncio.sleep(60)
        return None

    task = Task(core, work, parent)
    heard = listen(task)
    with qtbot.waitSignal(task.told, timeout=5000):
        task.start()
    with qtbot.waitSignal(task.ended, timeout=5000):
        task.stop()
    assert heard.end == [("stopped", None)]


def test_the_window_goes_on_while_the_core_is_held_up(core: CoreThread, parent: QObject, qtbot: QtBot) -> None:
    async def blocks(tell: Tell) -> object:
        time.sleep(0.6)  # noqa: ASYNC251 - what a bad library does
        return None

    ticks: list[float] = []
    timer = QTimer(parent, interval=10)
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    task = Task(core, blocks, parent)
    timer.start()
    with qtbot.waitSignal(task.ended, timeout=5000):
        task.start()
    timer.stop()
    longest = max(after - before for before, after in pairwise(ticks))
    assert len(ticks) > 10
    assert longest < 0.3


def test_nothing_begins_after_the_core_is_closed(parent: QObject, qtbot: QtBot) -> None:
    core = CoreThread()
    assert core.close()
    begun: list[int] = []

    async def work(tell: Tell) -> object:
        begun.append(1)
        return None

    task = Task(core, work, parent)
    heard = listen(task)
    with qtbot.waitSignal(task.ended, timeout=5000):
        task.start()
    assert heard.end == [("stopped", None)]
    assert begun == []


def test_closing_stops_what_runs(parent: QObject, qtbot: QtBot) -> None:
    core = CoreThread()

    async def work(tell: Tell) -> object:
        tell("begun")
        await asyncio.sleep(60)
        return None

    task = Task(core, work, parent)
    heard = listen(task)
    with qtbot.waitSignal(task.told, timeout=5000):
        task.start()
    assert core.close(timeout_s=2.0)
    qtbot.waitUntil(lambda: heard.end == [("stopped", None)], timeout=2000)
