"""Every name at every resolver, each asked once in a run, however many checks want the answer."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from ..domain.names import Answer
from ..ports.names import Names

_GRACE_S = 0.1


class NameMatrix:
    """Answers shared by the checks of one run; a second question for the same cell waits for the first one's answer."""

    def __init__(self, names: Names, given: Sequence[str], public: Sequence[str]) -> None:
        self._names = names
        self._cells: dict[tuple[str, str, str], asyncio.Task[Answer]] = {}
        self.given = tuple(given)
        self.public = tuple(public)

    async def ask(self, server: str, name: str, kind: str = "A") -> Answer:
        """One cell of the matrix."""
        return await asyncio.shield(self._cell(server, name, kind))

    async def first(self, name: str) -> Answer | None:
        """The first usable answer of any resolver, as a station that falls back would get; None when none has one."""
        servers = dict.fromkeys((*self.given, *self.public))
        waiting = [asyncio.shield(self._cell(server, name, "A")) for server in servers]
        for next_answer in asyncio.as_completed(waiting):
            answer = await next_answer
            if answer.usable:
                return answer
        return None

    async def told(self, name: str) -> Answer | None:
        """What a station hears about a name: what a given resolver says, also where it leads to this very site."""
        usable, heard = await self._heard(name)
        return next((answer for answer in heard if answer.usable or answer.local), usable)

    async def followed(self, name: str) -> Answer | None:
        """The answer that leads a station: a usable one of a given resolver, and another's only where there is none."""
        usable, heard = await self._heard(name)
        return next((answer for answer in heard if answer.usable), usable)

    async def _heard(self, name: str) -> tuple[Answer | None, list[Answer]]:
        """The first usable answer, and those of the given resolvers.

        A given resolver gets as long again as the first usable answer took, so a dead one delays nobody.
        """
        loop = asyncio.get_running_loop()
        began = loop.time()
        usable = await self.first(name)
        cells = [self._cell(server, name, "A") for server in self.given]
        if cells:
            await asyncio.wait(cells, timeout=loop.time() - began + _GRACE_S)
        return usable, [cell.result() for cell in cells if cell.done()]

    def close(self) -> None:
        """Stop the questions that nobody waits for any more."""
        for task in self._cells.values():
            task.cancel()

    def _cell(self, server: str, name: str, kind: str) -> asyncio.Task[Answer]:
        key = (server, name, kind)
        if key not in self._cells:
            self._cells[key] = asyncio.create_task(self._names.ask(server, name, kind))
        return self._cells[key]
