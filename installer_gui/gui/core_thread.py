"""The only place where asyncio meets Qt: the core's coroutines run on one loop in one worker thread."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError, Future
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from ..errors import DriftklarError

log = logging.getLogger(__name__)
Tell = Callable[[object], None]
Work = Callable[[Tell], Coroutine[Any, Any, object]]


class Task(QObject):
    """One coroutine in the core's thread. Connect, then start() once; every signal arrives on the GUI thread.

    `told` carries what the coroutine tells, in order; then exactly one of `succeeded` (its result), `failed` (a
    DriftklarError), `broke` (the id under which a bug was logged) and `stopped`; `ended` comes last.
    """

    told = Signal(object)
    succeeded = Signal(object)
    failed = Signal(object)
    broke = Signal(str)
    stopped = Signal()
    ended = Signal()
    _said = Signal(object)
    _settled = Signal(object)

    def __init__(self, core: CoreThread, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._core, self._work = core, work
        self._future: Future[object] | None = None
        self._over = False
        self._said.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        self._settled.connect(self._settle, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        self._future = self._core.submit(lambda: self._work(_alive(self._said.emit)))
        self._future.add_done_callback(_alive(self._settled.emit))

    def stop(self) -> None:
        """Cancel it; `stopped` follows when it has let go."""
        if self._future is not None:
            self._future.cancel()

    def _pass_on(self, value: object) -> None:
        """What a stopped coroutine still says while it winds down is of no interest to anybody."""
        if not self._over:
            self.told.emit(value)

    def _settle(self, future: Future[object]) -> None:
        self._over = True
        try:
            self.succeeded.emit(future.result())
        except CancelledError:
            self.stopped.emit()
        except DriftklarError as error:
            self.failed.emit(error)
        except Exception:
            error_id = secrets.token_hex(4)
            log.exception("a task broke [%s]", error_id)
            self.broke.emit(error_id)
        self.ended.emit()
        self.deleteLater()


class CoreThread:
    """Owns the loop and its thread, from construction to close()."""

    def __init__(self) -> None:
        self._closed = False
        started: Future[asyncio.AbstractEventLoop] = Future()
        self._thread = threading.Thread(target=_run, args=(started,), name="core", daemon=True)
        self._thread.start()
        self._loop = started.result()

    def submit(self, work: Callable[[], Coroutine[Any, Any, object]]) -> Future[object]:
        """Hand a coroutine to the loop, from the GUI thread; after close() nothing is begun any more."""
        if self._closed:
            refused: Future[object] = Future()
            refused.cancel()
            refused.set_running_or_notify_cancel()
            return refused
        return asyncio.run_coroutine_threadsafe(work(), self._loop)

    def close(self, timeout_s: float = 5.0) -> bool:
        """Cancel everything and wait; False when a blocking call did not let go in time."""
        self._closed = True
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(timeout_s)
        return not self._thread.is_alive()


def _run(started: Future[asyncio.AbstractEventLoop]) -> None:
    with asyncio.Runner() as runner:  # leaving it cancels what still runs and closes the generators
        loop = runner.get_loop()
        started.set_result(loop)
        loop.run_forever()


def _alive(emit: Callable[[object], None]) -> Tell:
    """An emit that does nothing once the window, and with it the C++ object, is gone."""

    def safe(value: object) -> None:
        with contextlib.suppress(RuntimeError):
            emit(value)

    return safe
