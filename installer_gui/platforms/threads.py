"""Blocking calls of an operating system, each in a thread of its own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


async def apart(call: Callable[[], T]) -> T:
    """What `call` returns or raises. Whoever stops waiting leaves it behind, and the program's end waits for none.

    Not asyncio's pool: there a few calls that hang hold up all others, and silence is taken for an answer.
    """
    outcome: Future[T] = Future()

    def work() -> None:
        if not outcome.set_running_or_notify_cancel():
            return
        try:
            outcome.set_result(call())
        except BaseException as error:  # noqa: BLE001 - it belongs to the one who waits
            outcome.set_exception(error)

    threading.Thread(target=work, daemon=True, name="system call").start()
    return await asyncio.wrap_future(outcome)
