"""One job, one window: a lock beside the job's file, which a crashed program does not keep."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLockFile


class Hold:
    """The lock of the job in hand. It names the process, so that one that no longer lives holds nothing."""

    def __init__(self) -> None:
        self._lock: QLockFile | None = None
        self._path: Path | None = None

    def take(self, job: Path) -> bool:
        """Hold the job and let go of the one before; False, and everything stays as it was, where another has it."""
        if job == self._path:
            return True
        job.parent.mkdir(parents=True, exist_ok=True)
        lock = _lock_of(job)
        if not lock.tryLock(0):
            return lock.error() is not QLockFile.LockError.LockFailedError  # a folder without locks stops nobody
        self.let_go()
        self._lock, self._path = lock, job
        return True

    def let_go(self) -> None:
        if self._lock is not None:
            self._lock.unlock()
        self._lock, self._path = None, None


def is_held(job: Path) -> bool:
    """Whether some window has the job in hand, also of this program."""
    lock = _lock_of(job)
    if lock.tryLock(0):
        lock.unlock()
        return False
    return lock.error() is QLockFile.LockError.LockFailedError


def _lock_of(job: Path) -> QLockFile:
    lock = QLockFile(str(job.with_suffix(".lock")))
    lock.setStaleLockTime(0)  # a lock is not too old as long as its process lives
    return lock
