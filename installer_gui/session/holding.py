"""One job, one writer: a lock beside the job's file, which the system takes back from a program that dies."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from ..errors import BadInput

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

PATIENCE_S = 0.3  # whoever looks whether a job is held has it for a moment
_PAUSE_S = 0.02


class Hold:
    """The job in hand, of a window or of a command; `path` is None for none."""

    def __init__(self) -> None:
        self.path: Path | None = None
        self._handle: int | None = None

    def take(self, job: Path) -> bool:
        """Hold the job and let go of the one before; False, and everything stays as it was, where another has it."""
        if job == self.path:
            return True
        try:
            handle = _patiently(_lock_of(job))
        except BlockingIOError:
            return False
        except OSError:
            handle = None  # a folder without locks stops nobody
        self.let_go()
        self.path, self._handle = job, handle
        return True

    def let_go(self) -> None:
        if self.path is not None and self._handle is not None:
            _give_back(self._handle, _lock_of(self.path))
        self.path = self._handle = None


def is_held(job: Path) -> bool:
    """Whether somebody has the job in hand, also in this program."""
    try:
        handle = os.open(_lock_of(job), os.O_RDWR)
    except OSError:
        return False
    try:
        _seize(handle)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(handle)
    return False


@contextlib.contextmanager
def writing(job: Path | None) -> Iterator[None]:
    """Hold a job, where there is one, from before it is read until it is written. Raises BadInput where it is held."""
    hold = Hold()
    if job is not None and not hold.take(job):
        raise BadInput("input.held", file=str(job))
    try:
        yield
    finally:
        hold.let_go()


def _lock_of(job: Path) -> Path:
    return job.with_name(f".{job.name}.lock")


def _patiently(lock: Path) -> int:
    """A handle that holds the lock. Raises BlockingIOError where another has it, OSError where there are no locks."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            if (handle := _locked(lock)) is not None:
                return handle
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE_S)


def _locked(lock: Path) -> int | None:
    """The same at once; None where the file was taken away meanwhile by the one who had it."""
    handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _seize(handle)
        if _is_there(handle, lock):
            return handle
    except BaseException:
        os.close(handle)
        raise
    os.close(handle)
    return None


def _is_there(handle: int, lock: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), lock.stat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":

    def _seize(handle: int) -> None:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            raise BlockingIOError from None

    def _give_back(handle: int, lock: Path) -> None:
        os.close(handle)
        with contextlib.suppress(OSError):  # whoever has opened it keeps it
            lock.unlink()

else:

    def _seize(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _give_back(handle: int, lock: Path) -> None:
        with contextlib.suppress(OSError):
            lock.unlink()
        os.close(handle)
