"""What Windows is told about sleeping."""

import asyncio

import pytest

from installer_gui.platforms.windows import awake, dll
from installer_gui.platforms.windows.awake import WindowsAwake

from ...contracts.played import Kernel


def test_windows_is_told_once_more_that_it_may_sleep_after_the_last_has_left(monkeypatch: pytest.MonkeyPatch) -> None:
    kernel, port = Kernel(), WindowsAwake()
    monkeypatch.setattr(dll, "load", lambda name: kernel)

    async def walk() -> list[int]:
        states = []
        async with port.kept():
            async with port.kept():
                states.append(kernel.state)
            states.append(kernel.state)
        return [*states, kernel.state]

    held = awake.CONTINUOUS | awake.SYSTEM_REQUIRED | awake.DISPLAY_REQUIRED
    assert asyncio.run(walk()) == [held, held, awake.CONTINUOUS]
