"""How long a window answers nothing else: what is done to it, and every turn of its event loop after that."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

SETTLE_S, QUIET_S, IDLE_MS = 60.0, 0.15, 2.0


class Turns:
    """Remembers the longest turn of everything that was done.

    A turn answers all events that wait, so no handler takes longer than that. `worst` holds milliseconds of the
    thread's processor time, and of the clock, which also shows what the core's thread takes away.
    """

    def __init__(self, application: QApplication) -> None:
        self._application, self._doing = application, ""
        self.worst: dict[str, tuple[float, float]] = {}

    @contextmanager
    def doing(self, what: str, until: Callable[[], object] = lambda: True) -> Iterator[None]:
        """What is done inside counts as one handler, and what follows from it, until it is done, as the next ones."""
        self._doing = what
        with self._timed():
            yield
        self.settle(until)

    def settle(self, until: Callable[[], object] = lambda: True) -> None:
        """Until it is done and nothing has happened for a while."""
        end, quiet = time.monotonic() + SETTLE_S, time.monotonic()
        while time.monotonic() < end and (time.monotonic() - quiet < QUIET_S or not until()):
            began = time.thread_time()
            with self._timed():
                self._application.processEvents()
                QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # as a running loop does
            if (time.thread_time() - began) * 1000 > IDLE_MS:
                quiet = time.monotonic()
            time.sleep(0.001)
        assert until(), f"{self._doing} does not end"

    @contextmanager
    def _timed(self) -> Iterator[None]:
        worked, began = time.thread_time(), time.perf_counter()
        yield
        taken = (time.thread_time() - worked) * 1000, (time.perf_counter() - began) * 1000
        before = self.worst.get(self._doing, (0.0, 0.0))
        self.worst[self._doing] = max(before[0], taken[0]), max(before[1], taken[1])
