"""Runs checks side by side, each within its time, and turns everything that can happen into records.

Facts that one check gives another are futures: a check starts as soon as all that it needs has been given, and a
fact that never came makes it not applicable, naming the check that did not deliver.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Iterable, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime

from ..checks.context import Check, Context, Exclusive
from ..domain.outcome import Broken, Fact, NotApplicable, NotMeasured, Outcome
from ..domain.record import Record
from ..errors import DriftklarError
from ..ports.unavailable import Reason, Unavailable
from .events import Emit, Finished, Progress, Started

log = logging.getLogger(__name__)


class _Missing(DriftklarError):
    """A needed fact was not given."""

    def __init__(self, check: str) -> None:
        super().__init__(check)
        self.check = check


class Runner:
    """One run of a set of checks on one site."""

    def __init__(self, checks: Sequence[Check], context: Context, emit: Emit) -> None:
        self._checks = checks
        self._context = context
        self._emit = emit
        self._facts: dict[type[Fact], asyncio.Future[Fact]] = {}
        self._giver: dict[type[Fact], str] = {}
        self._locks = {kind: asyncio.Lock() for kind in Exclusive}

    async def run(self) -> tuple[Record, ...]:
        """Run all checks; their records in the order of the checks. Cancelling stops them all."""
        self._expect_facts()
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(self._record(check), name=check.info.id) for check in self._checks]
        finally:
            self._context.names.close()
            self._context.dhcp.close()
        return tuple(task.result() for task in tasks)

    def _expect_facts(self) -> None:
        loop = asyncio.get_running_loop()
        for check in self._checks:
            for kind in check.gives:
                self._facts[kind] = loop.create_future()
                self._giver[kind] = check.info.id

    async def _record(self, check: Check) -> Record:
        info = check.info
        started, clock = datetime.now().astimezone(), time.monotonic()
        outcome = await self._outcome(check)
        self._withhold(check.gives)
        record = Record(
            check=info.id,
            started=started,
            duration_s=round(time.monotonic() - clock, 3),
            outcome=outcome,
            version=info.version,
            platform=self._context.platform.name,
            interface=self._context.interface.name,
        )
        self._emit(Finished(record))
        return record

    async def _outcome(self, check: Check) -> Outcome:
        """The one broad except: a bug in a check must neither stop the others nor look like a pass."""
        try:
            facts = {kind: await self._wait_for(kind) for kind in check.needs}
            async with AsyncExitStack() as stack:
                if check.exclusive is not None:
                    await stack.enter_async_context(self._locks[check.exclusive])
                self._emit(Started(check.info.id))
                async with asyncio.timeout(check.timeout_s):
                    return await check.run(self._context_for(check, facts))
        except _Missing as missing:
            return NotApplicable(missing.check)
        except Unavailable as unavailable:
            return NotMeasured(unavailable.reason.value, unavailable.detail)
        except TimeoutError:
            return NotMeasured(Reason.TIMEOUT.value, f"{check.timeout_s:g} s")
        except Exception:
            error_id = secrets.token_hex(4)
            log.exception("check %s broke [%s]", check.info.id, error_id)
            return Broken(error_id)

    def _context_for(self, check: Check, facts: dict[type[Fact], Fact]) -> Context:
        def give(fact: Fact) -> None:
            assert type(fact) in check.gives, f"{check.info.id} does not declare {type(fact).__name__}"
            future = self._facts[type(fact)]
            if not future.done():
                future.set_result(fact)

        def progress(done: int, total: int) -> None:
            self._emit(Progress(check.info.id, done, total))

        return replace(self._context, fact=facts.__getitem__, give=give, progress=progress)

    async def _wait_for(self, kind: type[Fact]) -> Fact:
        future = self._facts.get(kind)
        if future is None:
            raise _Missing(kind.__name__)
        return await asyncio.shield(future)

    def _withhold(self, kinds: Iterable[type[Fact]]) -> None:
        """What a finished check has not given will never come."""
        for kind in kinds:
            if not self._facts[kind].done():
                self._facts[kind].set_exception(_Missing(self._giver[kind]))
                self._facts[kind].exception()  # read here, so that nobody needing it is no complaint
