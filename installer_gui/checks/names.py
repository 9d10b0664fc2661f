"""Every name at every resolver, each asked once in a run, however many checks want the answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence

from ..domain.names import Answer
from ..ports.names import Names

GRACE_S = 0.5  # a resolver on the site is nearer than any other; one out there may be as much farther


class NameMatrix:
    """Answers shared by the checks of one run; a second question for the same cell waits for the first one's answer."""

    def __init__(self, names: Names, given: Sequence[str], public: Sequence[str]) -> None:
        self._names = names
        self._cells: dict[tuple[str, str, str], asyncio.Task[Answer]] = {}
        self._told: dict[tuple[str, bool], asyncio.Task[Answer | None]] = {}
        self.given = tuple(given)
        self.public = tuple(public)

    async def ask(self, server: str, name: str, kind: str = "A") -> Answer:
        """One cell of the matrix."""
        return await asyncio.shield(self._cell(server, name, kind))

    async def first(self, name: str) -> Answer | None:
        """The first usable answer of any resolver; None when none has one."""
        servers = dict.fromkeys((*self.given, *self.public))
        waiting = [asyncio.shield(self._cell(server, name, "A")) for server in servers]
        for next_answer in asyncio.as_completed(waiting):
            answer = await next_answer
            if answer.usable:
                return answer
        return None

    async def told(self, name: str, *, local: bool = False) -> Answer | None:
        """What a station hears about a name: a usable answer of the given resolvers in their order, else another's.

        Once anybody has answered, the given ones get GRACE_S, so a dead one delays nobody for long. `local` takes an
        answer that leads to this very site as well. However late it is asked, all are told the same.
        """
        if (name, local) not in self._told:
            self._told[name, local] = asyncio.create_task(self._tell(name, local))
        return await asyncio.shield(self._told[name, local])

    async def _tell(self, name: str, local: bool) -> Answer | None:
        def wanted(answer: Answer) -> bool:
            return answer.usable or (local and bool(answer.local))

        cells = [self._cell(server, name, "A") for server in self.given]
        in_order = asyncio.create_task(_first_in_order(cells, wanted))
        anybody = asyncio.create_task(self.first(name))
        try:
            await asyncio.wait((in_order, anybody), return_when=asyncio.FIRST_COMPLETED)
            await asyncio.wait((in_order,), timeout=GRACE_S)
            heard = (cell.result() for cell in cells if cell.done())
            return next(filter(wanted, heard), None) or await anybody
        finally:
            in_order.cancel()
            anybody.cancel()
            await asyncio.gather(in_order, anybody, return_exceptions=True)

    def close(self) -> None:
        """Stop the questions that nobody waits for any more."""
        for task in (*self._told.values(), *self._cells.values()):
            task.cancel()

    def _cell(self, server: str, name: str, kind: str) -> asyncio.Task[Answer]:
        key = (server, name, kind)
        if key not in self._cells:
            self._cells[key] = asyncio.create_task(self._names.ask(server, name, kind))
        return self._cells[key]


async def _first_in_order(answers: Iterable[asyncio.Task[Answer]], wanted: Callable[[Answer], bool]) -> None:
    """Wait for the first wanted answer by their order, not by the clock."""
    for answer in answers:
        if wanted(await asyncio.shield(answer)):
            return
