"""Keeping the computer awake: the walk from station to station takes longer than a screen waits for a key."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol


class Awake(Protocol):
    """A wish that a system may refuse; nothing that measures depends on it."""

    def kept(self) -> AbstractAsyncContextManager[bool]:
        """While it is entered, neither the computer nor its screen goes to sleep; whether the system agreed."""
        ...


class AsItLikes:
    """Sleeps when it likes: simulated sites, and systems that cannot be asked."""

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[bool]:
        yield False


AS_IT_LIKES = AsItLikes()
