"""Staying awake on Windows: SetThreadExecutionState (winbase.h), which counts for the thread that calls it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ctypes import c_uint32
from typing import Any

from ...ports.unavailable import Unavailable
from . import dll

CONTINUOUS, SYSTEM_REQUIRED, DISPLAY_REQUIRED = 0x80000000, 0x00000001, 0x00000002


class WindowsAwake:
    """Implements `ports.awake.Awake`; entered and left in the thread of one event loop."""

    def __init__(self) -> None:
        self._entered = 0

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[bool]:
        try:
            kernel = dll.load("kernel32")
        except Unavailable:
            yield False
            return
        self._entered += 1
        agreed = _set(kernel, CONTINUOUS | SYSTEM_REQUIRED | DISPLAY_REQUIRED)
        try:
            yield agreed
        finally:
            self._entered -= 1
            if not self._entered:
                _set(kernel, CONTINUOUS)


def _set(kernel: Any, state: int) -> bool:
    """The state before is returned, 0 for a refusal."""
    dll.declare(kernel, {"SetThreadExecutionState": (c_uint32, (c_uint32,))})
    return bool(kernel.SetThreadExecutionState(state))
