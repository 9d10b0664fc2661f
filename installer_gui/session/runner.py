"""Runs checks side by side, each within its time, and turns everything that can happen into records.

Facts that one check gives another are futures: a check starts as soon as all that it needs has been given, and a
fact that never came makes it not applicable, naming the check that did not deliver.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime

from ..checks.context import Check, Context, Exclusive
from ..checks.passage import Passage, needs_passage
from ..domain.network import InterfaceKind
from ..domain.outcome import Broken, Fact, NotApplicable, NotMeasured, Outcome
from ..domain.record import Record
from ..errors import DriftklarError
from ..ports.unavailable import Reason, Unavailable
from .events import Emit, Finished, Progress, Started

log = logging.getLogger(__name__)

Facts = Mapping[type[Fact], Fact]


class _Missing(DriftklarError):
    """A needed fact was not given."""

    def __init__(self, check: str) -> None:
        super().__init__(check)
        self.check = check


class Runner:
    """One run of a set of checks on one site. `givers` names the check behind a fact that no check of the set gives."""

    def __init__(
        self, checks: Sequence[Check], context: Context, emit: Emit, givers: Mapping[type[Fact], str] | None = None
    ) -> None:
        self._checks = checks
        self._context = context
        self._emit = emit
        self._givers = givers or {}
        self._passage = Passage(context)
        self._facts: dict[type[Fact], dict[str, asyncio.Future[Fact | None]]] = {}
        link = asyncio.Lock()
        over_the_air = context.interface.kind is InterfaceKind.WIFI  # then a scan would falsify times on the link
        self._locks = {Exclusive.LINK: link, Exclusive.RADIO: link if over_the_air else asyncio.Lock()}

    async def run(self) -> tuple[Record, ...]:
        """Run all checks; their records in the order of the checks. Cancelling stops them all."""
        self._expect_facts()
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(self._record(check), name=check.info.id) for check in self._checks]
        finally:
            self._passage.close()
            self._context.names.close()
            self._context.dhcp.close()
        return tuple(task.result() for task in tasks)

    def _expect_facts(self) -> None:
        loop = asyncio.get_running_loop()
        for check in self._checks:
            for kind in check.gives:
                self._facts.setdefault(kind, {})[check.info.id] = loop.create_future()

    async def _record(self, check: Check) -> Record:
        info = check.info
        async with AsyncExitStack() as turn:
            facts = await self._facts_for(check)
            if check.exclusive is not None and not isinstance(facts, NotApplicable):
                await turn.enter_async_context(self._locks[check.exclusive])
            started, clock = datetime.now().astimezone(), time.monotonic()
            outcome = facts if isinstance(facts, NotApplicable) else await self._outcome(check, facts)
            duration_s = round(time.monotonic() - clock, 3)
        for kind in check.gives:
            _settle(self._facts[kind][info.id], None)  # what it has not given by now will never come
        record = Record(
            check=info.id,
            started=started,
            duration_s=duration_s,
            outcome=outcome,
            version=info.version,
            platform=self._context.platform.name,
            backend=self._context.network.backend,
            interface=self._context.interface.name,
            trust_anchors=self._context.profile.trust_anchors,
        )
        self._emit(Finished(record))
        return record

    async def _facts_for(self, check: Check) -> Facts | NotApplicable:
        try:
            return {kind: await self._fact(kind) for kind in check.needs}
        except _Missing as missing:
            return NotApplicable(missing.check)

    async def _fact(self, kind: type[Fact]) -> Fact:
        """The first fact of a kind that any check gives."""
        futures = self._facts.get(kind, {})
        for next_given in asyncio.as_completed(map(asyncio.shield, futures.values())):
            if (fact := await next_given) is not None:
                return fact
        raise _Missing(next(reversed(futures), None) or self._givers.get(kind, kind.__name__))

    async def _collect(self, kind: type[Fact], timeout_s: float) -> tuple[Fact, ...]:
        futures = list(self._facts.get(kind, {}).values())
        if futures:
            await asyncio.wait(futures, timeout=timeout_s)
        return tuple(fact for f in futures if f.done() and (fact := f.result()) is not None)

    async def _outcome(self, check: Check, facts: Facts) -> Outcome:
        self._emit(Started(check.info.id))
        outcome = await self._attempt(check, facts)
        if not isinstance(outcome, NotApplicable) and self._interface_is_gone():
            return NotMeasured(Reason.INTERFACE_GONE.value)  # what it saw was a missing adapter, not the site
        return outcome

    async def _attempt(self, check: Check, facts: Facts) -> Outcome:
        """The one broad except: a bug in a check must neither stop the others nor look like a pass."""
        limit = asyncio.timeout(check.timeout_s)
        try:
            async with limit:
                outcome = await check.run(self._context_for(check, facts))
            if needs_passage(check.info) and await self._passage.is_blocked():
                return NotMeasured(Reason.VPN_BLOCKS.value)
            return outcome
        except Unavailable as unavailable:
            return NotMeasured(unavailable.reason.value, unavailable.detail)
        except (Exception, asyncio.CancelledError) as error:
            if _stopped_from_outside(error):
                raise
            if limit.expired() and isinstance(error, TimeoutError):
                return NotMeasured(Reason.TIMEOUT.value, f"{check.timeout_s:g} s")
            error_id = secrets.token_hex(4)
            log.exception("check %s broke [%s]", check.info.id, error_id)
            return Broken(error_id)

    def _interface_is_gone(self) -> bool:
        name = self._context.interface.name
        return not any(i.name == name and i.up for i in self._context.platform.system.interfaces())

    def _context_for(self, check: Check, facts: Facts) -> Context:
        def give(fact: Fact) -> None:
            assert type(fact) in check.gives, f"{check.info.id} does not declare {type(fact).__name__}"
            _settle(self._facts[type(fact)][check.info.id], fact)

        def progress(done: int, total: int) -> None:
            self._emit(Progress(check.info.id, done, total))

        return replace(self._context, fact=facts.__getitem__, give=give, progress=progress, collect=self._collect)


def _settle(future: asyncio.Future[Fact | None], fact: Fact | None) -> None:
    """The first word on a fact is the last."""
    if not future.done():
        future.set_result(fact)


def _stopped_from_outside(error: BaseException) -> bool:
    """Tells the end of the run from a check that let some inner task's cancellation slip out."""
    task = asyncio.current_task()
    return isinstance(error, asyncio.CancelledError) and task is not None and task.cancelling() > 0
