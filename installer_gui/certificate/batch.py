"""Verifies many files in processes of their own: one bad file stops, slows down or takes with it nothing but itself.

The parent hands out one file after the other and gives the answers back in the order of the files. A process that
dies or does not answer in time is ended and replaced, and its file is invalid.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection, wait
from pathlib import Path
from time import monotonic
from typing import Any

from . import summary, verify
from .reasons import Reason
from .summary import Summary
from .trust import TrustList

PATIENCE_S = 60.0
START_S = 60.0
AHEAD = 64  # files that may be done before an earlier one


@dataclass(frozen=True, slots=True)
class Question:
    """What every file is held against."""

    trust: TrustList
    now: datetime
    deep: bool = False
    received: datetime | None = None


def processors() -> int:
    """How many processes are worth while here."""
    allowed = getattr(os, "sched_getaffinity", None)  # not on every system
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def examine(path: Path, question: Question) -> Summary:
    """One file in this process. Never raises."""
    return summary.of(verify.examine(path, question.trust, question.now, question.deep, question.received))


def examine_all(
    paths: Iterable[Path], question: Question, workers: int, patience_s: float = PATIENCE_S
) -> Iterator[tuple[Path, Summary]]:
    """All files in their order, in memory that does not grow with their number. Never raises for a file."""
    crew = [_Worker(question, patience_s) for _ in range(max(1, workers))]
    try:
        yield from _drive(iter(paths), crew)
    finally:
        for worker in crew:
            worker.end()


def _drive(paths: Iterator[Path], crew: list[_Worker]) -> Iterator[tuple[Path, Summary]]:
    order: deque[tuple[int, Path]] = deque()
    done: dict[int, Summary] = {}
    number, more = 0, True
    while more or order:
        for worker in crew:
            if more and worker.task is None and len(order) < AHEAD:
                path = next(paths, None)
                if path is None:
                    more = False
                    break
                worker.give(number, path)
                order.append((number, path))
                number += 1
        for worker in _answering(crew):
            task, worker.task = worker.task, None
            if task is not None:
                done[task] = worker.take()
        while order and order[0][0] in done:
            first, path = order.popleft()
            yield path, done.pop(first)


def _answering(crew: list[_Worker]) -> Iterator[_Worker]:
    """Those that have answered, died or run out of time; waits until there is one."""
    busy = [worker for worker in crew if worker.task is not None]
    if not busy:
        return
    left = min(worker.deadline for worker in busy) - monotonic()
    ready = wait([worker.link for worker in busy], max(0.0, left))
    yield from (worker for worker in busy if worker.link in ready or monotonic() >= worker.deadline)


class _Worker:
    """A process that verifies one file after the other; `task` is the number of the one that it has in hand."""

    def __init__(self, question: Question, patience_s: float) -> None:
        self._question, self._patience_s = question, patience_s
        self.task: int | None = None
        self._start()

    def give(self, task: int, path: Path) -> None:
        self.task = task
        self.deadline = monotonic() + self._patience_s + (START_S if self._fresh else 0.0)
        try:
            self.link.send(path)
        except OSError:
            self.deadline = 0.0  # it has died while it had nothing to do

    def take(self) -> Summary:
        """The answer; a process that has none is replaced."""
        try:
            if self.link.poll():
                found: Summary = self.link.recv()
                self._fresh = False
                return found
            reason = Reason.TOO_SLOW
        except (EOFError, OSError):
            reason = Reason.DAMAGED
        self.end()
        self._start()
        return summary.refused(reason)

    def end(self) -> None:
        self.link.close()
        self._process.kill()
        self._process.join()

    def _start(self) -> None:
        """Not forked: a copy of a process with threads may hang."""
        context = multiprocessing.get_context("spawn")
        self.link, theirs = context.Pipe()
        self._process: Any = context.Process(target=_serve, args=(theirs, self._question), daemon=True)
        self._process.start()
        theirs.close()
        self.deadline, self._fresh = 0.0, True


def _serve(link: Connection[Any, Any], question: Question) -> None:
    """The work of a process: until its parent is gone."""
    try:
        link.send(examine(link.recv(), question))
        gc.collect()
        gc.freeze()  # the libraries are here to stay: they need not be searched for garbage with every file
        while True:
            link.send(examine(link.recv(), question))
    except (EOFError, OSError, KeyboardInterrupt):
        return
