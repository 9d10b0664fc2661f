"""Runs a coroutine that Ctrl-C or a time limit stops at once, whatever it is waiting for."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from enum import Enum, auto
from typing import Any, TypeVar

from . import interrupts

T = TypeVar("T")
GRACE_S = 1.0


class _Stop(Enum):
    CTRL_C = auto()
    TIME = auto()


def run(work: Coroutine[Any, Any, T], timeout_s: float | None = None) -> T:
    """What `work` returns. Raises KeyboardInterrupt after Ctrl-C and TimeoutError after `timeout_s` seconds.

    Work that is stopped has one second to end. A library call in a thread cannot be ended: it is left behind, and
    whoever ends the program must not wait for it (see `__main__`).
    """
    match asyncio.run(_supervised(work, timeout_s)):
        case _Stop.CTRL_C:
            raise KeyboardInterrupt
        case _Stop.TIME:
            raise TimeoutError
        case result:
            return result


async def _supervised(work: Coroutine[Any, Any, T], timeout_s: float | None) -> T | _Stop:
    loop = asyncio.get_running_loop()
    loop.set_default_executor(_Abandonable())
    interrupted = asyncio.Event()
    task, ctrl_c = asyncio.ensure_future(work), asyncio.ensure_future(interrupted.wait())
    before = signal.signal(signal.SIGINT, lambda *_: loop.call_soon_threadsafe(interrupted.set))
    if interrupts.pressed():
        interrupted.set()
    try:
        await asyncio.wait({task, ctrl_c}, timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        task.cancel()
        await asyncio.wait({task}, timeout=GRACE_S)
        return _Stop.CTRL_C if ctrl_c.done() else _Stop.TIME
    finally:
        ctrl_c.cancel()
        signal.signal(signal.SIGINT, before)


class _Abandonable(ThreadPoolExecutor):
    """Threads for blocking calls that nobody waits for at the end."""

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = True) -> None:  # noqa: ARG002  # its own signature
        super().shutdown(wait=False, cancel_futures=cancel_futures)
