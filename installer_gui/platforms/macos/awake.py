"""Staying awake on macOS: caffeinate(8), which every Mac has."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from ...ports.unavailable import Unavailable
from ..holding import hold

CAFFEINATE = ("/usr/bin/caffeinate", "-di")  # neither the display nor the idle computer sleeps


class MacAwake:
    """Implements `ports.awake.Awake`."""

    def __init__(self, program: tuple[str, ...] = CAFFEINATE) -> None:
        self._program = program

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[bool]:
        try:
            release = await asyncio.to_thread(hold, *self._program)
        except Unavailable:
            yield False
            return
        try:
            yield True
        finally:
            await asyncio.to_thread(release)
